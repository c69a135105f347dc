using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Core.Resources;

/// <summary>What an agreement is asked about: whose it is and what it is filed under.</summary>
public readonly record struct Filing(Guid SchoolId, string? Stage, string? Subject)
{
    public static Filing Of(Resource r) => new(r.SchoolId, r.Stage, r.Subject);
}

/// <summary>Agreements are the policy: through one in force, that the owner school belongs to, and only what it covers.</summary>
public static class AgreementRules
{
    /// <summary>Every reason against sharing through these partnerships, not only the first.</summary>
    public static async Task CheckAsync(HubDb db, Filing filed, IReadOnlyCollection<Guid> partnershipIds, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        // One that is not there and one of other schools answer alike: of a proposal only its members know.
        var own = await db.Partnerships.AsNoTracking().Where(p => partnershipIds.Contains(p.Id) && p.Members.Any(m => m.SchoolId == filed.SchoolId)).ToDictionaryAsync(p => p.Id, ct);
        foreach (var id in partnershipIds)
        {
            if (own.GetValueOrDefault(id) is not { } partnership)
                problems.Add(NotInForce("本校没有参加这个结对。The school does not belong to this partnership."));
            else if (WhyNotInForce(partnership, SchoolDay.Of(now)) is { } why)
                problems.Add(NotInForce(why));
            else
                CheckCover(partnership, filed, problems);
        }
    }

    /// <summary>What changed about something must not take it out of the agreements through which it is open now.</summary>
    /// <param name="open">As it is open now, published.</param>
    public static async Task CheckStillCoveredAsync(HubDb db, Filing filed, Opening open, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        if (open.Visibility != Visibility.Partners) return;
        foreach (var partnership in await db.Partnerships.AsNoTracking().InForceOn(SchoolDay.Of(now)).Where(p => open.Partnerships.Contains(p.Id)).ToListAsync(ct))
            CheckCover(partnership, filed, problems);
    }

    private static Problem NotInForce(string why) => new("PARTNERSHIP_NOT_IN_FORCE", why, "partnershipIds");

    private static string? WhyNotInForce(Partnership p, DateOnly today) => p.StateOn(today) switch
    {
        PartnershipState.Active => null,
        PartnershipState.Ended when p.EndedOn is { } ended && today >= ended => $"“{p.Name}”已于 {ended:yyyy-MM-dd} 终止。\"{p.Name}\" was ended on {ended:yyyy-MM-dd}.",
        PartnershipState.Ended => $"“{p.Name}”已于 {p.Until:yyyy-MM-dd} 到期。\"{p.Name}\" ended on {p.Until:yyyy-MM-dd}.",
        _ when p.AcceptedAt is null => $"“{p.Name}”还有学校没有同意。Not every school has accepted \"{p.Name}\" yet.",
        _ => $"“{p.Name}”自 {p.From:yyyy-MM-dd} 起生效。\"{p.Name}\" begins on {p.From:yyyy-MM-dd}.",
    };

    /// <summary>Where an agreement names stages or subjects, what is filed under none is not covered: nobody could tell.</summary>
    private static void CheckCover(Partnership p, Filing r, List<Problem> problems)
    {
        if (p.Stages.Count > 0 && (r.Stage is null || !p.Stages.Contains(r.Stage))) Outside(Vocabulary.Stage, "学段", "stages", p.Stages, "stage");
        if (p.Subjects.Count > 0 && (r.Subject is null || !p.Subjects.Contains(r.Subject))) Outside(Vocabulary.Subject, "学科", "subjects", p.Subjects, "subject");

        void Outside(Vocabulary vocabulary, string zh, string en, List<string> covered, string field)
        {
            var terms = covered.ConvertAll(c => Terms.Named(vocabulary, c));
            problems.Add(new Problem("OUTSIDE_AGREEMENT",
                $"“{p.Name}”只包含这些{zh}：{string.Join("、", terms.Select(t => t.Zh))}。\"{p.Name}\" covers these {en} only: {string.Join(", ", terms.Select(t => t.En))}.", "partnershipIds", field));
        }
    }
}
