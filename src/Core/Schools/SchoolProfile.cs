using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Schools;

/// <summary>What a school says of itself and how it works. Null leaves as it is, an empty text takes out.</summary>
/// <param name="Name">For hub admins: other schools know it by this name.</param>
public sealed record SchoolChange(
    string? Name = null, string? ShortName = null, string? District = null, string? City = null, string? Province = null, IReadOnlyList<string>? Stages = null,
    IReadOnlyDictionary<string, string>? Editions = null, bool? MayApproveOwn = null);

/// <summary>A school's own settings, run by its admins.</summary>
public sealed class SchoolProfile(ChangeDesk desk)
{
    public Task<Outcome<School>> UpdateAsync(Viewer viewer, Guid id, SchoolChange input, string? key, CancellationToken ct)
        => desk.MakeAsync<School>(viewer, key, "updateSchool", new { id, input }, async (db, now) =>
        {
            if (!viewer.CanRun(id)) return Problem.Forbidden;
            if (await db.Schools.FindAsync([id], ct) is not { } school) return Problem.NotFound("学校") with { Path = ["schoolId"] };
            List<Problem> problems = [];
            if (input.Name is not null && !viewer.CanAdminister) return Problem.Forbidden with { Path = ["name"] };
            var name = input.Name is null ? school.Name : Required.Line(input.Name, "name", School.NameLimit, problems);
            Terms.Check(Vocabulary.Stage, input.Stages, "stages", problems);
            Terms.Check(Vocabulary.Subject, input.Editions?.Keys, "editions", problems);
            Terms.Check(Vocabulary.Edition, input.Editions?.Values, "editions", problems);
            if (name != school.Name && await db.Schools.AnyAsync(s => s.Name == name, ct))
                problems.Add(new Problem("ALREADY_EXISTS", $"学校“{name}”已存在。There is a school of this name.", "name"));
            if (problems.Count > 0) return problems;
            List<string> changed = [];
            Set(name!, school.Name, v => school.Name = v!, "name", changed);
            Set(input.ShortName, school.ShortName, v => school.ShortName = v, "shortName", changed);
            Set(input.District, school.District, v => school.District = v, "district", changed);
            Set(input.City, school.City, v => school.City = v, "city", changed);
            Set(input.Province, school.Province, v => school.Province = v, "province", changed);
            if (input.Stages is { } stages && !stages.SequenceEqual(school.Stages)) (school.Stages, changed) = ([.. stages], [.. changed, "stages"]);
            if (input.Editions is { } editions && !editions.ToHashSet().SetEquals(school.Editions)) (school.Editions, changed) = (new(editions), [.. changed, "editions"]);
            if (input.MayApproveOwn is { } may && may != school.MayApproveOwn) (school.MayApproveOwn, changed) = (may, [.. changed, $"mayApproveOwn={may}"]);
            if (changed.Count > 0) await AuditLog.AddAsync(db, viewer, new AuditNote(AuditActions.SchoolChanged, nameof(School), id, id, Detail: string.Join(", ", changed)), now, ct);
            return school;
        }, ct);

    private static void Set(string? value, string? before, Action<string?> set, string field, List<string> changed)
    {
        if (value is null || CleanText.Line(value) is var clean && clean == before) return;
        set(clean);
        changed.Add(field);
    }
}
