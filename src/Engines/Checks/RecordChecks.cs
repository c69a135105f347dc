using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Engines.Checks;

/// <summary>What the hub counts on of the database that holds its record.</summary>
internal static class RecordChecks
{
    private const string Advice = "The record is the one thing that cannot be made anew. Do not run the hub on this database; report its version.";
    private const int Writers = 8, Each = 12;

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfRecord("round trip", Advice, RoundTripAsync),
        BehaviourCheck.OfRecord("all or nothing", Advice, TransactionAsync),
        BehaviourCheck.OfRecord("unique", Advice, UniqueAsync),
        BehaviourCheck.OfRecord("asked twice", "A client that repeats a request it got no answer to would make things twice.", OnceAsync),
        BehaviourCheck.OfRecord("feed order", "Portals that follow the feed would miss changes.", FeedAsync),
        BehaviourCheck.OfRecord("audit chain", "The audit log would prove nothing.", AuditAsync),
        .. JobChecks.All,
    ];

    private static async Task RoundTripAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        // To the millisecond, as no database keeps ticks alike.
        var at = new DateTime(2026, 9, 1, 23, 59, 59, 987, DateTimeKind.Utc);
        var school = NewSchool("重庆市第一中学 𠮷🧪 ’\"\\");
        var resource = new Resource
        {
            SchoolId = school.Id,
            CreatedBy = Guid.CreateVersion7(),
            Title = "圆的面积 𠮷 🧪",
            Description = new string('长', 4000),
            Kind = "slides",
            Grades = ["g5", "g6"],
            Keywords = ["圆", "π", "It's"],
            CreatedAt = at,
        };
        await record.SaveAsync([school], ct);
        await record.SaveAsync([resource], ct);
        await using var db = await record.OpenAsync(ct);
        var kept = await db.Resources.AsNoTracking().Include(r => r.School).SingleAsync(r => r.Id == resource.Id, ct);
        findings.Is("title", resource.Title, kept.Title);
        findings.Is("description", resource.Description, kept.Description);
        findings.Is("school", school.Name, kept.School!.Name);
        findings.Are("grades", resource.Grades, kept.Grades);
        findings.Are("keywords", resource.Keywords, kept.Keywords);
        findings.Is("time", at, kept.CreatedAt);
        findings.Is("kind of time", DateTimeKind.Utc, kept.CreatedAt.Kind);
        findings.Is("resources found by their time", 1, await db.Resources.CountAsync(r => r.CreatedAt >= at && r.CreatedAt < at.AddMilliseconds(1), ct));
        findings.Is("resources found by a list's member", 1, await db.Resources.CountAsync(r => r.Grades.Contains("g6"), ct));
    }

    private static async Task TransactionAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        await using (var db = await record.OpenAsync(ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            db.Add(NewSchool("回滚的学校"));
            await db.SaveChangesAsync(ct);
            await Core.Jobs.JobQueue.PromiseAsync(db, "check", Guid.CreateVersion7(), 0, record.Now, ct);
        }
        await using var after = await record.OpenAsync(ct);
        findings.Is("schools of a transaction that was not ended", 0, await after.Schools.CountAsync(ct));
        findings.Is("jobs of it", 0, await after.Jobs.CountAsync(ct));
    }

    private static async Task UniqueAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        var taken = 0;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            try
            {
                await record.SaveAsync([NewSchool("同名学校")], ct);
            }
            catch (DbUpdateException)
            {
                Interlocked.Increment(ref taken);
            }
        }, ct)));
        findings.Is($"refused of {Writers} that took one name at once", Writers - 1, taken);
        await using var db = await record.OpenAsync(ct);
        var school = await db.Schools.AsNoTracking().SingleAsync(ct);
        try
        {
            await record.SaveAsync([new Resource { SchoolId = Guid.CreateVersion7(), CreatedBy = school.Id, Title = "无主", Kind = "slides" }], ct);
            findings.Holds("a resource of a school that is not there is refused", false);
        }
        catch (DbUpdateException)
        {
            findings.Note("names are taken once, and what is referred to must be there");
        }
    }

    /// <summary>The same request by several at once, as a client that lost its connection sends it again while the first is still at work.</summary>
    private static async Task OnceAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        var (school, viewer) = await AdminAsync(record, ct);
        var library = record.Get<ResourceLibrary>();
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => library.CreateAsync(viewer, new NewResource { SchoolId = school.Id, Title = "一次", Kind = "slides" }, "key-1", ct), ct)));
        findings.Are("problems", [], made.SelectMany(m => m.Problems).Select(p => p.Code));
        findings.Is("resources that four requests of one key made", 1, made.Select(m => m.Value?.Id).Distinct().Count());
        var other = await library.CreateAsync(viewer, new NewResource { SchoolId = school.Id, Title = "另一个", Kind = "slides" }, "key-1", ct);
        findings.Are("problems of another request with that key", ["IDEMPOTENCY_KEY_REUSED"], other.Problems.Select(p => p.Code));
        await using var db = await record.OpenAsync(ct);
        findings.Is("resources", 1, await db.Resources.CountAsync(ct));
    }

    /// <summary>Numbers may be given out before their transactions end: a reader must not pass by one that is still to come.</summary>
    private static async Task FeedAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        var (school, viewer) = await AdminAsync(record, ct);
        var (library, feed) = (record.Get<ResourceLibrary>(), record.Get<ChangeFeed>());
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            List<Guid> ids = [];
            for (var i = 0; i < Each; i++)
                if ((await library.CreateAsync(viewer, new NewResource { SchoolId = school.Id, Title = $"课 {writer}-{i}", Kind = "slides" }, null, ct)).Value is { } made) ids.Add(made.Id);
            return ids;
        }, ct)));
        HashSet<Guid> seen = [];
        string? since = null;
        // One more round once all is written: what it gives was committed before it asked.
        for (var isOver = false; !isOver;)
        {
            isOver = writing.IsCompleted;
            for (var hasMore = true; hasMore;)
            {
                var page = (await feed.ReadAsync(viewer, since, 50, ct)).Value!;
                seen.UnionWith(page.Entries.Select(e => e.Change.ResourceId!.Value));
                (since, hasMore) = (page.End, page.HasMore);
            }
        }
        var written = (await writing).SelectMany(w => w).ToHashSet();
        findings.Is("resources made", Writers * Each, written.Count);
        findings.Is("of them missed by a reader of the feed", 0, written.Except(seen).Count());
        findings.Note($"{written.Count} changes by {Writers} at once, all seen by a reader that followed");
    }

    private static async Task AuditAsync(TrialRecord record, Findings findings, CancellationToken ct)
    {
        var (school, viewer) = await AdminAsync(record, ct);
        var library = record.Get<ResourceLibrary>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++) await record.Get<AuditLog>().WriteAsync(viewer, new AuditNote(AuditActions.Forbidden, Result: AuditResult.Refused, Detail: $"check {writer}-{i}"), ct);
        }, ct)));
        await library.CreateAsync(viewer, new NewResource { SchoolId = school.Id, Title = "有迹可循", Kind = "slides" }, null, ct);
        await using var db = await record.OpenAsync(ct);
        var verdict = await AuditChain.VerifyAsync(db, ct);
        findings.Is("flaw", null, verdict.Flaw);
        findings.Holds($"at least 20 lines ({verdict.Lines})", verdict.Lines >= 20);
        foreach (var change in (string[])["UPDATE \"AuditEvents\" SET \"Detail\" = 'x'", "DELETE FROM \"AuditEvents\""])
            try
            {
                await db.Database.ExecuteSqlRawAsync(change, ct);
                findings.Holds($"{change} is refused", false);
            }
            catch (DbException)
            {
                findings.Note($"{change[..6]} refused");
            }
    }

    private static School NewSchool(string name) => new() { Name = name, CreatedAt = new DateTime(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc) };

    private static async Task<(School School, Viewer Viewer)> AdminAsync(TrialRecord record, CancellationToken ct)
    {
        var school = NewSchool("重庆市第一中学");
        var person = new Person { DisplayName = "管理员", CreatedAt = record.Now };
        person.Take(school.Id, Role.SchoolAdmin, record.Now);
        await record.SaveAsync([school, person], ct);
        await using var db = await record.OpenAsync(ct);
        return (school, await record.Get<Viewers>().OfAsync(db, person, ct));
    }
}
