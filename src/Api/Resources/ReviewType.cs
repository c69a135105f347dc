using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Resources;

/// <summary>审核的决定。What a review decided.</summary>
public enum ReviewDecision
{
    /// <summary>通过。Approved: it was published as asked for.</summary>
    Approved,

    /// <summary>退回。Returned to its author.</summary>
    Returned,
}

/// <summary>一轮审核：送审时的要求与决定；仅本校可见。One round of a school's review: what was asked for and what was decided; for the owner school.</summary>
[ObjectType<Review>]
public static class ReviewType
{
    /// <summary>全局编号。The global id.</summary>
    [ID<Review>]
    public static string GetId([Parent] Review review) => GlobalId.Of<Review>(review.Id);

    /// <summary>送审的资源。What is reviewed.</summary>
    public static IDataLoaderResult<Resource?> GetResource([Parent] Review review, [Service] ResourceById resources) => resources.LoadAsync(review.ResourceId);

    /// <summary>送审时的版本。The version that was submitted.</summary>
    public static int GetVersion([Parent] Review review) => review.Version;

    /// <summary>送审人（或密钥）的名字。Who submitted it: the name of a person or key.</summary>
    public static IDataLoaderResult<string?> GetSubmittedBy([Parent] Review review, [Service] ActorName names) => names.LoadAsync(review.SubmittedBy);

    /// <summary>送审时间。When it was submitted.</summary>
    public static DateTime GetSubmittedAt([Parent] Review review) => review.SubmittedAt;

    /// <summary>希望的可见范围。Who the author wants to see it.</summary>
    public static Visibility GetVisibility([Parent] Review review) => review.Visibility;

    /// <summary>希望共享给的结对。The partnerships the author wants to share it with.</summary>
    public static IReadOnlyList<IDataLoaderResult<Partnership>> GetPartnerships([Parent] Review review, [Service] PartnershipById partnerships)
        => [.. review.Partnerships.Select(p => partnerships.LoadAsync(p).Then(found => found!))];

    /// <summary>给审核者的话。What the author said to the reviewer.</summary>
    public static string? GetNote([Parent] Review review) => review.Note;

    /// <summary>决定；尚未审核时为 null。The decision; null while it is open.</summary>
    public static ReviewDecision? GetDecision([Parent] Review review) => review.IsApproved is { } approved ? approved ? ReviewDecision.Approved : ReviewDecision.Returned : null;

    /// <summary>审核人（或密钥）的名字。Who decided: the name of a person or key.</summary>
    public static IDataLoaderResult<string?> GetDecidedBy([Parent] Review review, [Service] ActorName names) => review.DecidedBy is { } by ? names.LoadAsync(by) : Later.Nothing<string>();

    /// <summary>审核时间。When it was decided.</summary>
    public static DateTime? GetDecidedAt([Parent] Review review) => review.DecidedAt;

    /// <summary>退回的原因。Why it was returned.</summary>
    public static IReadOnlyList<ReturnReason> GetReasons([Parent] Review review) => review.Reasons;

    /// <summary>审核意见。What the reviewer said.</summary>
    public static string? GetComment([Parent] Review review) => review.Comment;
}

[QueryType]
public static class ReviewQueries
{
    /// <summary>待审的资源，先送审的在前：学校管理员看本校，平台管理员看全部，其他人为空。What waits for a review, the oldest first: a school's admins see their school's, hub admins all, others none.</summary>
    /// <param name="schoolId">只要这所学校的。Only of this school.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static async Task<Connection<Review>> GetReviewQueueAsync(
        [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, [ID<School>] Guid? schoolId = null, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var from = Page.IdOf<Review>(after);
        var page = await db.Reviews.AsNoTracking().OpenFor(viewer).Where(r => schoolId == null || r.SchoolId == schoolId)
            .Where(r => from == null || r.Id > from).OrderBy(r => r.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, r => r.Id.ToString("n"), databases.Count((all, stop) => all.Reviews.OpenFor(viewer).CountAsync(r => schoolId == null || r.SchoolId == schoolId, stop)));
    }
}
