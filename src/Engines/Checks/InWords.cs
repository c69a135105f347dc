using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Engines.Checks;

/// <summary>Who asks, as the words below need them. Null stands for nobody: not signed in, or gone.</summary>
public sealed record Asker(Guid Id, Guid? School, Role Role);

/// <summary>Who is meant to see what, in the words, once more and on their own: nothing here asks the rule that is tested.</summary>
internal static class InWords
{
    public static bool MaySee(Asker? asker, Resource resource, IReadOnlyList<Partnership> partnerships, DateOnly today)
        => MaySee(asker, resource, p => partnerships.Any(x => x.Id == p && asker?.School is { } school && x.Members.Exists(m => m.SchoolId == school) && IsInForce(x, today)));

    /// <param name="shares">Whether a partnership opens what is shared with it to who asks.</param>
    public static bool MaySee(Asker? asker, Resource resource, Func<Guid, bool> shares)
    {
        if (resource.State == ResourceState.Deleted) return false;
        if (asker?.Role == Role.HubAdmin) return true;
        var isOwn = asker is not null && asker.School == resource.SchoolId;
        if (isOwn && (asker!.Role == Role.SchoolAdmin || asker.Id == resource.CreatedBy)) return true;
        if (resource.State != ResourceState.Published) return false;
        return resource.Visibility switch
        {
            Visibility.Public => true,
            Visibility.Members => asker is not null,
            Visibility.Partners => isOwn || resource.Shares.Exists(s => shares(s.PartnershipId)),
            Visibility.School => isOwn,
            _ => false,
        };
    }

    public static bool IsInForce(Partnership p, DateOnly today)
    {
        if (p.AcceptedAt is null) return false;
        var last = p.Until ?? DateOnly.MaxValue;
        if (p.EndedOn is { } ended && ended.AddDays(-1) < last) last = ended.AddDays(-1);
        return p.From <= today && today <= last;
    }
}
