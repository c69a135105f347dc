using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines.Postgres;

/// <summary>The server goes away in the middle of work and comes back: who asks is told to come again, what was acknowledged stays, and work goes on.</summary>
public sealed class RestartTests(ITestOutputHelper output)
{
    private const string Create = "mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { id } errors { code } } }";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private sealed record Answer(HttpStatusCode Status, string? RetryAfter, string Body);

    [Fact]
    public async Task A_server_that_restarts_under_load_loses_nothing_and_shows_nobody_its_errors()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var hub = await HubApp.StartAsync(new(await server.HubAsync()) { ["LeaseSeconds"] = "10" });
        var school = await hub.SchoolAsync("华新实验小学");
        var first = await hub.ResourceAsync(school, "圆的面积");
        var answers = new ConcurrentBag<Answer>();
        var made = new ConcurrentBag<string>();
        using var over = new CancellationTokenSource();
        Task[] load =
        [
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadAsync(hub, first, answers, over.Token))),
            .. Enumerable.Range(0, 3).Select(writer => Task.Run(() => WriteAsync(hub, school, writer, made, answers, over.Token))),
        ];
        await UntilAsync(() => made.Count >= 20);
        await server.StopAsync();
        var before = answers.Count;
        await UntilAsync(() => answers.Count > before + 5);
        await server.StartAgainAsync();
        var since = Stopwatch.GetTimestamp();
        var known = made.Count;
        await UntilAsync(() => made.Count > known);
        output.WriteLine($"healed {Stopwatch.GetElapsedTime(since).TotalSeconds:0.00} s after the server was back");
        await UntilAsync(() => made.Count >= known + 20);
        await over.CancelAsync();
        await Task.WhenAll(load);

        var refused = answers.Where(a => a.Status != HttpStatusCode.OK).ToList();
        output.WriteLine($"{answers.Count} answers, {refused.Count} of them to come again");
        Assert.NotEmpty(refused);
        Assert.All(refused, a =>
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"), (a.Status, a.RetryAfter));
            Assert.Contains("RECORD_AWAY", a.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("Npgsql", a.Body, StringComparison.Ordinal);
        });
        await hub.IdleAsync();
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        var titles = await db.Resources.Select(r => r.Title).ToListAsync();
        Assert.Empty(made.Except(titles));
        Assert.Equal(titles.Count, titles.Distinct().Count());
        Assert.Null((await AuditChain.VerifyAsync(db, default)).Flaw);
    }

    private static async Task ReadAsync(HubApp hub, string id, ConcurrentBag<Answer> answers, CancellationToken over)
    {
        using var client = hub.Client(HubApp.AdminKey);
        while (!over.IsCancellationRequested) await SendAsync(client, "query($id: ID!) { resource(id: $id) { title versions(first: 1) { nodes { number } } } }", new { id }, answers);
    }

    /// <summary>Sends each change until it is acknowledged, with the same key as clients do.</summary>
    private static async Task WriteAsync(HubApp hub, string schoolId, int writer, ConcurrentBag<string> made, ConcurrentBag<Answer> answers, CancellationToken over)
    {
        using var client = hub.Client(HubApp.AdminKey);
        for (var n = 0; !over.IsCancellationRequested; n++)
        {
            var title = $"资源 {writer}.{n}";
            JsonElement? done = null;
            while (done is null && !over.IsCancellationRequested)
                done = await SendAsync(client, Create, new { input = new { schoolId, title, kind = "slides", clientMutationId = title } }, answers);
            if (done is not { } answer) return;
            Assert.Equal(JsonValueKind.String, answer.GetProperty("data").GetProperty("createResource").GetProperty("resource").GetProperty("id").ValueKind);
            made.Add(title);
        }
    }

    private static async Task<JsonElement?> SendAsync(HttpClient client, string query, object variables, ConcurrentBag<Answer> answers)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query, variables });
        var body = await answer.Content.ReadAsStringAsync();
        answers.Add(new Answer(answer.StatusCode, answer.Headers.RetryAfter?.ToString(), body));
        return answer.StatusCode == HttpStatusCode.OK ? JsonSerializer.Deserialize<JsonElement>(body) : null;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo()) await tick.WaitForNextTickAsync(limit.Token);
    }
}
