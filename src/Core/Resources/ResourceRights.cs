using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

/// <summary>What a viewer may do with a resource of their school. Seeing it is the matter of <see cref="ResourceAccess"/>.</summary>
public static class ResourceRights
{
    public static readonly Problem InReview = new("INVALID_STATE", "正在审核中，不能更改；可先从审核中取回。It is being reviewed and cannot be changed; take it back from the review first.");

    extension(Viewer viewer)
    {
        public bool IsAdminOf(Resource r) => viewer.CanWrite && (viewer.IsHubAdmin || viewer.Role == Role.SchoolAdmin && viewer.SchoolId == r.SchoolId);

        /// <summary>Its creator while at the school, and the school's admins: they decide who sees it.</summary>
        public bool AnswersFor(Resource r) => viewer.IsAdminOf(r) || viewer.CanWrite && viewer.SchoolId == r.SchoolId && viewer.ActorId == r.CreatedBy;

        /// <summary>The school's people change what they see of it; what is being reviewed stays as it was submitted, except for admins.</summary>
        public bool MayEdit(Resource r) => viewer.CanWriteFor(r.SchoolId) && (r.State != ResourceState.InReview || viewer.IsAdminOf(r));
    }
}
