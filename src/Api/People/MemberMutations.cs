using ResourceHub.Api.GraphQL;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.People;

/// <summary>更改角色。A change of role.</summary>
/// <param name="PersonId">谁。Who.</param>
/// <param name="Role">新的角色。The new role.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record SetRoleInput([ID<Person>] Guid PersonId, Role Role, string? ClientMutationId = null);

/// <summary>调动。A move to another school.</summary>
/// <param name="PersonId">谁。Who.</param>
/// <param name="Role">在那里的角色。The role there.</param>
/// <param name="SchoolId">去往的学校；成为平台管理员时省略。The school they go to; left out to become a hub admin.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record MoveMemberInput([ID<Person>] Guid PersonId, Role Role, [ID<School>] Guid? SchoolId = null, string? ClientMutationId = null);

/// <summary>离开。Leaving.</summary>
/// <param name="PersonId">谁。Who.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RemoveMemberInput([ID<Person>] Guid PersonId, string? ClientMutationId = null);

/// <summary>更改自己的密码。A new password of one's own.</summary>
/// <param name="Current">当前密码。The current password.</param>
/// <param name="Next">新密码，至少 10 个字符，任何字符均可。The new one: 10 characters or more, any.</param>
/// <param name="ClientMutationId">原样返回。Given back as it came.</param>
public sealed record ChangePasswordInput(string Current, string Next, string? ClientMutationId = null);

[MutationType]
public static class MemberMutations
{
    /// <summary>更改成员的角色；本校管理员。一所学校至少保留一名管理员。Changes a member's role; for the school's admins. A school keeps at least one.</summary>
    /// <param name="input">谁和什么角色。Who, and what role.</param>
    public static async Task<PersonPayload> SetRoleAsync(SetRoleInput input, [Service] Membership members, [Service] Viewer viewer, CancellationToken ct)
        => new(await members.SetRoleAsync(viewer, input.PersonId, input.Role, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>调到另一所学校：平台管理员，或在此人离开后由接收学校的管理员办理。Moves somebody to another school: by a hub admin, or by the receiving school's once they have left.</summary>
    /// <param name="input">谁、去哪里、什么角色。Who, where and in what role.</param>
    public static async Task<PersonPayload> MoveMemberAsync(MoveMemberInput input, [Service] Membership members, [Service] Viewer viewer, CancellationToken ct)
        => new(await members.MoveAsync(viewer, input.PersonId, input.SchoolId, input.Role, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>成员离开：下一次请求起失去访问权，学校的资源不变；本校管理员。A member leaves: access ends at their next request, the school's resources stay; for its admins.</summary>
    /// <param name="input">谁。Who.</param>
    public static async Task<PersonPayload> RemoveMemberAsync(RemoveMemberInput input, [Service] Membership members, [Service] Viewer viewer, CancellationToken ct)
        => new(await members.RemoveAsync(viewer, input.PersonId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>更改自己的密码；其他会话随即结束，当前会话继续。Changes one's own password; all other sessions end, this one goes on.</summary>
    /// <param name="input">当前密码和新密码。The current and the new password.</param>
    public static async Task<PersonPayload> ChangePasswordAsync(
        ChangePasswordInput input, [Service] IAccounts accounts, [Service] Attempts attempts, [Service] RequestSession session, [Service] Viewer viewer, CancellationToken ct)
    {
        var changed = await attempts.GuessAsync(
            $"{viewer.ActorId:n}",
            () => accounts.ChangePasswordAsync(viewer, input.Current, input.Next, ct),
            answer => answer.Problems.Any(p => p.Code is "WRONG_PASSWORD" or "LOCKED_OUT"),
            wait => session.TooMany(wait),
            ct);
        if (changed.Value is { } person) await session.RenewAsync(person);
        return new(changed, input.ClientMutationId);
    }
}
