using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Schools;

/// <param name="SchoolIds">2 or more; for BASE_SCHOOL the first one leads.</param>
/// <param name="From">First day in force; today when null.</param>
public sealed record NewPartnership(
    PartnershipKind Kind, string Name, IReadOnlyList<Guid> SchoolIds, DateOnly? From = null, DateOnly? Until = null, string? Batch = null,
    string? AgreementTitle = null, DateOnly? AgreementDate = null, IReadOnlyList<string>? Subjects = null, IReadOnlyList<string>? Stages = null)
{
    private const int MostSchools = 100;

    /// <summary>The partnership as these words describe it, or what is wrong with them.</summary>
    /// <param name="proposedBy">The school that proposes it and so has accepted; null when it is in force by the hub's own word.</param>
    internal async Task<Outcome<Partnership>> MakeAsync(HubDb db, Guid? proposedBy, DateTime utcNow, CancellationToken ct)
    {
        List<Problem> problems = [];
        var name = Required.Line(Name, "name", Partnership.NameLimit, problems);
        Terms.Check(Vocabulary.Subject, Subjects, "subjects", problems);
        Terms.Check(Vocabulary.Stage, Stages, "stages", problems);
        var schools = SchoolIds.Distinct().ToList();
        if (schools.Count < 2) problems.Add(new Problem("TOO_FEW_SCHOOLS", "结对至少需要两所学校。A partnership needs at least two schools.", "schoolIds"));
        if (schools.Count > MostSchools) problems.Add(new Problem("TOO_MANY_SCHOOLS", $"结对最多 {MostSchools} 所学校。A partnership has at most {MostSchools} schools.", "schoolIds"));
        else if (await db.Schools.CountAsync(s => schools.Contains(s.Id), ct) != schools.Count) problems.Add(Problem.NotFound("学校") with { Path = ["schoolIds"] });
        var from = From ?? SchoolDay.Of(utcNow);
        if (Until < from) problems.Add(new Problem("INVALID_PERIOD", "结束日期早于开始日期。It would end before it begins.", "until"));
        if (problems.Count > 0) return problems;
        var hasAll = proposedBy is null;
        return new Partnership
        {
            Kind = Kind,
            Name = name!,
            Batch = CleanText.Line(Batch),
            AgreementTitle = CleanText.Line(AgreementTitle),
            AgreementDate = AgreementDate,
            From = from,
            Until = Until,
            Subjects = [.. Subjects ?? []],
            Stages = [.. Stages ?? []],
            CreatedAt = utcNow,
            ProposedBy = proposedBy,
            AcceptedAt = hasAll ? utcNow : null,
            Members = [.. schools.Select((id, i) => new PartnershipMember { SchoolId = id, AcceptedAt = hasAll || id == proposedBy ? utcNow : null, Leads = Kind == PartnershipKind.BaseSchool && i == 0 })],
        };
    }
}
