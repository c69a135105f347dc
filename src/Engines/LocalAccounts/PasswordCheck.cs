using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>
/// Tries a password. The slow comparison stands outside the transaction that counts it; that one reads the account anew, so that tries sent side by side
/// are no more than tries one after the other.
/// </summary>
internal sealed class PasswordCheck(IDbContextFactory<HubDb> databases, AccountBooks books, IPasswordHasher<LocalAccount> hasher, StrangersLocks strangers, TimeProvider clock)
{
    private const int Tries = 3;

    /// <summary>What somebody without an account is compared with, for as long as it takes.</summary>
    private readonly string nobodys = hasher.HashPassword(new LocalAccount { UserName = "", NormalizedUserName = "" }, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>What came of it: the account, where it is one, and until when it is locked.</summary>
    public sealed record Verdict(Person? Person, DateTime? LockedUntil);

    /// <param name="action">The audit line's. A right password is noted for a sign-in only: what else it was needed for says so when it is done.</param>
    public async Task<Verdict> TryAsync(string folded, string password, string action, Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var account = await db.LocalAccounts.AsNoTracking().FirstOrDefaultAsync(a => a.NormalizedUserName == folded, ct);
        var lockedUntil = account is null ? strangers.LockedUntil(folded) : account.LockedUntil > Now ? account.LockedUntil : null;
        var result = lockedUntil is null ? Compare(account, password) : PasswordVerificationResult.Failed;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return account is null
                    ? await StrangerAsync(folded, lockedUntil, action, viewer, ct)
                    : await CountAsync(account.PersonId, password, result, action, viewer, ct);
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // Another wrote to the account or the log in between; counted again on what is there now.
            }
        }
    }

    private PasswordVerificationResult Compare(LocalAccount? account, string password)
        => hasher.VerifyHashedPassword(account!, account?.PasswordHash ?? nobodys, password.Length > PasswordRules.Longest ? "" : password);

    private async Task<Verdict> StrangerAsync(string folded, DateTime? lockedUntil, string action, Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        // The name is not written down: people type passwords into the wrong field.
        await AuditLog.AddAsync(db, viewer, new AuditNote(action, Result: AuditResult.Refused), Now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(null, lockedUntil ?? strangers.Count(folded));
    }

    private async Task<Verdict> CountAsync(Guid personId, string password, PasswordVerificationResult result, string action, Viewer viewer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        using var book = books.Open(db);
        var account = await db.LocalAccounts.FirstAsync(a => a.PersonId == personId, ct);
        var person = await db.People.AsNoTracking().FirstAsync(p => p.Id == personId, ct);
        var isLocked = await book.IsLockedOutAsync(account);
        var isRight = !isLocked && result != PasswordVerificationResult.Failed && person.LeftAt is null;
        if (isRight)
        {
            if (result == PasswordVerificationResult.SuccessRehashNeeded) account.PasswordHash = hasher.HashPassword(account, password);
            (account.FailedCount, account.LockedUntil) = (0, null);
        }
        else if (!isLocked) await book.AccessFailedAsync(account);
        var by = isRight && !viewer.IsSignedIn ? viewer with { ActorId = person.Id, Name = person.DisplayName, SchoolId = person.SchoolId } : viewer;
        if (!isRight || action == AuditActions.SignIn)
            await AuditLog.AddAsync(db, by, new AuditNote(action, nameof(Person), person.Id, person.SchoolId, isRight ? AuditResult.Ok : AuditResult.Refused, account.UserName), Now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new(isRight ? person : null, account.LockedUntil > Now ? account.LockedUntil : null);
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;
}
