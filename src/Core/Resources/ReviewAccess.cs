using ResourceHub.Core.People;

namespace ResourceHub.Core.Resources;

public static class ReviewAccess
{
    extension(IQueryable<Review> reviews)
    {
        /// <summary>The open rounds that a viewer decides on: a school's admins those of their school, hub admins all, others none.</summary>
        public IQueryable<Review> OpenFor(Viewer viewer)
        {
            var open = reviews.Where(r => r.DecidedAt == null);
            return viewer.IsHubAdmin ? open : viewer.Role == Role.SchoolAdmin ? open.Where(r => r.SchoolId == viewer.SchoolId) : open.Where(r => false);
        }
    }
}
