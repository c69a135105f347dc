using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Lessons;

/// <summary>How far a lesson, course or collection may be opened, and by whom (ADR 13).</summary>
public static class PackOpening
{
    /// <summary>
    /// The creator to the school, and narrower than it is at any time. Beyond the school an admin who did not make it, or who may approve their own there; and
    /// hub admins. What stands in it is opened to nobody by this: each part has been through its own review.
    /// </summary>
    public static async Task<bool> MayOpenAsync(HubDb db, Viewer viewer, Pack pack, Opening wanted, CancellationToken ct)
        => viewer.IsHubAdmin || wanted.Visibility <= Visibility.School || IsNoWider(pack, wanted)
        || viewer.IsAdminOf(pack) && (pack.CreatedBy != viewer.ActorId || await ReviewDesk.MayApproveOwnAsync(db, pack.SchoolId, ct));

    /// <summary>All that may stand against opening it so: the agreements, and what the source of a copy allows.</summary>
    public static async Task CheckAsync(HubDb db, Pack pack, Opening wanted, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        OpeningRules.CheckPartners(wanted, problems);
        await AgreementRules.CheckAsync(db, FilingOf(pack), wanted.Partnerships, now, problems, ct);
        pack.Received?.Check(wanted, problems);
    }

    /// <summary>What changed about it must not take it out of the agreements through which it is open now.</summary>
    public static Task CheckStillOpenAsync(HubDb db, Pack pack, DateTime now, List<Problem> problems, CancellationToken ct)
        => pack.State == ResourceState.Published ? AgreementRules.CheckStillCoveredAsync(db, FilingOf(pack), Of(pack), now, problems, ct) : Task.CompletedTask;

    /// <summary>As it is now. Needs the shares.</summary>
    public static Opening Of(Pack p) => p.Visibility == Visibility.Partners ? Opening.Through(p.Shares.Select(s => s.PartnershipId)) : Opening.To(p.Visibility);

    private static bool IsNoWider(Pack pack, Opening wanted)
        => pack.State == ResourceState.Published
        && (wanted.Visibility < pack.Visibility || wanted.Visibility == pack.Visibility && !wanted.Partnerships.Except(Of(pack).Partnerships).Any());

    private static Filing FilingOf(Pack p) => new(p.SchoolId, p.Stage, p.Subject);
}
