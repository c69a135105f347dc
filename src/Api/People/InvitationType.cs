using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.People;

/// <summary>邀请：一次有效的链接，七天内可用。An invitation: a link for one use, good for seven days.</summary>
[ObjectType<Invitation>]
public static class InvitationType
{
    /// <summary>全局编号。The global id.</summary>
    [ID<Invitation>]
    public static string GetId([Parent] Invitation invitation) => GlobalId.Of<Invitation>(invitation.Id);

    /// <summary>用途。What it is for.</summary>
    public static InvitationKind GetKind([Parent] Invitation invitation) => invitation.Kind;

    /// <summary>被邀请的人，由管理员填写。Whom it is for, as the admin wrote it.</summary>
    public static string GetDisplayName([Parent] Invitation invitation) => invitation.DisplayName;

    /// <summary>角色。The role it offers.</summary>
    public static Role GetRole([Parent] Invitation invitation) => invitation.Role;

    /// <summary>学校；平台管理员为 null。The school; null for hub admins.</summary>
    public static IDataLoaderResult<School?> GetSchool([Parent] Invitation invitation, [Service] SchoolById schools)
        => invitation.SchoolId is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>使用或将要使用它的人，您可见时。Who used it or is to, where you may see them.</summary>
    public static IDataLoaderResult<Person?> GetPerson([Parent] Invitation invitation, [Service] PersonById people)
        => invitation.PersonId is { } person ? people.LoadAsync(person) : Later.Nothing<Person>();

    /// <summary>是否仍可使用。Whether it can still be used.</summary>
    public static bool GetIsOpen([Parent] Invitation invitation, [Service] TimeProvider clock) => invitation.IsOpenAt(clock.GetUtcNow().UtcDateTime);

    /// <summary>创建时间。When it was made.</summary>
    public static DateTime GetCreatedAt([Parent] Invitation invitation) => invitation.CreatedAt;

    /// <summary>失效时间。When it ends.</summary>
    public static DateTime GetExpiresAt([Parent] Invitation invitation) => invitation.ExpiresAt;

    /// <summary>使用时间。When it was used.</summary>
    public static DateTime? GetUsedAt([Parent] Invitation invitation) => invitation.UsedAt;

    /// <summary>撤销时间。When it was revoked.</summary>
    public static DateTime? GetRevokedAt([Parent] Invitation invitation) => invitation.RevokedAt;
}

/// <summary>链接所提供的内容，给持有链接的人看。What a link offers, for whoever holds it.</summary>
public sealed record InvitationOffer([property: GraphQLIgnore] Invitation Invitation, [property: GraphQLIgnore] SchoolById Schools)
{
    /// <summary>用途。What it is for.</summary>
    public InvitationKind Kind => Invitation.Kind;

    /// <summary>为谁而设，由管理员填写。Whom it is for, as the admin wrote it.</summary>
    public string DisplayName => Invitation.DisplayName;

    /// <summary>学校；平台管理员为 null。The school; null for hub admins.</summary>
    public IDataLoaderResult<School?> School => Invitation.SchoolId is { } school ? Schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>角色。The role it offers.</summary>
    public Role Role => Invitation.Role;

    /// <summary>失效时间。When it ends.</summary>
    public DateTime ExpiresAt => Invitation.ExpiresAt;
}

/// <summary>新的邀请。A new invitation.</summary>
/// <param name="DisplayName">被邀请的人；本人可以更改。Whom it is for; the person may change it.</param>
/// <param name="Role">角色。The role.</param>
/// <param name="SchoolId">学校；邀请平台管理员时省略。The school; left out to invite a hub admin.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record InviteMemberInput(string DisplayName, Role Role, [ID<School>] Guid? SchoolId = null, string? ClientMutationId = null);

/// <summary>撤销邀请。The end of an invitation.</summary>
/// <param name="InvitationId">邀请。Which one.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record RevokeInvitationInput([ID<Invitation>] Guid InvitationId, string? ClientMutationId = null);

/// <summary>请某人重设密码。A new password for somebody.</summary>
/// <param name="PersonId">谁。Whose.</param>
/// <param name="ClientMutationId">幂等键。An idempotency key.</param>
public sealed record OfferNewPasswordInput([ID<Person>] Guid PersonId, string? ClientMutationId = null);

/// <summary>使用邀请。An invitation that is used.</summary>
/// <param name="Secret">链接中的密文。What stands in the link.</param>
/// <param name="Password">密码，至少 10 个字符，任何字符均可。The password: 10 characters or more, any.</param>
/// <param name="UserName">登录用的用户名；重设密码时不需要。What will be typed to sign in; not needed for a new password.</param>
/// <param name="DisplayName">姓名；省略则用邀请上的。The name; as on the invitation when left out.</param>
/// <param name="ClientMutationId">原样返回；邀请只能使用一次，无需幂等键。Given back as it came; an invitation is used once anyway.</param>
public sealed record AcceptInvitationInput(string Secret, string Password, string? UserName = null, string? DisplayName = null, string? ClientMutationId = null);

