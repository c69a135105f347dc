using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ResourceHub.Engines;

namespace ResourceHub.Tests.Telemetry;

/// <summary>What leaves the hub for a collector: enough to run it by, nothing about anybody.</summary>
public sealed class TelemetryTests
{
    private const string Searched = "孩子们最喜欢的那节课";

    [Fact]
    public async Task A_hub_that_was_not_told_where_to_send_measures_nothing()
    {
        await using var hub = await HubApp.StartAsync();
        Assert.Null(hub.Services.GetService<TracerProvider>());
        Assert.Null(hub.Services.GetService<MeterProvider>());
        Assert.DoesNotContain(hub.Services.GetServices<ILoggerProvider>(), p => p is OpenTelemetryLoggerProvider);
    }

    [Fact]
    public async Task A_collector_gets_traces_metrics_and_logs_and_nothing_secret_or_personal_among_them()
    {
        await using var collector = await Collector.StartAsync();
        List<(string What, string Text)> secrets = [("the operator's key", HubApp.AdminKey), ("what was searched for", Searched), ("what was searched for, in an address", Uri.EscapeDataString(Searched))];
        await using (var hub = await HubApp.StartAsync(collector.Settings, change: s => s.AddLogging(l => l.AddFilter<OpenTelemetryLoggerProvider>("ResourceHub", LogLevel.Information))))
            await LiveADayAsync(hub, secrets);
        var (traces, metrics, logs) = (collector.Text("traces"), collector.Text("metrics"), collector.Text("logs"));
        foreach (var span in (string[])["job extract", "job index", "read file", "search", "/files/{id}", "/invitation/{", "Instrumentation.EntityFrameworkCore"]) Assert.Contains(span, traces);
        foreach (var instrument in (string[])["hub.jobs.ended", "hub.jobs.run.duration", "hub.jobs.open", "hub.jobs.oldest.age", "hub.extraction.duration", "hub.searchable.lag", "hub.search.duration", "hub.downloads", "hub.index.documents", "hub.index.size", "http.server.request.duration", "dotnet.gc.collections"])
            Assert.Contains(instrument, metrics);
        Assert.Contains("done in", logs);
        foreach (var (what, secret) in secrets)
            foreach (var (signal, text) in new[] { ("traces", traces), ("metrics", metrics), ("logs", logs) })
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{what} stands in the {signal}.");
    }

    /// <summary>Passes secrets of every kind through the hub, and names them.</summary>
    private static async Task LiveADayAsync(HubApp hub, List<(string What, string Text)> secrets)
    {
        var school = await hub.SchoolAsync("新村实验小学");
        var key = await hub.KeyAsync(school);
        var invited = (await hub.QueryAsync($$"""mutation { inviteMember(input: { schoolId: "{{school}}", displayName: "教师", role: TEACHER }) { secret errors { message } } }""", key: HubApp.AdminKey))
            .GetProperty("inviteMember").GetProperty("secret").GetString()!;
        using var person = await hub.PersonAsync(school, userName: "李老师的名字");
        using var browser = hub.Browser();
        browser.DefaultRequestHeaders.UserAgent.ParseAdd("TheTeachersOwnBrowser/1.0");
        using var answer = await browser.PostAsJsonAsync("/accounts/sign-in", new { userName = person.UserName, password = person.Password });
        var session = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("hub-session=", StringComparison.Ordinal)).Split('=', 2)[1].Split(';')[0];
        var id = await hub.ResourceAsync(school, "谁也不该在监控里看到的标题", key: key);
        var file = await hub.AttachAsync(id, "圆的面积"u8.ToArray(), "李小明的作业.txt", key);
        await hub.PublishAsync(id);
        await hub.IdleAsync();
        using (var downloaded = await person.Client.GetAsync(file.GetProperty("downloadUrl").GetString())) Assert.Equal(HttpStatusCode.OK, downloaded.StatusCode);
        await hub.QueryAsync("query($text: String!) { search(text: $text) { totalCount } }", new { text = Searched }, key);
        foreach (var address in (string[])[$"/search?q={Uri.EscapeDataString(Searched)}", $"/invitation/{invited}", "/mine", $"/graphql?query={Uri.EscapeDataString($"{{ search(text: \"{Searched}\") {{ totalCount }} }}")}"])
            (await browser.GetAsync(address)).Dispose();
        await hub.AskAsync("{ viewer { name } }", key: key + "x");
        secrets.AddRange([("a key", key), ("an invitation", invited), ("a password", person.Password), ("a session", session), ("a user name", person.UserName), ("a browser", "TheTeachersOwnBrowser"), ("a title", "谁也不该"), ("a file's name", "李小明")]);
    }

    [Theory]
    [InlineData("Telemetry:OtlpEndpoint", "collector", "http://collector:4317")]
    [InlineData("Telemetry:OtlpProtocol", "carrier-pigeon", "http/protobuf")]
    [InlineData("Telemetry:MetricsKey", "short", "16 characters")]
    public async Task A_setting_that_cannot_work_stops_the_start_with_a_sentence(string name, string value, string says)
    {
        var wrong = await Assert.ThrowsAsync<SettingsException>(() => HubApp.StartAsync(new() { [name] = value }));
        Assert.Contains(says, wrong.Message);
    }
}
