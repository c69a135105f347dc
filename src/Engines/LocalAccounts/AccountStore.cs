using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>Where Identity finds accounts: in the hub's record, one for each person. The record belongs to the caller and is not disposed here.</summary>
internal sealed class AccountStore(HubDb db) : IUserPasswordStore<LocalAccount>, IUserLockoutStore<LocalAccount>
{
    public Task<string> GetUserIdAsync(LocalAccount user, CancellationToken ct) => Task.FromResult(user.PersonId.ToString("n"));

    public Task<string?> GetUserNameAsync(LocalAccount user, CancellationToken ct) => Task.FromResult<string?>(user.UserName);

    public Task SetUserNameAsync(LocalAccount user, string? userName, CancellationToken ct)
    {
        user.UserName = userName ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(LocalAccount user, CancellationToken ct) => Task.FromResult<string?>(user.NormalizedUserName);

    public Task SetNormalizedUserNameAsync(LocalAccount user, string? normalizedName, CancellationToken ct)
    {
        user.NormalizedUserName = normalizedName ?? "";
        return Task.CompletedTask;
    }

    public async Task<IdentityResult> CreateAsync(LocalAccount user, CancellationToken ct)
    {
        db.Add(user);
        await db.SaveChangesAsync(ct);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(LocalAccount user, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(LocalAccount user, CancellationToken ct)
    {
        db.Remove(user);
        await db.SaveChangesAsync(ct);
        return IdentityResult.Success;
    }

    public async Task<LocalAccount?> FindByIdAsync(string userId, CancellationToken ct) => Guid.TryParseExact(userId, "n", out var id) ? await db.LocalAccounts.FindAsync([id], ct) : null;

    public Task<LocalAccount?> FindByNameAsync(string normalizedUserName, CancellationToken ct) => db.LocalAccounts.FirstOrDefaultAsync(a => a.NormalizedUserName == normalizedUserName, ct);

    public Task SetPasswordHashAsync(LocalAccount user, string? passwordHash, CancellationToken ct)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(LocalAccount user, CancellationToken ct) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(LocalAccount user, CancellationToken ct) => Task.FromResult(user.PasswordHash is not null);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(LocalAccount user, CancellationToken ct) => Task.FromResult(user.LockedUntil is { } until ? new DateTimeOffset(until) : (DateTimeOffset?)null);

    public Task SetLockoutEndDateAsync(LocalAccount user, DateTimeOffset? lockoutEnd, CancellationToken ct)
    {
        user.LockedUntil = lockoutEnd?.UtcDateTime;
        return Task.CompletedTask;
    }

    public Task<int> IncrementAccessFailedCountAsync(LocalAccount user, CancellationToken ct) => Task.FromResult(++user.FailedCount);

    public Task ResetAccessFailedCountAsync(LocalAccount user, CancellationToken ct)
    {
        user.FailedCount = 0;
        return Task.CompletedTask;
    }

    public Task<int> GetAccessFailedCountAsync(LocalAccount user, CancellationToken ct) => Task.FromResult(user.FailedCount);

    public Task<bool> GetLockoutEnabledAsync(LocalAccount user, CancellationToken ct) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(LocalAccount user, bool enabled, CancellationToken ct) => Task.CompletedTask;

    public void Dispose()
    {
    }
}
