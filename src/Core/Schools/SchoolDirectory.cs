using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Schools;

public sealed record NewSchool(
    string Name, string? ShortName = null, string? District = null, string? City = null, string? Province = null,
    IReadOnlyList<string>? Stages = null, IReadOnlyDictionary<string, string>? Editions = null);

/// <param name="SchoolIds">2 or more; for BASE_SCHOOL the first one leads.</param>
/// <param name="From">First day in force; today when null.</param>
public sealed record NewPartnership(
    PartnershipKind Kind, string Name, IReadOnlyList<Guid> SchoolIds, DateOnly? From = null, DateOnly? Until = null, string? Batch = null,
    string? AgreementTitle = null, DateOnly? AgreementDate = null, IReadOnlyList<string>? Subjects = null, IReadOnlyList<string>? Stages = null);

/// <summary>Which schools there are and who shares with whom. Run by the hub's administrators.</summary>
public sealed class SchoolDirectory(ChangeDesk desk)
{
    public Task<Outcome<School>> CreateSchoolAsync(Viewer viewer, NewSchool input, string? key, CancellationToken ct)
        => desk.MakeAsync<School>(viewer, key, "createSchool", input, async (db, now) =>
        {
            if (!viewer.CanAdminister) return Problem.Forbidden;
            List<Problem> problems = [];
            var name = Required.Line(input.Name, "name", School.NameLimit, problems);
            Terms.Check(Vocabulary.Stage, input.Stages, "stages", problems);
            Terms.Check(Vocabulary.Subject, input.Editions?.Keys, "editions", problems);
            Terms.Check(Vocabulary.Edition, input.Editions?.Values, "editions", problems);
            if (name is not null && await db.Schools.AnyAsync(s => s.Name == name, ct))
                problems.Add(new Problem("ALREADY_EXISTS", $"学校“{name}”已存在。There is a school of this name.", "name"));
            if (problems.Count > 0) return problems;
            var school = new School
            {
                Name = name!,
                ShortName = CleanText.Line(input.ShortName),
                District = CleanText.Line(input.District),
                City = CleanText.Line(input.City),
                Province = CleanText.Line(input.Province),
                Stages = [.. input.Stages ?? []],
                Editions = new(input.Editions ?? new Dictionary<string, string>()),
                CreatedAt = now,
            };
            db.Add(school);
            return school;
        }, ct);

    public Task<Outcome<Partnership>> CreatePartnershipAsync(Viewer viewer, NewPartnership input, string? key, CancellationToken ct)
        => desk.MakeAsync<Partnership>(viewer, key, "createPartnership", input, async (db, now) =>
        {
            if (!viewer.CanAdminister) return Problem.Forbidden;
            List<Problem> problems = [];
            var name = Required.Line(input.Name, "name", Partnership.NameLimit, problems);
            Terms.Check(Vocabulary.Subject, input.Subjects, "subjects", problems);
            Terms.Check(Vocabulary.Stage, input.Stages, "stages", problems);
            var schools = input.SchoolIds.Distinct().ToList();
            if (schools.Count < 2) problems.Add(new Problem("TOO_FEW_SCHOOLS", "结对至少需要两所学校。A partnership needs at least two schools.", "schoolIds"));
            if (await db.Schools.CountAsync(s => schools.Contains(s.Id), ct) != schools.Count) problems.Add(Problem.NotFound("学校") with { Path = ["schoolIds"] });
            var from = input.From ?? SchoolDay.Of(now);
            if (input.Until < from) problems.Add(new Problem("INVALID_PERIOD", "结束日期早于开始日期。It would end before it begins.", "until"));
            if (problems.Count > 0) return problems;
            var partnership = new Partnership
            {
                Kind = input.Kind,
                Name = name!,
                Batch = CleanText.Line(input.Batch),
                AgreementTitle = CleanText.Line(input.AgreementTitle),
                AgreementDate = input.AgreementDate,
                From = from,
                Until = input.Until,
                Subjects = [.. input.Subjects ?? []],
                Stages = [.. input.Stages ?? []],
                CreatedAt = now,
                AcceptedAt = now,
                Members = [.. schools.Select((id, i) => new PartnershipMember { SchoolId = id, AcceptedAt = now, Leads = input.Kind == PartnershipKind.BaseSchool && i == 0 })],
            };
            db.Add(partnership);
            return partnership;
        }, ct);

    public Task<Outcome<Partnership>> EndPartnershipAsync(Viewer viewer, Guid id, DateOnly on, string? reason, string? key, CancellationToken ct)
        => desk.MakeAsync<Partnership>(viewer, key, "endPartnership", new { id, on, reason }, async (db, now) =>
        {
            if (!viewer.CanAdminister) return Problem.Forbidden;
            if (await db.Partnerships.FindAsync([id], ct) is not { } partnership) return Problem.NotFound("结对") with { Path = ["partnershipId"] };
            if (on < partnership.From) return new Problem("INVALID_PERIOD", "结束日期早于开始日期。It would end before it began.", "on");
            partnership.End(on, CleanText.Line(reason));
            // An end that lies ahead is noted on its day.
            if (!partnership.IsEndNoted && partnership.StateOn(SchoolDay.Of(now)) == PartnershipState.Ended)
            {
                partnership.IsEndNoted = true;
                await PartnershipTrail.NoteAsync(db, id, ChangeKind.Ended, viewer.SchoolId, now, ct);
            }
            return partnership;
        }, ct);
}
