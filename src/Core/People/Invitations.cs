using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.People;

/// <param name="SchoolId">Null to invite a hub admin.</param>
public sealed record NewInvitation(Guid? SchoolId, string DisplayName, Role Role);

/// <summary>An invitation just made. The secret is not kept: null when the same request is answered again.</summary>
public sealed record IssuedInvitation(Invitation Invitation, string? Secret);

/// <param name="DisplayName">As the person writes it; as the admin wrote it when null.</param>
public sealed record Acceptance(string Secret, string Password, string? UserName = null, string? DisplayName = null);

/// <summary>Links for one use: to join a school, and to set a new password.</summary>
public sealed class Invitations(IDbContextFactory<HubDb> databases, ChangeDesk desk, IAccounts accounts, TimeProvider clock)
{
    private const int Tries = 3;

    /// <summary>The same for unknown, used, revoked and expired ones: a guess learns nothing.</summary>
    private static readonly Problem NotOpen = new("INVALID_INVITATION", "邀请链接无效、已使用或已过期，请向管理员索取新的链接。The link is not valid, was used or has expired; ask for a new one.", "secret");

    public Task<Outcome<IssuedInvitation>> InviteAsync(Viewer viewer, NewInvitation input, string? key, CancellationToken ct)
        => IssueAsync(viewer, key, "inviteMember", input, async (db, now, hash) =>
        {
            if (!viewer.CanRunPeopleOf(input.SchoolId)) return Problem.Forbidden;
            List<Problem> problems = [];
            var name = Required.Line(input.DisplayName, "displayName", Person.NameLimit, problems);
            if (PeopleProblems.Mismatch(input.Role, input.SchoolId) is { } mismatch) problems.Add(mismatch);
            if (input.SchoolId is { } school && !await db.Schools.AnyAsync(s => s.Id == school, ct)) problems.Add(Problem.NotFound("学校") with { Path = ["schoolId"] });
            if (accounts.Elsewhere is not null) problems.Add(AccountProblems.Elsewhere);
            if (problems.Count > 0) return problems;
            return new Invitation { Kind = InvitationKind.Join, SchoolId = input.SchoolId, Role = input.Role, DisplayName = name!, SecretHash = hash, CreatedBy = viewer.ActorId!.Value, CreatedAt = now, ExpiresAt = now + Invitation.Lasts };
        }, ct);

    /// <summary>A link by which somebody sets a new password; earlier ones for the same person end.</summary>
    public Task<Outcome<IssuedInvitation>> OfferNewPasswordAsync(Viewer viewer, Guid personId, string? key, CancellationToken ct)
        => IssueAsync(viewer, key, "offerNewPassword", new { personId }, async (db, now, hash) =>
        {
            if (await db.People.FindAsync([personId], ct) is not { } person || !viewer.Knows(person)) return Problem.NotFound("成员") with { Path = ["personId"] };
            if (!viewer.CanRunPeopleOf(person.SchoolId)) return Problem.Forbidden;
            if (accounts.Elsewhere is not null) return AccountProblems.Elsewhere;
            if (person.LeftAt is not null) return PeopleProblems.HasLeft;
            if (!await db.LocalAccounts.AnyAsync(a => a.PersonId == personId, ct)) return new Problem("INVALID_STATE", "此人没有本平台的账号。This person has no account kept here.", "personId");
            await RevokeOpenAsync(db, personId, now, ct);
            return new Invitation
            {
                Kind = InvitationKind.NewPassword,
                SchoolId = person.SchoolId,
                Role = person.Role,
                DisplayName = person.DisplayName,
                PersonId = personId,
                SecretHash = hash,
                CreatedBy = viewer.ActorId!.Value,
                CreatedAt = now,
                ExpiresAt = now + Invitation.Lasts,
            };
        }, ct);

