using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>People sign in at an issuer elsewhere; names and passwords are not kept here.</summary>
internal sealed class EntraAccounts(EntraTokens tokens) : IAccounts
{
    public string? Elsewhere => SignInDoor.Scheme;

    public Task<Outcome<Viewer>> FindAsync(string token, RequestOrigin origin, CancellationToken ct) => tokens.FindAsync(token, origin, ct);

    public Task<SignIn> SignInAsync(string userName, string password, RequestOrigin origin, CancellationToken ct)
        => Task.FromResult<SignIn>(new SignIn.Refused(AccountProblems.Elsewhere));

    public Task<Outcome<PreparedAccount>> PrepareAsync(string userName, string password, CancellationToken ct)
        => Task.FromResult<Outcome<PreparedAccount>>(AccountProblems.Elsewhere);

    public Task<Outcome<LocalAccount>> KeepAsync(HubDb db, Guid personId, PreparedAccount prepared, DateTime utcNow, CancellationToken ct)
        => Task.FromResult<Outcome<LocalAccount>>(AccountProblems.Elsewhere);

    public Task<Outcome<Person>> ChangePasswordAsync(Viewer viewer, string current, string next, CancellationToken ct)
        => Task.FromResult<Outcome<Person>>(AccountProblems.Elsewhere);
}
