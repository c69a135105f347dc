using System.Collections.Concurrent;
using System.Diagnostics;
using ResourceHub.Host.Demo.Files;

namespace ResourceHub.Host.Demo;

/// <summary>
/// Fills a hub with the demonstration's schools, partnerships, resources and the lessons made of them through the same doors as users. Each step has an idempotency key of its own,
/// so that seeding that was cut goes on where it stopped; a hub that is seeded is left as it is.
/// </summary>
public static class DemoSeed
{
    /// <summary>Requests at a time: enough to keep the hub busy while files are built, few enough for a small machine.</summary>
    private const int Lanes = 4;

    private static readonly TimeSpan IndexingPatience = TimeSpan.FromMinutes(2);

    /// <param name="hub">Its BaseAddress is the hub, which must be ready.</param>
    /// <param name="keys">Of the hub's data folder; their admin key must open the hub.</param>
    /// <param name="accounts">Of the same folder; null where people sign in elsewhere.</param>
    /// <exception cref="DemoException">The hub refused a step; the message says which.</exception>
    public static async Task<DemoReport> RunAsync(HttpClient hub, DemoKeys keys, DemoAccounts? accounts, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var circle = Circle.Read();
        var lessons = LessonShelf.All;
        var arePeopleIn = accounts is null || DemoPeople.AreAllIn(accounts, circle);
        if (keys.Seeded && arePeopleIn) return Report(alreadyThere: true, lessons.Sum(l => l.Files.Count), []);

        var door = new DemoDoor(hub, keys.AdminKey);
        var schools = await SchoolsAsync(door, circle, ct);
        if (!arePeopleIn) await DemoPeople.SeedAsync(door, circle, schools, accounts!, Lanes, ct);
        // Seeded by a version that had no people yet: the rest is there.
        if (keys.Seeded) return Report(alreadyThere: true, lessons.Sum(l => l.Files.Count), []);
        var partnerships = await PartnershipsAsync(door, circle, schools, ct);
        await SignInsAsync(door, circle, schools, keys, ct);
        var notes = new ConcurrentBag<string>();
        var resources = new ConcurrentDictionary<string, string>();
        var files = 0;
        // Videos take longest to build, so they begin first.
        var order = lessons.OrderByDescending(l => l.Files.Any(f => f.Name.EndsWith(".mp4", StringComparison.Ordinal)));
        await Parallel.ForEachAsync(order, new ParallelOptions { MaxDegreeOfParallelism = Lanes, CancellationToken = ct }, async (lesson, stop) =>
            Interlocked.Add(ref files, await LessonAsync(door, lesson, schools, partnerships, resources, notes, stop)));
        await new TaughtSeed(door, schools, partnerships, resources).RunAsync(Taught.Read(), ct);
        if (!await IndexedAsync(door, ct)) notes.Add("仍有文件在读取或索引中，稍后即可搜到。Some files are still being read; they will be found soon.");
        await keys.NoteSeededAsync(ct);
        return Report(alreadyThere: false, files, [.. notes.Order(StringComparer.Ordinal)]);

        DemoReport Report(bool alreadyThere, int fileCount, IReadOnlyList<string> said)
            => new(alreadyThere, circle.Schools.Count, circle.Partnerships.Count, lessons.Count, fileCount, keys.AdminKey, keys.All, accounts?.All ?? [], said, watch.Elapsed);
    }

    private static async Task<IReadOnlyDictionary<string, string>> SchoolsAsync(DemoDoor door, Circle circle, CancellationToken ct)
    {
        Dictionary<string, string> ids = [];
        foreach (var s in circle.Schools)
        {
            var made = await door.ChangeAsync("createSchool", "school { id }", new()
            {
                ["name"] = s.Name,
                ["shortName"] = s.ShortName,
                ["district"] = s.District,
                ["city"] = s.City,
                ["province"] = s.Province,
                ["stages"] = s.Stages,
                ["editions"] = (s.Editions ?? new Dictionary<string, string>()).Select(e => new { subject = e.Key, edition = e.Value }),
            }, $"demo:school:{s.Name}", ct);
            ids[s.Name] = made.GetProperty("school").GetProperty("id").GetString()!;
        }
        return ids;
    }

    private static async Task<IReadOnlyDictionary<string, string>> PartnershipsAsync(DemoDoor door, Circle circle, IReadOnlyDictionary<string, string> schools, CancellationToken ct)
    {
        Dictionary<string, string> ids = [];
        foreach (var p in circle.Partnerships)
        {
            var made = await door.ChangeAsync("createPartnership", "partnership { id }", new()
            {
                ["kind"] = Enum(p.Kind.ToString()),
                ["name"] = p.Name,
                ["agreementTitle"] = p.AgreementTitle,
                ["batch"] = p.Batch,
                ["from"] = p.From,
                ["stages"] = p.Stages ?? [],
                ["subjects"] = p.Subjects ?? [],
                ["schoolIds"] = p.Schools.Select(name => schools[name]),
            }, $"demo:partnership:{p.Name}", ct);
            ids[p.Name] = made.GetProperty("partnership").GetProperty("id").GetString()!;
        }
        return ids;
    }

