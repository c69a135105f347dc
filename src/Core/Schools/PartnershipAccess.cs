using System.Linq.Expressions;
using ResourceHub.Core.People;

namespace ResourceHub.Core.Schools;

/// <summary>
/// Which schools work together is public knowledge, as their districts announce it: name, kind, members, period and state.
/// A proposal is known to the schools it names. The agreement itself and why it ended are its members' matter.
/// </summary>
public static class PartnershipAccess
{
    /// <summary>The one rule on who knows of a partnership: SQL, and in memory by compiling it.</summary>
    public static Expression<Func<Partnership, bool>> VisibleTo(Viewer viewer)
    {
        if (viewer.IsHubAdmin) return p => true;
        if (viewer.SchoolId is not { } school) return p => p.AcceptedAt != null;
        return p => p.AcceptedAt != null || p.Members.Any(m => m.SchoolId == school);
    }

    extension(IQueryable<Partnership> partnerships)
    {
        public IQueryable<Partnership> VisibleTo(Viewer viewer) => partnerships.Where(PartnershipAccess.VisibleTo(viewer));
    }

    /// <summary>Needs the members.</summary>
    public static bool OpensAgreementTo(this Partnership partnership, Viewer viewer) => viewer.IsHubAdmin || partnership.Includes(viewer.SchoolId);
}
