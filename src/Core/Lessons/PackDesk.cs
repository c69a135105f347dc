using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Lessons;

/// <summary>Over this desk goes every change of a lesson, course or collection that is there: found whole as its viewer sees it, changed, its version kept and its trail left.</summary>
public sealed class PackDesk(ChangeDesk desk)
{
    public const int WhyLimit = 500;

    /// <param name="why">Why, in the words of who changes it; null when they said nothing.</param>
    /// <param name="change">Changes it, or adds to the problems. Returns the history's word for it: a new version is made when it now says or holds something else.</param>
    public Task<Outcome<T>> ChangeAsync<T>(
        Viewer viewer, Guid id, string? key, string name, object input, string? why, Func<HubDb, T, DateTime, List<Problem>, Task<string?>> change, CancellationToken ct)
        where T : Pack
        => desk.MakeAsync<T>(viewer, key, name, input, async (db, now) =>
        {
            if (await FindAsync<T>(db, viewer, id, ct) is not { } pack) return NotFound<T>();
            if (!viewer.CanWriteFor(pack.SchoolId)) return Problem.Forbidden;
            List<Problem> problems = [];
            if (why?.Length > WhyLimit) return Required.TooLong("why", WhyLimit);
            var (open, revision, content) = (PackTrail.OpenThrough(pack), pack.Revision, PackContent.Of(pack).ToJson());
            var what = await change(db, pack, now, problems);
            if (problems.Count > 0) return problems;
            if (what is not null && PackContent.Of(pack).ToJson() != content)
            {
                pack.NewVersion(now);
                db.Add(VersionOf(pack, viewer, what, why, now));
            }
            if (pack.Revision != revision) await PackTrail.NoteAsync(db, pack, open, pack.State is ResourceState.Withdrawn or ResourceState.Deleted ? ChangeKind.Withdrawn : ChangeKind.Changed, now, ct);
            return pack;
        }, ct);

    /// <summary>Adds a new one with its first version and trail to the caller's transaction.</summary>
    /// <param name="what">created or adapted.</param>
    internal static async Task AddAsync(HubDb db, Viewer viewer, Pack pack, string what, DateTime now, CancellationToken ct)
    {
        pack.Touch(now);
        db.Add(pack);
        db.Add(VersionOf(pack, viewer, what, null, now));
        await PackTrail.NoteAsync(db, pack, [], ChangeKind.Created, now, ct);
    }

    /// <summary>With all that it holds, to be changed.</summary>
    internal static async Task<T?> FindAsync<T>(HubDb db, Viewer viewer, Guid id, CancellationToken ct) where T : Pack
    {
        var pack = await db.Set<T>().Include(p => p.Shares).VisibleTo(viewer).FirstOrDefaultAsync(p => p.Id == id, ct);
        switch (pack)
        {
            case Lesson lesson:
                await db.Entry(lesson).Collection(l => l.Parts).LoadAsync(ct);
                break;
            case Course course:
                await db.Entry(course).Collection(c => c.Followers).LoadAsync(ct);
                await db.Entry(course).Collection(c => c.Units).LoadAsync(ct);
                await db.Entry(course).Collection(c => c.Lessons).LoadAsync(ct);
                break;
            case Collection collection:
                await db.Entry(collection).Collection(c => c.Items).LoadAsync(ct);
                break;
        }
        return pack;
    }

    public static Problem NotFound<T>() where T : Pack => typeof(T).Name switch
    {
        nameof(Lesson) => Problem.NotFound("课") with { Path = ["lessonId"] },
        nameof(Course) => Problem.NotFound("课程") with { Path = ["courseId"] },
        _ => Problem.NotFound("专辑") with { Path = ["collectionId"] },
    };

    /// <summary>A school that is not there and one that is not yours answer alike.</summary>
    internal static async Task CheckSchoolAsync(HubDb db, Viewer viewer, Guid schoolId, List<Problem> problems, CancellationToken ct)
    {
        if (!viewer.CanWriteFor(schoolId) || !await db.Schools.AnyAsync(s => s.Id == schoolId, ct)) problems.Add(Problem.NotFound("学校") with { Path = ["schoolId"] });
    }

    /// <summary>A line of the audit log, in the change's own transaction.</summary>
    internal static Task AuditAsync(HubDb db, Viewer viewer, string action, Pack pack, string? detail, DateTime now, CancellationToken ct)
        => AuditLog.AddAsync(db, viewer, new AuditNote(action, pack.GetType().Name, pack.Id, pack.SchoolId, Detail: detail), now, ct);

    private static PackVersion VersionOf(Pack pack, Viewer viewer, string what, string? why, DateTime now) => new()
    {
        PackId = pack.Id,
        Number = pack.Version,
        At = now,
        By = viewer.ActorId!.Value,
        What = what,
        Why = CleanText.Lines(why),
        Content = PackContent.Of(pack).ToJson(),
    };
}
