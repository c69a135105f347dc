using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Resources;

/// <summary>What shows pupils stays at the school until somebody states that their consent is held, and goes no further than that.</summary>
public static class ConsentRules
{
    private static readonly HashSet<string> LikelyKinds = ["recorded-class", "observation"];

    /// <summary>Kinds of which somebody must say whether pupils can be seen, because they usually can.</summary>
    public static bool SuggestsPupils(Resource r) => LikelyKinds.Contains(r.Kind);

    /// <summary>The statement that counts is the newest: one that is withdrawn is not replaced by an older one.</summary>
    public static Task<Consent?> NewestAsync(HubDb db, Guid resourceId, CancellationToken ct)
        => db.Consents.Where(c => c.ResourceId == resourceId).OrderByDescending(c => c.RecordedAt).ThenByDescending(c => c.Id).FirstOrDefaultAsync(ct);

    public static async Task CheckAsync(HubDb db, Resource resource, Visibility wanted, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        if (resource.ShowsPupils != true || wanted <= Visibility.School) return;
        var consent = await NewestAsync(db, resource.Id, ct);
        if (consent?.IsInForceOn(SchoolDay.Of(now)) != true)
            problems.Add(new Problem("CONSENT_REQUIRED", "有学生出镜：登记有效的同意书后才能向校外开放。Pupils can be seen: record a consent in force before opening it beyond the school."));
        else if (consent.Scope < wanted)
            problems.Add(new Problem("CONSENT_REQUIRED", $"有学生出镜：同意书只到{Words.Zh(consent.Scope)}，不能开放得更宽。Pupils can be seen, and the consent covers {Words.En(consent.Scope)} only.", "visibility"));
    }
}
