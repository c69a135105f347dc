using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Lessons;

/// <summary>
/// A school's own version of a lesson it received: a draft with a copy of each part that it sees and whose licence allows it, which knows what it is based on.
/// What stands in the lesson and is the school's own already stays that.
/// </summary>
public sealed class LessonAdaptations(ChangeDesk desk)
{
    /// <param name="withoutForbidden">Leaves out the parts that may not be adapted; else one of them is reason to refuse all.</param>
    public Task<Outcome<Lesson>> AdaptAsync(Viewer viewer, Guid id, Guid schoolId, string? title, bool withoutForbidden, string? key, CancellationToken ct)
        => desk.MakeAsync<Lesson>(viewer, key, "adaptLesson", new { id, schoolId, title, withoutForbidden }, async (db, now) =>
        {
            List<Problem> problems = [];
            var source = await db.Lessons.AsNoTracking().Include(l => l.Shares).Include(l => l.Parts).AsSplitQuery().VisibleTo(viewer).FirstOrDefaultAsync(l => l.Id == id, ct);
            if (source is null) problems.Add(PackDesk.NotFound<Lesson>());
            await PackDesk.CheckSchoolAsync(db, viewer, schoolId, problems, ct);
            if (title is not null) Required.Line(title, "title", Pack.TitleLimit, problems);
            if (problems.Count > 0) return problems;
            var received = source!.SchoolId == schoolId ? source.Received
                : await Adaptations.ReceivedAsync(db, source.State, source.Visibility, source.Shares.ConvertAll(s => s.PartnershipId), null, schoolId, now, ct);
            if (source.SchoolId != schoolId && received is null)
                return new Problem("SOURCE_LIMITS", "这所学校看不到来源，不能为它改编。That school does not see the source, so nothing is adapted for it.", "schoolId");
            var seen = await SeenAsync(db, viewer, source, ct);
            if (!withoutForbidden) problems.AddRange(seen.Values.Where(r => !MayStand(r, schoolId)).Select(Forbidden));
            if (problems.Count > 0) return problems;
            var copy = CopyOf(source, schoolId, viewer.ActorId!.Value, title, received, now);
            foreach (var part in source.Parts.OrderBy(p => p.Position).Where(p => seen.ContainsKey(p.ResourceId) && MayStand(seen[p.ResourceId], schoolId)))
            {
                var resource = seen[part.ResourceId];
                var own = resource.SchoolId == schoolId ? resource : await Adaptations.CopyAsync(db, viewer, resource, schoolId, null, now, ct);
                if (own is null && !withoutForbidden) return Forbidden(resource);
                if (own is not null) copy.Parts.Add(new LessonPart { LessonId = copy.Id, Position = copy.Parts.Count + 1, Kind = part.Kind, ResourceId = own.Id, SourcePartId = part.Id });
            }
            await PackDesk.AddAsync(db, viewer, copy, "adapted", now, ct);
            await TellAsync(db, source, schoolId, now, ct);
            await PackDesk.AuditAsync(db, viewer, AuditActions.Adapted, source, $"version {source.Version}", now, ct);
            return copy;
        }, ct);

    private static async Task<Dictionary<Guid, Resource>> SeenAsync(HubDb db, Viewer viewer, Lesson source, CancellationToken ct)
    {
        var ids = source.Parts.ConvertAll(p => p.ResourceId);
        return await db.Resources.AsNoTracking().Include(r => r.Shares).Include(r => r.Files).AsSplitQuery().VisibleTo(viewer).Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
    }

    private static bool MayStand(Resource r, Guid schoolId) => r.SchoolId == schoolId || LicenceRules.MayAdapt(r, schoolId);

    private static Problem Forbidden(Resource r)
        => new("LICENCE_FORBIDS", $"其中的“{r.Title}”（{Terms.NamedOrNull(Vocabulary.Licence, r.Licence)?.Zh ?? "未注明授权"}）不允许改编；可选择不带它改编（withoutForbidden）。\"{r.Title}\" may not be adapted; adapt the lesson without it (withoutForbidden).", "lessonId");

    private static Lesson CopyOf(Lesson source, Guid schoolId, Guid by, string? title, Received? received, DateTime now) => new()
    {
        SchoolId = schoolId,
        CreatedBy = by,
        Title = CleanText.Line(title) ?? source.Title,
        Description = source.Description,
        Stage = source.Stage,
        Grade = source.Grade,
        Subject = source.Subject,
        Edition = source.Edition,
        Volume = source.Volume,
        Chapter = source.Chapter,
        ChapterId = source.ChapterId,
        Period = source.Period,
        LessonType = source.LessonType,
        Objectives = [.. source.Objectives],
        BasedOnId = source.Id,
        BasedOnVersion = source.Version,
        Received = received,
        CreatedAt = now,
    };

    /// <summary>The source's school hears of it in the partnerships that both are in.</summary>
    private static async Task TellAsync(HubDb db, Lesson source, Guid schoolId, DateTime now, CancellationToken ct)
    {
        if (source.SchoolId == schoolId) return;
        var shared = PackTrail.OpenThrough(source);
        var both = await db.Partnerships.InForceOn(SchoolDay.Of(now)).Where(p => p.Members.Any(m => m.SchoolId == source.SchoolId) && p.Members.Any(m => m.SchoolId == schoolId))
            .Where(p => shared.Count == 0 || shared.Contains(p.Id)).Select(p => p.Id).ToListAsync(ct);
        db.AddRange(both.Select(p => new Change { Kind = ChangeKind.Adapted, PackId = source.Id, PartnershipId = p, SchoolId = schoolId, At = now }));
    }
}