[QueryType]
public static class InvitationQueries
{
    /// <summary>链接所提供的内容；无效、已用或过期时为 null。What a link offers; null when it is not open.</summary>
    /// <param name="secret">链接中的密文。What stands in the link.</param>
    public static async Task<InvitationOffer?> GetInvitationAsync(
        string secret, [Service] Invitations invitations, [Service] SchoolById schools, [Service] Attempts attempts, [Service] RequestSession session, [Service] Viewer viewer, CancellationToken ct)
    {
        var open = await attempts.GuessAsync(Attempts.Network(viewer.Origin.Ip), () => invitations.FindAsync(secret, ct), found => found is null, wait => throw UserError.AsError([session.TooMany(wait)]), ct);
        return open is null ? null : new InvitationOffer(open, schools);
    }
}

[MutationType]
public static class InvitationMutations
{
    /// <summary>邀请一人加入学校：得到一个链接，交给本人；学校管理员。Invites somebody to a school: gives a link to hand to them; for its admins.</summary>
    /// <param name="input">邀请。The invitation.</param>
    public static async Task<InvitationPayload> InviteMemberAsync(InviteMemberInput input, [Service] Invitations invitations, [Service] HubSettings settings, [Service] Viewer viewer, CancellationToken ct)
        => new(await invitations.InviteAsync(viewer, new NewInvitation(input.SchoolId, input.DisplayName, input.Role), input.ClientMutationId, ct), settings, input.ClientMutationId);

    /// <summary>为某人提供重设密码的链接；本校管理员。Gives a link by which somebody sets a new password; for their own admins.</summary>
    /// <param name="input">谁。Whose.</param>
    public static async Task<InvitationPayload> OfferNewPasswordAsync(OfferNewPasswordInput input, [Service] Invitations invitations, [Service] HubSettings settings, [Service] Viewer viewer, CancellationToken ct)
        => new(await invitations.OfferNewPasswordAsync(viewer, input.PersonId, input.ClientMutationId, ct), settings, input.ClientMutationId);

    /// <summary>撤销邀请，立即生效；本校管理员。Revokes an invitation at once; for the school's admins.</summary>
    /// <param name="input">邀请。Which one.</param>
    public static async Task<RevokeInvitationPayload> RevokeInvitationAsync(RevokeInvitationInput input, [Service] Invitations invitations, [Service] Viewer viewer, CancellationToken ct)
        => new(await invitations.RevokeAsync(viewer, input.InvitationId, input.ClientMutationId, ct), input.ClientMutationId);

    /// <summary>使用邀请：加入学校，或设置新密码；无需登录。Uses an invitation: joins the school, or sets the new password; nobody needs to be signed in.</summary>
    /// <param name="input">邀请和密码。The invitation and the password.</param>
    public static async Task<PersonPayload> AcceptInvitationAsync(
        AcceptInvitationInput input, [Service] Invitations invitations, [Service] Attempts attempts, [Service] RequestSession session, [Service] Viewer viewer, CancellationToken ct)
        => new(await attempts.GuessAsync(
            Attempts.Network(viewer.Origin.Ip),
            () => invitations.AcceptAsync(new Acceptance(input.Secret, input.Password, input.UserName, input.DisplayName), viewer.Origin, ct),
            answer => answer.Problems.Any(p => p.Code == "INVALID_INVITATION"),
            wait => session.TooMany(wait),
            ct), input.ClientMutationId);
}

/// <summary>新的邀请。What came of an invitation.</summary>
public sealed record InvitationPayload([property: GraphQLIgnore] Outcome<IssuedInvitation> Outcome, [property: GraphQLIgnore] HubSettings Settings, string? ClientMutationId)
    : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>邀请；未办成时为 null。The invitation; null when nothing was done.</summary>
    public Invitation? Invitation => Outcome.Value?.Invitation;

    /// <summary>密文，只给出这一次；重试时为 null。The secret, shown this once; null when the same request is sent again.</summary>
    public string? Secret => Outcome.Value?.Secret;

    /// <summary>交给本人的链接；未设置平台网址时只有路径。The link to hand over; a path only where the hub does not know its public address.</summary>
    public string? Url => Secret is null ? null : $"{Settings.PublicAddress?.TrimEnd('/')}/invitation/{Secret}";
}

/// <summary>revokeInvitation 的结果。What came of revokeInvitation.</summary>
public sealed record RevokeInvitationPayload([property: GraphQLIgnore] Outcome<Invitation> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>邀请；未办成时为 null。The invitation; null when nothing was done.</summary>
    public Invitation? Invitation => Outcome.Value;
}

/// <summary>关于一个人的更改的结果。What came of a change of a person.</summary>
public sealed record PersonPayload([property: GraphQLIgnore] Outcome<Person> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>此人；未办成时为 null。The person; null when nothing was done.</summary>
    public Person? Person => Outcome.Value;
}
