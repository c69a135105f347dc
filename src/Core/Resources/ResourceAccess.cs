using System.Linq.Expressions;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Resources;

/// <summary>
/// The one rule on who sees a resource, in the two forms it is needed in: an expression (SQL, and in memory by compiling it) and tokens (the index).
/// A test draws random worlds and holds the forms equal. The index only narrows: rows are checked again when they are read.
/// </summary>
public static class ResourceAccess
{
    /// <summary>
    /// Published: everybody for PUBLIC, the signed-in for MEMBERS, members of a partnership in force for PARTNERS, and always the owner school, unless PRIVATE.
    /// Not published or PRIVATE: its creator while at the owner school, and that school's admins. Hub admins see all. Deleted: nobody.
    /// </summary>
    public static Expression<Func<Resource, bool>> VisibleTo(Viewer viewer)
    {
        if (viewer.IsHubAdmin) return r => r.State != ResourceState.Deleted;
        if (!viewer.IsSignedIn) return r => r.State == ResourceState.Published && r.Visibility == Visibility.Public;
        var actor = viewer.ActorId;
        var school = viewer.SchoolId;
        var isSchoolAdmin = viewer.Role == Role.SchoolAdmin;
        var partnerships = viewer.Partnerships.ToArray();
        return r => r.State != ResourceState.Deleted && (
            r.State == ResourceState.Published && r.Visibility >= Visibility.Members
            || r.SchoolId == school && (isSchoolAdmin || r.CreatedBy == actor || r.State == ResourceState.Published && r.Visibility >= Visibility.School)
            || r.State == ResourceState.Published && r.Visibility == Visibility.Partners && r.Shares.Any(s => partnerships.Contains(s.PartnershipId)));
    }

    extension(IQueryable<Resource> resources)
    {
        public IQueryable<Resource> VisibleTo(Viewer viewer) => resources.Where(ResourceAccess.VisibleTo(viewer));
    }

    /// <summary>With whom it is shared is the owner school's matter; the others know of the partnerships they are in.</summary>
    public static IReadOnlyList<Partnership> SharesKnownTo(this Resource resource, Viewer viewer, IReadOnlyList<Partnership> shares)
        => SharesKnownTo(resource.SchoolId, viewer, shares);

    /// <summary>The same for whatever a school owns and shares.</summary>
    public static IReadOnlyList<Partnership> SharesKnownTo(Guid owner, Viewer viewer, IReadOnlyList<Partnership> shares)
        => viewer.IsOf(owner) ? shares : [.. shares.Where(p => p.OpensAgreementTo(viewer))];

    /// <summary>What a school keeps to itself in what it shares, such as hidden slides, is open to its own people and to hub admins.</summary>
    public static bool IsOf(this Viewer viewer, Guid schoolId) => viewer.IsHubAdmin || viewer.SchoolId == schoolId;

    /// <summary>What opens this resource: a viewer that holds one of these tokens sees it.</summary>
    public static IReadOnlyList<string> TokensOf(Resource r)
    {
        if (r.State == ResourceState.Deleted) return [];
        List<string> tokens = [$"by:{r.SchoolId:n}:{r.CreatedBy:n}", $"admin:{r.SchoolId:n}"];
        if (r.State != ResourceState.Published) return tokens;
        if (r.Visibility == Visibility.Public) tokens.Add("public");
        if (r.Visibility >= Visibility.Members) tokens.Add("members");
        if (r.Visibility >= Visibility.School) tokens.Add($"school:{r.SchoolId:n}");
        if (r.Visibility == Visibility.Partners) tokens.AddRange(r.Shares.Select(s => $"partners:{s.PartnershipId:n}"));
        return tokens;
    }

    /// <summary>What this viewer holds. Null means all doors are open (hub admins).</summary>
    public static IReadOnlyList<string>? TokensOf(Viewer viewer)
    {
        if (viewer.IsHubAdmin) return null;
        if (!viewer.IsSignedIn) return ["public"];
        List<string> tokens = ["members"];
        if (viewer.SchoolId is { } school)
        {
            tokens.Add($"by:{school:n}:{viewer.ActorId:n}");
            tokens.Add($"school:{school:n}");
            if (viewer.Role == Role.SchoolAdmin) tokens.Add($"admin:{school:n}");
        }
        tokens.AddRange(viewer.Partnerships.Order().Select(p => $"partners:{p:n}"));
        return tokens;
    }
}
