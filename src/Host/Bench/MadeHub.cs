using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Host.Bench;

/// <summary>Fills a data folder's record with made-up schools and lessons, as if their files had been read; the index is then built by the hub itself.</summary>
internal static class MadeHub
{
    private const int Batch = 1000;
    private const int Partnerships = 12;

    /// <summary>The key of a teacher whose school is in ten of the partnerships.</summary>
    public const string TeacherKey = "hub_bench_key_of_a_teacher_in_ten_partnerships";

    public static async Task FillAsync(string data, Lessons lessons, int count)
    {
        Directory.CreateDirectory(data);
        await using var services = new ServiceCollection().AddCore().AddSqlite(data).BuildServiceProvider();
        await FillAsync(services, lessons, count);
    }

    /// <summary>The same on any database.</summary>
    public static async Task FillAsync(IServiceProvider services, Lessons lessons, int count)
    {
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
        var databases = services.GetRequiredService<IDbContextFactory<HubDb>>();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        List<School> schools = [.. Enumerable.Range(1, 40).Select(n => new School { Name = $"第{n}实验学校", City = n % 2 == 0 ? "重庆" : "成都", CreatedAt = now })];
        List<Partnership> partnerships = [.. Enumerable.Range(0, Partnerships).Select(n => new Partnership
        {
            Name = $"第{n + 1}协议",
            From = new DateOnly(2020, 9, 1),
            AcceptedAt = now,
            CreatedAt = now,
            Members = [new() { SchoolId = schools[n < 10 ? 0 : 1].Id }, new() { SchoolId = schools[n + 2].Id }],
        })];
        await using (var db = await databases.CreateDbContextAsync())
        {
            db.AddRange(schools);
            db.AddRange(partnerships);
            db.Add(new ApiKey { Name = "teacher", Role = Role.Teacher, SchoolId = schools[0].Id, Scopes = [ApiKeyScopes.Read], SecretHash = ApiKey.Hash(TeacherKey), CreatedAt = now });
            await db.SaveChangesAsync();
        }
        foreach (var batch in lessons.Take(count).Chunk(Batch))
        {
            await using var db = await databases.CreateDbContextAsync();
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            foreach (var lesson in batch) Add(db, lesson, schools[lesson.Number % schools.Count].Id, partnerships, now.AddSeconds(lesson.Number - count));
            await db.SaveChangesAsync();
        }
    }

    private static void Add(HubDb db, MadeLesson lesson, Guid school, List<Partnership> partnerships, DateTime at)
    {
        var resource = new Resource
        {
            SchoolId = school,
            CreatedBy = school,
            Title = lesson.Title,
            Kind = lesson.Kind,
            Chapter = lesson.Chapter,
            Subject = lesson.Subject,
            Stage = lesson.Stage,
            Grades = [lesson.Grade],
            Edition = lesson.Edition,
            Licence = lesson.Licence,
            Language = lesson.Language,
            Description = lesson.Pages[0][..Math.Min(80, lesson.Pages[0].Length)],
            CreatedAt = at,
        };
        // Most is for everybody; a tenth is for partners, a little for the school.
        resource.Publish(lesson.Number % 10 == 0 ? Visibility.Partners : lesson.Number % 50 == 7 ? Visibility.School : Visibility.Public, at);
        if (resource.Visibility == Visibility.Partners)
            resource.Shares.Add(new ResourceShare { ResourceId = resource.Id, PartnershipId = partnerships[lesson.Number / 10 % partnerships.Count].Id, SharedAt = at });
        var file = new ResourceFile
        {
            ResourceId = resource.Id,
            Name = lesson.Title + ".docx",
            MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Size = 12345,
            Sha256 = $"{lesson.Number:x64}",
            AddedIn = 1,
            AddedAt = at,
        };
        db.Add(resource);
        db.Add(file);
        db.Add(new FileExtraction { FileId = file.Id, State = ExtractionState.Done, PageCount = lesson.Pages.Count, SectionCount = lesson.Pages.Count, TextLength = lesson.Pages.Sum(p => p.Length), UpdatedAt = at });
        for (var page = 0; page < lesson.Pages.Count; page++)
            db.Add(FileSection.Of(file.Id, page, new Section("page", lesson.Pages[page], new Location(Page: page + 1))));
    }
}
