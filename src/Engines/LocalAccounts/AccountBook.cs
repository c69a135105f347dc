using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>Opens the accounts of a record, inside the caller's transaction where there is one.</summary>
internal sealed class AccountBooks(IServiceProvider services, TimeProvider clock)
{
    public AccountBook Open(HubDb db) => ActivatorUtilities.CreateInstance<AccountBook>(services, new AccountStore(db), clock);
}

/// <summary>Identity's user manager over our store. Identity asks the machine's clock when a lock-out ends; here the hub's clock decides.</summary>
internal sealed class AccountBook(
    AccountStore store, TimeProvider clock, IOptions<IdentityOptions> options, IPasswordHasher<LocalAccount> hasher, IEnumerable<IUserValidator<LocalAccount>> names,
    IEnumerable<IPasswordValidator<LocalAccount>> passwords, ILookupNormalizer normalizer, IdentityErrorDescriber words, IServiceProvider services, ILogger<AccountBook> log)
    : UserManager<LocalAccount>(store, options, hasher, names, passwords, normalizer, words, services, log)
{
    public override Task<bool> IsLockedOutAsync(LocalAccount user) => Task.FromResult(user.LockedUntil > clock.GetUtcNow().UtcDateTime);

    public override async Task<IdentityResult> AccessFailedAsync(LocalAccount user)
    {
        user.FailedCount++;
        if (user.FailedCount >= Options.Lockout.MaxFailedAccessAttempts)
        {
            user.LockedUntil = clock.GetUtcNow().UtcDateTime + Options.Lockout.DefaultLockoutTimeSpan;
            user.FailedCount = 0;
        }
        return await UpdateUserAsync(user);
    }

    /// <summary>The first thing wrong with a password; null when it may be used.</summary>
    public async Task<Problem?> CheckAsync(LocalAccount account, string password)
    {
        foreach (var rule in PasswordValidators)
            if (await rule.ValidateAsync(this, account, password) is { Succeeded: false } refused)
                return new Problem("WEAK_PASSWORD", refused.Errors.First().Description, "password");
        return null;
    }
}

internal sealed class FoldedNames : ILookupNormalizer
{
    public string? NormalizeName(string? name) => UserNames.Fold(name);

    public string? NormalizeEmail(string? email) => UserNames.Fold(email);
}
