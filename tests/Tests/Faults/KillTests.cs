using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Faults;

public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 20;

    [Fact]
    public async Task Killed_twenty_times_at_any_moment_the_hub_loses_nothing_it_acknowledged_and_finds_nothing_twice()
    {
        var seed = Random.Shared.Next(1_000_000);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var data = Directory.CreateTempSubdirectory("hub-kill-").FullName;
        try
        {
            List<Ledger> ledgers = [];
            var acknowledged = new Acknowledgements();
            for (var round = 0; round < Rounds; round++)
            {
                using var hub = await HubProcess.StartAsync(data);
                if (ledgers.Count == 0)
                {
                    var school = await Ledger.AskAsync(hub.Client, "mutation { r: createSchool(input: { name: \"测试学校\" }) { school { id } errors { message } } }", new { });
                    var id = school.GetProperty("school").GetProperty("id").GetString()!;
                    ledgers = [.. Enumerable.Range(1, 3).Select(n => new Ledger(id, n * 100_000, acknowledged))];
                }
                // At a point of the work, and some milliseconds on: in the middle of a piece, a commit, a reading, a write to the index.
                var point = acknowledged.After(random.Next(1, 60));
                var work = ledgers.Select(l => l.WorkAsync(hub.Client)).ToList();
                await point.WaitAsync(TimeSpan.FromMinutes(2));
                using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 300)));
                await moment.WaitForNextTickAsync();
                hub.Kill();
                await Task.WhenAll(work);
            }
            using var last = await HubProcess.StartAsync(data);
            await IdleAsync(last.Client);
            var entries = ledgers.SelectMany(l => l.Entries).ToList();
            output.WriteLine($"{entries.Count} resources asked for, {entries.Count(e => e.Published)} journeys acknowledged whole");
            Assert.True(entries.Count(e => e.Published) >= Rounds, "Too little was done for the test to mean anything.");
            foreach (var entry in entries) await CheckAsync(last.Client, entry);
            var all = await Ledger.AskAsync(last.Client, "{ r: search(first: 1) { totalCount } }", new { });
            var known = entries.Count(e => e.ResourceId is not null);
            Assert.InRange(all.GetProperty("totalCount").GetInt32(), known, entries.Count);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task CheckAsync(HttpClient hub, Ledger.Entry entry)
    {
        var found = await Ledger.AskAsync(hub, "query($t: String!) { r: search(text: $t, first: 10) { totalCount edges { node { id } } } }", new { t = entry.Word });
        var total = found.GetProperty("totalCount").GetInt32();
        Assert.True(total <= 1, $"{entry.Word} was found {total} times.");
        if (entry.ResourceId is not null) Assert.Equal(entry.ResourceId, found.GetProperty("edges")[0].GetProperty("node").GetProperty("id").GetString());
        if (entry.DownloadUrl is not null)
            Assert.Equal(entry.Sha256, Convert.ToHexStringLower(SHA256.HashData(await hub.GetByteArrayAsync(entry.DownloadUrl))));
        if (!entry.Published) return;
        var inner = await Ledger.AskAsync(hub, "query($t: String!) { r: search(text: $t, first: 10) { totalCount } }", new { t = entry.Word.Replace("kw", "inner", StringComparison.Ordinal) });
        Assert.Equal(1, inner.GetProperty("totalCount").GetInt32());
    }

    private static async Task IdleAsync(HttpClient hub)
    {
        // A job that was under way when the hub was killed comes back when its lease of a minute is over.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        do
        {
            var ready = await hub.GetFromJsonAsync<JsonElement>("/health/ready", limit.Token);
            if (ready.GetProperty("waiting").GetInt32() == 0 && ready.GetProperty("indexWhole").GetBoolean()) return;
        }
        while (await tick.WaitForNextTickAsync(limit.Token));
    }
}
