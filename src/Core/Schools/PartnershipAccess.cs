using ResourceHub.Core.People;

namespace ResourceHub.Core.Schools;

/// <summary>
/// Which schools work together is public knowledge, as their districts announce it: name, kind, members, period and state.
/// The agreement itself and why it ended are its members' matter.
/// </summary>
public static class PartnershipAccess
{
    extension(Partnership partnership)
    {
        /// <summary>Needs the members.</summary>
        public bool OpensAgreementTo(Viewer viewer) => viewer.IsHubAdmin || viewer.SchoolId is { } school && partnership.Members.Any(m => m.SchoolId == school);
    }
}
