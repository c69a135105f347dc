namespace ResourceHub.Core.Resources;

/// <summary>All that may stand against opening a resource to somebody, asked when it is wanted and again when it is done.</summary>
public static class OpeningRules
{
    public static async Task CheckAsync(HubDb db, Resource resource, Opening wanted, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        CheckPartners(wanted, problems);
        LicenceRules.Check(resource, wanted.Visibility, problems);
        await AgreementRules.CheckAsync(db, Filing.Of(resource), wanted.Partnerships, now, problems, ct);
        await ConsentRules.CheckAsync(db, resource, wanted.Visibility, now, problems, ct);
        resource.Received?.Check(wanted, problems);
    }

    /// <summary>Partnerships and the visibility PARTNERS go together.</summary>
    public static void CheckPartners(Opening wanted, List<Problem> problems)
    {
        if (wanted.Visibility == Visibility.Partners && wanted.Partnerships.Count == 0)
            problems.Add(new Problem("PARTNERS_NEEDED", "请指明共享给哪些结对。Name the partnerships to share it with.", "partnershipIds"));
        if (wanted.Visibility != Visibility.Partners && wanted.Partnerships.Count > 0)
            problems.Add(new Problem("PARTNERS_NEEDED", "指明了结对时，可见范围须为 PARTNERS。Partnerships go with the visibility PARTNERS.", "visibility"));
    }

    public static void NeedLicence(Resource resource, List<Problem> problems)
    {
        if (resource.Licence is null) problems.Add(new Problem("LICENCE_REQUIRED", "请先选择授权方式。Choose a licence first.", "licence"));
    }
}
