using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace ResourceHub.Host.Bench;

/// <summary>Start, memory, indexing, small queries and searches over so many resources.</summary>
internal static class SearchFigures
{
    private const string Resource = "query($id: ID!) { resource(id: $id) { id title kind { code label } school { id name } related(first: 5) { id title school { name } } } }";

    public static async Task MeasureAsync(Plan plan, Figures figures, string work, string data, int count)
    {
        var size = count < 1000 ? $"{count}" : $"{count / 1000} k";
        var lessons = new Lessons(plan.Seed);
        var isFilled = Directory.Exists(data);
        if (!isFilled) await MadeHub.FillAsync(data, lessons, count);
        Dictionary<string, string> settings = new() { ["Hub__Data"] = data, ["Hub__BootstrapKey"] = Key, ["Hub__ReserveBytes"] = "0", ["Hub__RequestsPerMinute"] = "100000000" };

        var clock = Stopwatch.StartNew();
        if (!isFilled)
        {
            await using var first = await Server.StartAsync(["run"], settings, "/health/ready");
            await WholeAsync(first.Address);
            figures.AtLeast($"{size}: resources indexed from the record (start included)", count / clock.Elapsed.TotalSeconds, "/s", 1500);
        }

        figures.Note($"{size}: the index, for each resource", Kilobytes(data, "index") / count, "KB");
        figures.Note($"{size}: the record with all text, for each resource", Directory.EnumerateFiles(data, "hub.db*").Sum(f => new FileInfo(f).Length) / 1024.0 / count, "KB");
        await using var bare = await Server.StartAsync([Bare.Verb, work], new Dictionary<string, string>(), "/");
        await using var hub = await Server.StartAsync(["run"], settings, "/health/ready");
        figures.AtMost($"{size}: start to first answer", hub.StartTime.TotalSeconds, "s", 3);
        figures.AtMost($"{size}: memory when idle", hub.RssMb, "MB", 250);

        var ids = await IdsAsync(hub.Address);
        if (count == plan.Documents[0])
        {
            await RatioAsync("{__typename}", [Body("{ __typename }")], 0.6);
            await RatioAsync("resource with school and 5 related", [.. ids.Select(id => Body(Resource, new { id }))], 0.08);
        }
        List<string> queries = [.. QueryFigures.Bodies(lessons, 2000)];
        var (goal, share, p95) = count <= 10_000 ? (450, 0.006, 10) : count <= 100_000 ? (180, 0.002, 40) : (0, 0, 150);
        var busy = await RatioAsync($"{size}: search, 20 hits, 3 places each, facets, chips", queries, share);
        figures.AtLeast($"{size}: the same, 8 clients", busy.PerSecond, "/s", goal);
        figures.Note($"{size}: the same, p95 with 8 clients", busy.P95Ms, "ms");
        var alone = await Load.RunAsync(hub.Address, [.. queries.Select(q => Load.Post("/graphql", q))], 1, plan.WarmUp / 5, plan.Time);
        figures.AtMost($"{size}: the same, p95 alone", alone.P95Ms, "ms", p95);
        await QueryFigures.MeasureAsync(plan, figures, hub.Address, lessons, ids, size);
        figures.AtMost($"{size}: search by a viewer in 10 partnerships ÷ without policy, p95", await PolicyAsync(hub.Address, queries, plan.Time), "", 1.2);
        await TypingFigures.MeasureAsync(plan, figures, hub.Address, lessons, size);
        figures.Note($"{size}: memory after the load", hub.RssMb, "MB");

        // The bare server answers the very bytes of one such answer.
        async Task<LoadResult> RatioAsync(string name, List<string> bodies, double share)
        {
            var file = Guid.CreateVersion7().ToString("n");
            using var http = new HttpClient { BaseAddress = hub.Address };
            using var sample = await http.PostAsync("/graphql", new StringContent(bodies[0], null, "application/json"));
            var bytes = await sample.Content.ReadAsByteArrayAsync();
            if (!sample.IsSuccessStatusCode || bytes.AsSpan().StartsWith("{\"errors\""u8)) throw new InvalidOperationException($"{name}: {System.Text.Encoding.UTF8.GetString(bytes)}");
            await File.WriteAllBytesAsync(Path.Join(work, file), bytes);
            var ours = await Load.RunAsync(hub.Address, [.. bodies.Select(b => Load.Post("/graphql", b))], 8, plan.WarmUp, plan.Time);
            var theirs = await Load.RunAsync(bare.Address, [.. bodies.Select(b => Load.Post($"/json/{file}", b))], 8, plan.WarmUp / 5, plan.Time / 2);
            if (ours.Failures > 0) throw new InvalidOperationException($"{name}: {ours.Failures} answers were errors.");
            figures.Note($"{name}: answers a second", ours.PerSecond, "/s");
            figures.AtLeast($"{name}: share of bare", ours.PerSecond / theirs.PerSecond, "", share);
            return ours;
        }
    }

    /// <summary>What the policy costs: the same searches by a teacher and by an operator, who may see all; the median of alternating rounds.</summary>
    private static async Task<double> PolicyAsync(Uri address, List<string> queries, TimeSpan time)
    {
        const int rounds = 5;
        List<double> ratios = [];
        List<byte[]> asTeacher = [.. queries.Select(q => Load.Post("/graphql", q, MadeHub.TeacherKey))], asOperator = [.. queries.Select(q => Load.Post("/graphql", q, Key))];
        for (var round = 0; round < rounds; round++)
        {
            var operators = await Load.RunAsync(address, asOperator, 1, time / 8, time / 2);
            var teachers = await Load.RunAsync(address, asTeacher, 1, time / 8, time / 2);
            if (teachers.Failures + operators.Failures > 0) throw new InvalidOperationException("A search with a key was refused.");
            ratios.Add(teachers.P95Ms / operators.P95Ms);
        }
        return ratios.Order().ElementAt(rounds / 2);
    }

    private static double Kilobytes(string data, string folder)
        => new DirectoryInfo(Path.Join(data, folder)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length) / 1024.0;

    internal const string Key = "hub_bench_key_of_the_operator";

    private static string Body(string query, object? variables = null) => JsonSerializer.Serialize(new { query, variables });

    /// <summary>Waits until the index says that it is whole and no work is waiting.</summary>
    internal static async Task WholeAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        do
        {
            var ready = await http.GetFromJsonAsync<JsonElement>("/health/ready");
            if (ready.GetProperty("indexWhole").GetBoolean() && ready.GetProperty("waiting").GetInt32() == 0) return;
        }
        while (await tick.WaitForNextTickAsync());
    }

    internal static async Task<IReadOnlyList<string>> IdsAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var answer = await http.PostAsJsonAsync("/graphql", new { query = "{ search(first: 100) { edges { node { id } } } }" });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return [.. json.GetProperty("data").GetProperty("search").GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("node").GetProperty("id").GetString()!)];
    }
}
