using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ResourceHub.Tests.Faults;

namespace ResourceHub.Tests.Processes;

public sealed class StopTests
{
    private const int Length = 2 << 20;

    [Fact]
    public async Task Told_to_stop_a_hub_says_so_ends_its_streams_lets_an_upload_finish_gives_its_work_back_and_ends_well()
    {
        var data = Directory.CreateTempSubdirectory("hub-stop-").FullName;
        using (var hub = await HubProcess.StartAsync(data, new() { ["LeaveSeconds"] = "3", ["DrainSeconds"] = "0.5" }))
        {
            var id = await PublishedAsync(hub);
            await BeginReadingForeverAsync(hub, id);
            using var listening = new HttpClient { BaseAddress = hub.Address };
            using var events = await EventReader.OpenAsync(listening, "subscription($id: ID!) { resourceChanged(id: $id) { title } }", new { id });
            var half = new TaskCompletionSource();
            var uploading = await BeginUploadAsync(hub, half.Task);

            await hub.TellToStopAsync();

            while (await events.NextAsync() is { } said)
                if (said == "complete") break;
            using (var ready = await hub.Client.GetAsync("/health/ready"))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
                Assert.Equal("stopping", (await ready.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
            }
            half.SetResult();
            using (var uploaded = await uploading) Assert.Equal(HttpStatusCode.NoContent, uploaded.StatusCode);
            Assert.Equal(0, await hub.EndedAsync());
        }
        using (var record = new SqliteConnection($"Data Source={Path.Join(data, "hub.db")};Pooling=False"))
        {
            record.Open();
            using var ask = record.CreateCommand();
            ask.CommandText = """SELECT "State" || ' ' || "Attempts" || ' ' || ("Lease" IS NULL) FROM "Jobs" WHERE "Kind" = 'extract'""";
            Assert.Equal("0 0 1", ask.ExecuteScalar());
        }
        Directory.Delete(data, recursive: true);
    }

    private static async Task<string> PublishedAsync(HubProcess hub)
    {
        var school = (await Ledger.AskAsync(hub.Client, "mutation { r: createSchool(input: { name: \"江北实验小学\" }) { school { id } errors { message } } }", new { })).GetProperty("school").GetProperty("id").GetString();
        var id = (await Ledger.AskAsync(hub.Client, "mutation($s: ID!) { r: createResource(input: { schoolId: $s, title: \"教案\", kind: \"lesson-plan\", licence: \"cc-by\" }) { resource { id } errors { message } } }", new { s = school }))
            .GetProperty("resource").GetProperty("id").GetString()!;
        await Ledger.AskAsync(hub.Client, "mutation($r: ID!) { r: publishResource(input: { resourceId: $r, visibility: PUBLIC }) { resource { id } errors { message } } }", new { r = id });
        return id;
    }

    /// <summary>A file whose reading does not end: the reading child stands still.</summary>
    private static async Task BeginReadingForeverAsync(HubProcess hub, string id)
    {
        var upload = await HubApp.UploadAsync(hub.Client, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("分数的通分。\n", 100_000))), "教案.txt");
        await Ledger.AskAsync(hub.Client, "mutation($r: ID!, $u: String!) { r: attachFile(input: { resourceId: $r, uploadId: $u, name: \"教案.txt\" }) { resource { id } errors { message } } }", new { r = id, u = upload });
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (await hub.FreezeChildrenAsync() == 0) await tick.WaitForNextTickAsync(limit.Token);
    }

    private static async Task<Task<HttpResponseMessage>> BeginUploadAsync(HubProcess hub, Task half)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "/uploads");
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", $"{Length}");
        using var created = await hub.Client.SendAsync(create);
        var body = new SlowBody(new byte[Length], half);
        var patch = new HttpRequestMessage(HttpMethod.Patch, created.Headers.Location) { Content = body };
        patch.Headers.Add("Tus-Resumable", "1.0.0");
        patch.Headers.Add("Upload-Offset", "0");
        var sending = hub.Client.SendAsync(patch);
        await body.HalfSent.WaitAsync(TimeSpan.FromSeconds(30));
        return sending;
    }
}
