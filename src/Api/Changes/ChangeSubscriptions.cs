using ResourceHub.Api.GraphQL;
using ResourceHub.Api.People;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Changes;

[SubscriptionType]
public static class ChangeSubscriptions
{
    /// <summary>
    /// 资源每次变动后的样子；接连的变动可能合为一条。您不再能看到它时结束。
    /// The resource after each change; several at once may come as one. It ends when you may no longer see the resource.
    /// </summary>
    /// <param name="id">资源的全局编号。The resource's global id.</param>
    [Subscribe(With = nameof(FollowResourceAsync))]
    public static Resource ResourceChanged([ID<Resource>] Guid id, [EventMessage] Resource resource) => resource.Id == id ? resource : throw new InvalidOperationException("An event of another resource.");

    public static async Task<IAsyncEnumerable<Resource>> FollowResourceAsync([ID<Resource>] Guid id, [Service] ChangeFollower changes, [Service] LiveViewer viewer, CancellationToken ct)
        => await changes.ResourceAsync(viewer, id, ct) ?? throw UserError.AsError([Problem.NotFound("资源")]);

    /// <summary>
    /// 结对中的新动态，仅成员可订阅。结对结束或您不再是成员时结束。
    /// What happens in a partnership, for its members. It ends with the partnership, or when you are no longer of a member school.
    /// </summary>
    /// <param name="id">结对的全局编号。The partnership's global id.</param>
    [Subscribe(With = nameof(FollowPartnershipAsync))]
    public static Change PartnershipActivity([ID<Partnership>] Guid id, [EventMessage] Change change) => change.PartnershipId == id ? change : throw new InvalidOperationException("An event of another partnership.");

    public static async Task<IAsyncEnumerable<Change>> FollowPartnershipAsync([ID<Partnership>] Guid id, [Service] ChangeFollower changes, [Service] LiveViewer viewer, CancellationToken ct)
        => await changes.PartnershipAsync(viewer, id, ct) ?? throw UserError.AsError([Problem.NotFound("结对")]);
}
