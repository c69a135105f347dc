using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Tests.Relevance;

/// <summary>A hub that holds the judged lessons, as if their files had been read; asked through its door like any other.</summary>
public sealed class RelevanceHub : IAsyncLifetime
{
    public const int Depth = 10;

    private const string Search = "query($text: String) { search(text: $text, first: 10) { didYouMean edges { node { id } } } }";

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("hub-relevance-");
    private readonly Dictionary<string, JudgedLesson> byId = [];
    private readonly Dictionary<string, Asked> asked = [];
    private HubApp? hub;

    internal IReadOnlyList<JudgedLesson> Lessons { get; } = Corpus.Make(Topic.ReadAll());

    internal IReadOnlyList<JudgedQuery> Queries { get; } = JudgedQuery.ReadAll();

    internal HubApp Hub => hub!;

    /// <summary>What was found, best first, and what the hub would rather have been asked.</summary>
    internal sealed record Asked(IReadOnlyList<JudgedLesson> Found, string? DidYouMean);

    public async Task InitializeAsync()
    {
        await FillAsync();
        hub = await HubApp.StartAsync(new() { ["RequestsPerMinute"] = "1000000" }, data.FullName);
        await WholeAsync();
        using var client = hub.Client();
        await client.PostAsJsonAsync("/graphql", new { query = Search, variables = new { text = "课" } });
        foreach (var query in Queries) asked[query.Id] = await AskAsync(client, query.Text);
    }

    public async Task DisposeAsync()
    {
        await Hub.DisposeAsync();
        data.Delete(recursive: true);
    }

    internal string IdOf(JudgedLesson lesson) => byId.First(l => l.Value == lesson).Key;

    internal Asked AnswerTo(JudgedQuery query) => asked[query.Id];

    /// <summary>What a teacher sees who takes the hub's better spelling where it has one.</summary>
    internal async Task<IReadOnlyList<JudgedLesson>> CorrectedAsync(JudgedQuery query)
    {
        if (AnswerTo(query) is not { DidYouMean: { } better } first) return AnswerTo(query).Found;
        using var client = Hub.Client();
        return (await AskAsync(client, better)).Found is { Count: > 0 } found ? found : first.Found;
    }

    private async Task<Asked> AskAsync(HttpClient client, string text)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = Search, variables = new { text } });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var search = HubApp.DataOf(text, json).GetProperty("search");
        return new([.. search.GetProperty("edges").EnumerateArray().Select(e => byId[e.GetProperty("node").GetProperty("id").GetString()!])], search.GetProperty("didYouMean").GetString());
    }

    /// <summary>The index is made of the record at the first start.</summary>
    private async Task WholeAsync()
    {
        using var client = Hub.Client();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await client.GetFromJsonAsync<JsonElement>("/health/ready", limit.Token)).GetProperty("indexWhole").GetBoolean()) await tick.WaitForNextTickAsync(limit.Token);
        await Hub.IdleAsync();
    }

    private async Task FillAsync()
    {
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddCore().AddSqlite(data.FullName).BuildServiceProvider();
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var at = new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc);
        List<School> schools = [.. Enumerable.Range(1, 8).Select(n => new School { Name = $"第{n}示范学校", CreatedAt = at })];
        db.AddRange(schools);
        // Ids by order, so that the order of equal scores is the same in every run.
        foreach (var (number, lesson) in Lessons.Index()) byId[Add(db, lesson, schools[number % schools.Count].Id, number + 1, at.AddMinutes(number))] = lesson;
        await db.SaveChangesAsync();
    }

    private static string Add(HubDb db, JudgedLesson lesson, Guid school, int number, DateTime at)
    {
        var resource = new Resource
        {
            Id = Guid.Parse($"00000000-0000-7000-8000-{number:x12}"),
            SchoolId = school,
            CreatedBy = school,
            Title = lesson.Title,
            Description = lesson.Description,
            Kind = lesson.Kind,
            Subject = lesson.Subject,
            Stage = lesson.Grades.Count == 0 ? null : StageOf(lesson.Grades[0]),
            Grades = [.. lesson.Grades],
            Edition = lesson.Edition,
            Volume = lesson.Volume,
            Chapter = lesson.Chapter,
            Language = lesson.Language,
            Keywords = [.. lesson.Keywords],
            Licence = "cc-by",
            CreatedAt = at,
        };
        resource.Publish(Visibility.Public, at);
        var file = new ResourceFile { ResourceId = resource.Id, Name = lesson.FileName, MediaType = "application/octet-stream", Size = 1, Sha256 = $"{number:x64}", AddedIn = 1, AddedAt = at };
        db.Add(resource);
        db.Add(file);
        db.Add(new FileExtraction { FileId = file.Id, State = ExtractionState.Done, SectionCount = lesson.Sections.Count, TextLength = lesson.Sections.Sum(s => s.Text.Length), UpdatedAt = at });
        foreach (var (ordinal, section) in lesson.Sections.Index()) db.Add(FileSection.Of(file.Id, ordinal, section));
        return ResourceHub.Api.GraphQL.GlobalId.Of<Resource>(resource.Id);
    }

    private static string StageOf(string grade) => grade switch
    {
        "nursery" or "small" or "middle" or "big" => "preschool",
        "g7" or "g8" or "g9" => "junior",
        "g10" or "g11" or "g12" => "senior",
        ['v', ..] => "vocational",
        _ => "primary",
    };
}
