using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.LocalAccounts;

internal sealed class LocalAccounts(IDbContextFactory<HubDb> databases, AccountBooks books, PasswordCheck check, IPasswordHasher<LocalAccount> hasher, TimeProvider clock) : IAccounts
{
    public string? Elsewhere => null;

    public Task<Outcome<Viewer>> FindAsync(string token, RequestOrigin origin, CancellationToken ct) => Task.FromResult<Outcome<Viewer>>(AccountProblems.NotAuthenticated);

    public async Task<SignIn> SignInAsync(string userName, string password, RequestOrigin origin, CancellationToken ct)
    {
        var verdict = await check.TryAsync(UserNames.Fold(userName) ?? "", password, AuditActions.SignIn, Viewer.Anonymous with { Origin = origin }, ct);
        if (verdict.LockedUntil is { } until && until - Now is var wait) return new SignIn.Refused(AccountProblems.LockedOut(wait), wait);
        return verdict.Person is { } person ? new SignIn.Opened(person) : new SignIn.Refused(AccountProblems.InvalidCredentials);
    }

    public async Task<Outcome<PreparedAccount>> PrepareAsync(string userName, string password, CancellationToken ct)
    {
        List<Problem> problems = [];
        var name = Required.Line(userName, "userName", LocalAccount.NameLimit, problems);
        await using var db = await databases.CreateDbContextAsync(ct);
        using var book = books.Open(db);
        var account = new LocalAccount { UserName = name ?? "", NormalizedUserName = UserNames.Fold(name) ?? "" };
        if (await book.CheckAsync(account, password) is { } weak) problems.Add(weak);
        if (problems.Count > 0) return problems;
        return new PreparedAccount(account.UserName, account.NormalizedUserName, hasher.HashPassword(account, password));
    }

    public async Task<Outcome<LocalAccount>> KeepAsync(HubDb db, Guid personId, PreparedAccount prepared, DateTime utcNow, CancellationToken ct)
    {
        using var book = books.Open(db);
        var account = await db.LocalAccounts.FindAsync([personId], ct);
        var isNew = account is null;
        account ??= new LocalAccount { PersonId = personId, UserName = prepared.UserName, NormalizedUserName = prepared.NormalizedUserName };
        (account.PasswordHash, account.PasswordChangedAt, account.FailedCount, account.LockedUntil) = (prepared.PasswordHash, utcNow, 0, null);
        var kept = isNew ? await book.CreateAsync(account) : await book.UpdateAsync(account);
        return kept.Succeeded ? account : kept.Errors.Select(e => new Problem(e.Code, e.Description, "userName")).ToList();
    }

    public async Task<Outcome<Person>> ChangePasswordAsync(Viewer viewer, string current, string next, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = await db.LocalAccounts.AsNoTracking().FirstOrDefaultAsync(a => a.PersonId == viewer.ActorId, ct);
        if (mine is null) return Problem.Forbidden;
        var prepared = await PrepareAsync(mine.UserName, next, ct);
        if (prepared.Value is null) return prepared.Problems.Select(p => p with { Path = ["next"] }).ToList();
        var verdict = await check.TryAsync(mine.NormalizedUserName, current, AuditActions.PasswordChanged, viewer, ct);
        if (verdict.LockedUntil is { } until) return AccountProblems.LockedOut(until - Now);
        if (verdict.Person is null) return AccountProblems.WrongPassword;
        await using var transaction = await db.BeginWriteAsync(ct);
        var person = await db.People.FirstAsync(p => p.Id == mine.PersonId, ct);
        person.EndSessions();
        await KeepAsync(db, person.Id, prepared.Value, Now, ct);
        await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.PasswordChanged, nameof(Person), person.Id, person.SchoolId), Now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return person;
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