    /// <summary>A secret is answered once. Where an earlier start was cut before it was kept, the next number makes another key.</summary>
    private static async Task SignInsAsync(DemoDoor door, Circle circle, IReadOnlyDictionary<string, string> schools, DemoKeys keys, CancellationToken ct)
    {
        foreach (var s in circle.SignIns)
        {
            var role = Enum(s.Role.ToString());
            if (keys.All.Any(k => k.School == s.School && k.Role == role)) continue;
            string? secret = null;
            for (var number = 1; secret is null; number++)
            {
                var made = await door.ChangeAsync("createApiKey", "secret", new()
                {
                    ["name"] = $"演示 {s.School} {role}",
                    ["schoolId"] = schools[s.School],
                    ["role"] = role,
                    ["scopes"] = new[] { "read", "write" },
                }, $"demo:key:{s.School}:{role}:{number}", ct);
                secret = made.GetProperty("secret").GetString();
            }
            await keys.AddAsync(new DemoKey(s.School, role, secret), ct);
        }
    }

    /// <summary>Makes the resource, attaches the files that it does not have yet, publishes. Returns how many files it has.</summary>
    private static async Task<int> LessonAsync(
        DemoDoor door, Lesson lesson, IReadOnlyDictionary<string, string> schools, IReadOnlyDictionary<string, string> partnerships, ConcurrentDictionary<string, string> resources,
        ConcurrentBag<string> notes, CancellationToken ct)
    {
        var once = $"demo:lesson:{lesson.Key}";
        var made = await door.ChangeAsync("createResource", "resource { id files { name } }", new()
        {
            ["schoolId"] = schools[lesson.School],
            ["title"] = lesson.Title,
            ["description"] = lesson.Description,
            ["kind"] = lesson.Kind,
            ["stage"] = lesson.Stage,
            ["grades"] = lesson.Grades,
            ["subject"] = lesson.Subject,
            ["edition"] = lesson.Edition,
            ["volume"] = lesson.Volume,
            ["chapter"] = lesson.Chapter,
            ["language"] = lesson.Language,
            ["licence"] = lesson.Licence,
            ["keywords"] = lesson.Keywords,
            ["contributors"] = new[] { new { name = lesson.Contributor, role = "author" } },
        }, once, ct);
        var resource = made.GetProperty("resource");
        var id = resources[lesson.Key] = resource.GetProperty("id").GetString()!;
        var names = resource.GetProperty("files").EnumerateArray().Select(f => f.GetProperty("name").GetString()!).ToHashSet();
        foreach (var file in lesson.Files.Where(f => !names.Contains(f.Name)))
        {
            await using var content = await LessonBuilder.TryBuildAsync(file, ct);
            if (content is null)
            {
                notes.Add($"没有可用的 ffmpeg，未生成视频“{file.Name}”。Without a working ffmpeg this video was left out.");
                continue;
            }
            var uploadId = await door.UploadAsync(file.Name, content, ct);
            await door.ChangeAsync("attachFile", "resource { id }", new() { ["resourceId"] = id, ["uploadId"] = uploadId, ["name"] = file.Name }, $"{once}:{file.Name}", ct);
            names.Add(file.Name);
        }
        if (lesson.Audience == LessonAudience.Partners)
            await door.ChangeAsync("shareResource", "resource { id }", new() { ["resourceId"] = id, ["partnershipIds"] = lesson.Partnerships.Select(name => partnerships[name]) }, once + ":share", ct);
        else if (lesson.Audience != LessonAudience.Draft)
            await door.ChangeAsync("publishResource", "resource { id }", new() { ["resourceId"] = id, ["visibility"] = Enum(lesson.Audience.ToString()) }, once + ":publish", ct);
        return names.Count;
    }

    /// <summary>Waits until every file is read and every resource is in the index: from then on a newcomer finds them all.</summary>
    private static async Task<bool> IndexedAsync(DemoDoor door, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            if (await door.WaitingAsync(ct) == 0) return true;
        }
        while (watch.Elapsed < IndexingPatience && await tick.WaitForNextTickAsync(ct));
        return false;
    }

    /// <summary>BaseSchool → BASE_SCHOOL, as GraphQL names the members of an enum.</summary>
    private static string Enum(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
