using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.People;

/// <param name="SchoolId">The school whose person the key stands for; null for the operator's own (hub admin).</param>
public sealed record NewApiKey(string Name, Guid? SchoolId = null, Role? Role = null, IReadOnlyList<string>? Scopes = null, DateTime? ExpiresAt = null, int? RequestsPerMinute = null);

/// <summary>A key just made. The secret is not kept: null when the same request is answered again.</summary>
public sealed record IssuedKey(ApiKey Key, string? Secret);

/// <summary>Keys of portals: making them, and finding out who a secret stands for.</summary>
public sealed class KeyRing(IDbContextFactory<HubDb> databases, ChangeDesk desk, Viewers viewers, TimeProvider clock)
{
    private static readonly TimeSpan UseNotedEvery = TimeSpan.FromMinutes(1);

    public async Task<Outcome<IssuedKey>> CreateKeyAsync(Viewer viewer, NewApiKey input, string? key, CancellationToken ct)
    {
        var secret = ApiKey.NewSecret();
        var hash = ApiKey.Hash(secret);
        var outcome = await desk.MakeAsync<ApiKey>(viewer, key, "createApiKey", input, async (db, now) =>
        {
            if (!viewer.CanRunPeopleOf(input.SchoolId)) return Problem.Forbidden;
            List<Problem> problems = [];
            var name = Required.Line(input.Name, "name", 80, problems);
            var scopes = input.Scopes ?? [ApiKeyScopes.Read];
            if (scopes.FirstOrDefault(s => !ApiKeyScopes.All.Contains(s)) is { } unknown)
                problems.Add(new Problem("UNKNOWN_SCOPE", $"没有权限范围“{unknown}”，可用 read、write、admin。Scopes are read, write and admin.", "scopes"));
            else if (!viewer.CanAdminister && scopes.Contains(ApiKeyScopes.Admin))
                problems.Add(new Problem("UNKNOWN_SCOPE", "学校的密钥只能有 read 和 write。A school's key can have read and write.", "scopes"));
            if (input.RequestsPerMinute is < 1) problems.Add(new Problem("INVALID_LIMIT", "每分钟请求数至少为 1。At least 1 request a minute.", "requestsPerMinute"));
            var role = input.Role ?? (input.SchoolId is null ? Role.HubAdmin : Role.Teacher);
            if ((role == Role.HubAdmin) != (input.SchoolId is null))
                problems.Add(new Problem("INVALID_ROLE", "学校的密钥只能是教师或学校管理员；平台管理员的密钥不属于学校。A school's key is a teacher's or a school admin's; a hub admin's has no school.", "role"));
            if (input.SchoolId is { } school && !await db.Schools.AnyAsync(s => s.Id == school, ct)) problems.Add(Problem.NotFound("学校") with { Path = ["schoolId"] });
            if (input.ExpiresAt <= now) problems.Add(new Problem("INVALID_EXPIRY", "失效时间须在将来。The expiry must lie in the future.", "expiresAt"));
            if (problems.Count > 0) return problems;
            var made = new ApiKey
            {
                Name = name!,
                Role = role,
                SchoolId = input.SchoolId,
                Scopes = [.. scopes.Distinct()],
                SecretHash = hash,
                RequestsPerMinute = input.RequestsPerMinute,
                CreatedBy = viewer.ActorId,
                CreatedAt = now,
                ExpiresAt = input.ExpiresAt,
            };
            db.Add(made);
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.KeyMade, nameof(ApiKey), made.Id, made.SchoolId, Detail: $"{made.Name}: {role}, {string.Join(' ', made.Scopes)}"), now, ct);
            return made;
        }, ct);
        return outcome.Value is { } issued ? new IssuedKey(issued, issued.SecretHash == hash ? secret : null) : outcome.Problems.ToList();
    }

    public Task<Outcome<ApiKey>> RevokeKeyAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.MakeAsync<ApiKey>(viewer, key, "revokeApiKey", new { id }, async (db, now) =>
        {
            if (!viewer.CanRunPeopleOf(viewer.SchoolId)) return Problem.Forbidden;
            if (await db.ApiKeys.FindAsync([id], ct) is not { } found || !viewer.CanRunPeopleOf(found.SchoolId)) return Problem.NotFound("密钥") with { Path = ["apiKeyId"] };
            if (found.RevokedAt is not null) return found;
            found.RevokedAt = now;
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.KeyRevoked, nameof(ApiKey), found.Id, found.SchoolId, Detail: found.Name), now, ct);
            return found;
        }, ct);

    /// <summary>Who a secret stands for, read from the record at each request; null for unknown, expired and revoked keys alike.</summary>
    public async Task<Viewer?> FindAsync(string secret, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var hash = ApiKey.Hash(secret);
        var key = await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.SecretHash == hash, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        if (key is null || !key.IsValidAt(now)) return null;
        if (key.LastUsedAt is null || now - key.LastUsedAt > UseNotedEvery)
            // Of many requests at once one notes it; the others find that it is noted.
            await db.ApiKeys.Where(k => k.Id == key.Id && (k.LastUsedAt == null || k.LastUsedAt < now - UseNotedEvery)).ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), ct);
        return await viewers.OfAsync(db, key, ct);
    }

    /// <summary>Makes sure that the operator's first key, given in the settings, opens the hub.</summary>
    public async Task EnsureBootstrapKeyAsync(string secret, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var hash = ApiKey.Hash(secret);
        // Several processes may start at once.
        await using var transaction = await db.BeginWriteAsync(ct);
        if (await db.ApiKeys.AnyAsync(k => k.SecretHash == hash, ct)) return;
        db.Add(new ApiKey { Name = "bootstrap", Role = Role.HubAdmin, Scopes = [.. ApiKeyScopes.All], SecretHash = hash, CreatedAt = clock.GetUtcNow().UtcDateTime });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
