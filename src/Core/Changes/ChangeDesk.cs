using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Changes;

/// <summary>
/// Every change goes over this desk: one transaction, one clock reading, the jobs it causes, and a receipt, so that a client that never got
/// its answer may ask again with the same key and gets the first answer.
/// </summary>
public sealed class ChangeDesk(IDbContextFactory<HubDb> databases, JobQueue jobs, ChangeSignal changes, AuditLog audit, TimeProvider clock)
{
    private const int Tries = 3;

    /// <param name="key">The client's idempotency key (clientMutationId); null when it sent none.</param>
    /// <param name="name">The mutation's name; with the input it makes up what the key stands for.</param>
    public async Task<Outcome<T>> MakeAsync<T>(Viewer viewer, string? key, string name, object input, Func<HubDb, DateTime, Task<Outcome<T>>> change, CancellationToken ct)
        where T : class, IHasId
    {
        if (!viewer.IsSignedIn) return Problem.SignInNeeded;
        if (!viewer.CanWrite)
        {
            await audit.WriteAsync(viewer, new AuditNote(AuditActions.Forbidden, Result: AuditResult.Refused, Detail: name), ct);
            return Problem.Forbidden;
        }
        if (key is { Length: > MutationReceipt.KeyLimit }) return new Problem("INVALID_KEY", $"clientMutationId 最长 {MutationReceipt.KeyLimit} 个字符。At most {MutationReceipt.KeyLimit} characters.", "clientMutationId");
        for (var attempt = 1; ; attempt++)
        {
            var isCommitting = false;
            try
            {
                var outcome = await TryAsync(viewer.ActorId!.Value, key, name, input, change, () => isCommitting = true, ct);
                if (outcome.Problems.Count == 0)
                {
                    jobs.Wake();
                    changes.Raise();
                }
                else if (outcome.Problems.Any(p => p.Code == Problem.Forbidden.Code)) await audit.WriteAsync(viewer, new AuditNote(AuditActions.Forbidden, Result: AuditResult.Refused, Detail: name), ct);
                return outcome;
            }
            // Somebody else was first in between, such as a worker that has read a file of the same resource: read again and decide again. Or the connection
            // broke; whether a commit went through then is known only by the receipt of a key.
            catch (Exception again) when (attempt < Tries && (again is DbUpdateException || RecordAway.IsClash(again) || RecordAway.IsBroken(again) && (key is not null || !isCommitting)))
            {
            }
        }
    }

    private async Task<Outcome<T>> TryAsync<T>(Guid caller, string? key, string name, object input, Func<HubDb, DateTime, Task<Outcome<T>>> change, Action committing, CancellationToken ct)
        where T : class, IHasId
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.BeginWriteAsync(ct);
        var hash = key is null ? [] : Hash(name, input);
        if (key is not null && await db.Receipts.FindAsync([caller, key], ct) is { } receipt)
        {
            return receipt.InputHash.AsSpan().SequenceEqual(hash) && await db.FindAsync<T>([receipt.Subject], ct) is { } first
                ? first
                : new Problem("IDEMPOTENCY_KEY_REUSED", "这个 clientMutationId 已用于另一项请求，请换一个。This key was used for another request; take a new one.", "clientMutationId");
        }
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = await change(db, now);
        if (outcome.Value is not { } made) return outcome;
        if (key is not null) db.Add(new MutationReceipt { CallerId = caller, Key = key, InputHash = hash, Subject = made.Id, At = now });
        await db.SaveChangesAsync(ct);
        committing();
        await transaction.CommitAsync(ct);
        return outcome;
    }

    private static byte[] Hash(string name, object input) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { name, input }));
}
