using ResourceHub.Core.People;

namespace ResourceHub.Core.Lessons;

/// <summary>What a viewer may do with a lesson, course or collection of their school. Seeing it is the matter of <see cref="PackAccess"/>.</summary>
public static class PackRights
{
    extension(Viewer viewer)
    {
        public bool IsAdminOf(Pack p) => viewer.CanWrite && (viewer.IsHubAdmin || viewer.Role == Role.SchoolAdmin && viewer.SchoolId == p.SchoolId);

        /// <summary>Its creator while at the school, and the school's admins: they decide who sees it.</summary>
        public bool AnswersFor(Pack p) => viewer.IsAdminOf(p) || viewer.CanWrite && viewer.SchoolId == p.SchoolId && viewer.ActorId == p.CreatedBy;

        /// <summary>The school's people change what they see of it: what stands in it was reviewed on its own and is opened to nobody by standing there.</summary>
        public bool MayEdit(Pack p) => viewer.CanWriteFor(p.SchoolId);
    }
}
