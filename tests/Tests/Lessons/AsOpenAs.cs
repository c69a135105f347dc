using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;

namespace ResourceHub.Tests.Lessons;

/// <summary>Brings a lesson, course or collection into the state in which a resource is: then who sees either is told by the same words.</summary>
internal static class AsOpenAs
{
    public static T OpenAs<T>(this T pack, Resource r, DateTime now) where T : Pack
    {
        if (r.State is not (ResourceState.Draft or ResourceState.InReview) || r.Visibility != Visibility.Private) pack.Publish(r.Visibility, now);
        pack.ShareWith([.. r.Shares.Select(s => s.PartnershipId)], now);
        if (r.State is ResourceState.Draft or ResourceState.InReview) pack.Return(now);
        if (r.State == ResourceState.Withdrawn) pack.Withdraw(now);
        if (r.State == ResourceState.Deleted) pack.Delete(now);
        return pack;
    }
}
