using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Schools;

public sealed record NewSchool(
    string Name, string? ShortName = null, string? District = null, string? City = null, string? Province = null,
    IReadOnlyList<string>? Stages = null, IReadOnlyDictionary<string, string>? Editions = null);

/// <summary>Which schools there are. Run by the hub's administrators.</summary>
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
            await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.SchoolMade, nameof(School), school.Id, school.Id, Detail: school.Name), now, ct);
            return school;
        }, ct);
}
