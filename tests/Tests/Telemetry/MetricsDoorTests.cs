using System.Net;
using System.Text.RegularExpressions;

namespace ResourceHub.Tests.Telemetry;

/// <summary>/metrics opens to its key only. Alone, because counters are the process's: here they are of one hub.</summary>
[Collection("Alone")]
public sealed class MetricsDoorTests
{
    private const string Key = "a-long-random-key-of-the-prometheus";

    [Fact]
    public async Task Metrics_are_not_there_without_their_key()
    {
        await using var closed = await HubApp.StartAsync();
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(closed, HubApp.AdminKey));
        await using var open = await HubApp.StartAsync(new() { ["Telemetry:MetricsKey"] = Key });
        foreach (var wrong in (string?[])[null, "", Key[..^1], HubApp.AdminKey]) Assert.Equal(HttpStatusCode.NotFound, await AskAsync(open, wrong));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(open, Key));
    }

    [Fact]
    public async Task Metrics_count_what_was_done()
    {
        await using var hub = await HubApp.StartAsync(new() { ["Telemetry:MetricsKey"] = Key });
        var school = await hub.SchoolAsync("江北实验小学");
        var id = await hub.ShareAsync(school, "圆的面积", "圆的面积"u8.ToArray(), "a.txt");
        var files = await hub.QueryAsync("query($id: ID!) { resource(id: $id) { files { downloadUrl } } }", new { id });
        using var anyone = hub.Client();
        (await anyone.GetAsync(files.GetProperty("resource").GetProperty("files")[0].GetProperty("downloadUrl").GetString())).Dispose();
        await hub.QueryAsync("{ search(text: \"面积\") { totalCount } }");
        await hub.QueryAsync("{ search(text: \"没有这样的词语\") { totalCount } }");
        using var stream = await EventReader.OpenAsync(hub.Client(), "subscription($id: ID!) { resourceChanged(id: $id) { title } }", new { id });

        var page = await PageAsync(hub);
        Assert.Equal(1, Of("hub_jobs_ended_total", "hub_job_kind=\"extract\"", "hub_outcome=\"done\""));
        Assert.True(Of("hub_jobs_ended_total", "hub_job_kind=\"index\"", "hub_outcome=\"done\"") > 0);
        Assert.Equal(1, Of("hub_extraction_duration_seconds_count", "hub_file_media_type=\"text/plain\"", "hub_outcome=\"done\""));
        Assert.Equal(1, Of("hub_searchable_lag_seconds_count"));
        Assert.Equal(1, Of("hub_search_duration_seconds_count", "hub_outcome=\"found\""));
        Assert.Equal(1, Of("hub_search_duration_seconds_count", "hub_outcome=\"none\""));
        Assert.Equal(1, Of("hub_downloads_total"));
        Assert.Equal(1, Of("hub_subscriptions_open"));
        Assert.Equal(0, Of("hub_jobs_oldest_age_seconds", "hub_job_kind=\"extract\""));

        double Of(string name, params string[] tags)
        {
            var found = page.Split('\n').Where(l => Regex.IsMatch(l, $"^{name}[{{ ]") && tags.All(t => l.Contains(t, StringComparison.Ordinal))).ToList();
            Assert.True(found.Count == 1, $"{name} {string.Join(',', tags)} stands {found.Count} times in\n{page}");
            return double.Parse(Regex.Match(found[0], @"[}\w] ([0-9.eE+-]+)( \d+)?$").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static async Task<HttpStatusCode> AskAsync(HubApp hub, string? key)
    {
        using var client = hub.Client(key);
        using var answer = await client.GetAsync("/metrics");
        return answer.StatusCode;
    }

    private static async Task<string> PageAsync(HubApp hub)
    {
        using var client = hub.Client(Key);
        return await client.GetStringAsync("/metrics");
    }
}