    public Task<Outcome<Invitation>> RevokeAsync(Viewer viewer, Guid id, string? key, CancellationToken ct)
        => desk.MakeAsync<Invitation>(viewer, key, "revokeInvitation", new { id }, async (db, now) =>
        {
            if (await db.Invitations.FindAsync([id], ct) is not { } invitation || !viewer.CanRunPeopleOf(invitation.SchoolId)) return Problem.NotFound("邀请") with { Path = ["invitationId"] };
            if (invitation.UsedAt is not null) return new Problem("INVALID_STATE", "邀请已被使用，不能撤销。The invitation was used already.", "invitationId");
            if (invitation.RevokedAt is null)
            {
                invitation.RevokedAt = now;
                await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.InvitationRevoked, nameof(Invitation), invitation.Id, invitation.SchoolId, Detail: invitation.DisplayName), now, ct);
            }
            return invitation;
        }, ct);

    /// <summary>What a link offers; null when it is not open.</summary>
    public async Task<Invitation?> FindAsync(string secret, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await FindAsync(db, secret, ct);
    }

    /// <summary>Uses a link: makes the person and their account, or sets the new password and ends all sessions there were.</summary>
    /// <param name="origin">Nobody is signed in: where it came from is all the audit log has before the person is there.</param>
    public async Task<Outcome<Person>> AcceptAsync(Acceptance input, RequestOrigin origin, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAcceptAsync(input, origin, ct);
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // Somebody took the user name in between, or wrote to the audit log; look again.
            }
        }
    }

    private async Task<Outcome<Person>> TryAcceptAsync(Acceptance input, RequestOrigin origin, CancellationToken ct)
    {
        if (accounts.Elsewhere is not null) return AccountProblems.Elsewhere;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await FindAsync(db, input.Secret, ct) is not { } invitation) return NotOpen;
        List<Problem> problems = [];
        var isJoin = invitation.Kind == InvitationKind.Join;
        var name = isJoin ? Required.Line(input.DisplayName ?? invitation.DisplayName, "displayName", Person.NameLimit, problems) : null;
        var userName = isJoin ? input.UserName : await db.LocalAccounts.Where(a => a.PersonId == invitation.PersonId).Select(a => a.UserName).FirstOrDefaultAsync(ct);
        var prepared = await accounts.PrepareAsync(userName ?? "", input.Password, ct);
        problems.AddRange(prepared.Problems);
        if (problems.Count > 0) return problems;
        await using var transaction = await db.BeginWriteAsync(ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var person = isJoin ? new Person { DisplayName = name!, CreatedAt = now } : await db.People.Include(p => p.Places).FirstAsync(p => p.Id == invitation.PersonId, ct);
        // One row changes for one caller only, whoever else sends the same link at this moment.
        if (await db.Invitations.Where(i => i.Id == invitation.Id && i.UsedAt == null && i.RevokedAt == null && i.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.UsedAt, now).SetProperty(i => i.PersonId, person.Id), ct) != 1 || person.LeftAt is not null) return NotOpen;
        if (isJoin)
        {
            person.Take(invitation.SchoolId, invitation.Role, now);
            db.Add(person);
        }
        else person.EndSessions();
        if (await accounts.KeepAsync(db, person.Id, prepared.Value!, now, ct) is { Value: null } taken) return taken.Problems.ToList();
        var by = Viewer.Anonymous with { ActorId = person.Id, Name = person.DisplayName, SchoolId = person.SchoolId, Origin = origin };
        await AuditLog.AddAsync(db, by, new AuditNote(AuditActions.InvitationUsed, nameof(Invitation), invitation.Id, invitation.SchoolId, Detail: $"{invitation.Kind} {invitation.Role}"), now, ct);
        if (!isJoin) await AuditLog.AddAsync(db, by, new AuditNote(AuditActions.PasswordChanged, nameof(Person), person.Id, person.SchoolId), now, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return person;
    }

    /// <summary>Links that somebody was given and did not use end, as when they leave.</summary>
    internal static Task RevokeOpenAsync(HubDb db, Guid personId, DateTime utcNow, CancellationToken ct)
        => db.Invitations.Where(i => i.PersonId == personId && i.UsedAt == null && i.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.RevokedAt, utcNow), ct);

    private async Task<Invitation?> FindAsync(HubDb db, string secret, CancellationToken ct)
    {
        var hash = Invitation.Hash(secret);
        var found = await db.Invitations.AsNoTracking().FirstOrDefaultAsync(i => i.SecretHash == hash, ct);
        return found?.IsOpenAt(clock.GetUtcNow().UtcDateTime) == true ? found : null;
    }

    private async Task<Outcome<IssuedInvitation>> IssueAsync(
        Viewer viewer, string? key, string mutation, object input, Func<HubDb, DateTime, byte[], Task<Outcome<Invitation>>> make, CancellationToken ct)
    {
        var secret = Invitation.NewSecret();
        var hash = Invitation.Hash(secret);
        var outcome = await desk.MakeAsync<Invitation>(viewer, key, mutation, input, async (db, now) =>
        {
            var made = await make(db, now, hash);
            if (made.Value is not { } invitation) return made;
            db.Add(invitation);
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.InvitationMade, nameof(Invitation), invitation.Id, invitation.SchoolId, Detail: $"{invitation.Kind} {invitation.Role} {invitation.DisplayName}"), now, ct);
            return made;
        }, ct);
        return outcome.Value is { } issued ? new IssuedInvitation(issued, issued.SecretHash.AsSpan().SequenceEqual(hash) ? secret : null) : outcome.Problems.ToList();
    }
}
