using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.Jobs;
using ResourceHub.Tests.Engines.Elasticsearch;
using ResourceHub.Tests.Faults;

namespace ResourceHub.Tests.Processes;

/// <summary>An indexer that stands still past its lease and then goes on as if no time had passed: another has done its work, and nothing is done twice.</summary>
public sealed class FrozenIndexerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string data = Directory.CreateTempSubdirectory("hub-frozen-").FullName;
    private readonly Imitation cluster = new();
    private StubServer stub = null!;
    private HubApp api = null!;

    public async Task InitializeAsync()
    {
        stub = await StubServer.StartAsync(cluster.Answer);
        api = await HubApp.StartAsync(Settings("Api"), data);
    }

    public async Task DisposeAsync()
    {
        await api.DisposeAsync();
        await stub.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_file_that_a_frozen_indexer_was_reading_is_kept_once_by_the_one_that_took_it_over()
    {
        var school = await api.SchoolAsync("江北实验小学");
        var id = await api.ResourceAsync(school, "教案");
        using var frozen = await HubProcess.StartAsync(data, Settings("Indexer"));
        await api.AttachAsync(id, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20_000).Select(n => $"第{n}段：先通分，再比较两个分数的大小。\n\n"))), "教案.txt");
        await UntilAsync(async db => await db.Extractions.AnyAsync(e => e.State == ExtractionState.Running) && await db.Jobs.AnyAsync(j => j.Kind == JobKinds.Extract));
        await frozen.FreezeAsync();
        Assert.True(await AskAsync(db => db.Jobs.AnyAsync(j => j.Kind == JobKinds.Extract && j.State == JobState.Running)), "It was faster than the signal; the test says nothing.");

        using var other = await HubProcess.StartAsync(data, Settings("Indexer"));
        await api.IdleAsync();
        var before = await StandAsync();
        Assert.Equal(ExtractionState.Done, before.State);

        await frozen.ThawAsync();
        await frozen.SaysAsync("the lease of 1 was lost", "or the lease was lost");
        Assert.Equal(before, await StandAsync());
        Assert.Equal(0, await AskAsync(db => db.Jobs.CountAsync()));
    }

    [Fact]
    public async Task What_a_frozen_indexer_was_writing_to_the_index_does_not_undo_what_came_after()
    {
        var school = await api.SchoolAsync("江北实验小学");
        var id = await api.ResourceAsync(school, "比例尺");
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var arrived = new TaskCompletionSource<StubAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        // The first write of the resource is on its way until the test lets it arrive.
        stub.Answer = request =>
        {
            if (!request.Path.Contains("_bulk", StringComparison.Ordinal) || !reached.TrySetResult()) return cluster.Answer(request);
            return new(200, "", async http =>
            {
                await late.Task;
                var answer = cluster.Answer(request);
                arrived.SetResult(answer);
                http.Response.ContentType = "application/json";
                http.Response.Headers["X-elastic-product"] = "Elasticsearch";
                await http.Response.WriteAsync(answer.Body, http.RequestAborted);
            });
        };
        using var frozen = await HubProcess.StartAsync(data, Settings("Indexer"));
        await api.PublishAsync(id);
        await reached.Task.WaitAsync(Patience);
        await frozen.FreezeAsync();

        await api.QueryAsync("mutation($id: ID!) { updateResource(input: { resourceId: $id, title: \"勾股定理\" }) { errors { message } } }", new { id }, HubApp.AdminKey);
        using var other = await HubProcess.StartAsync(data, Settings("Indexer"));
        await api.IdleAsync();
        late.SetResult();
        await frozen.ThawAsync();
        await frozen.SaysAsync("the lease of 1 was lost", "or the lease was lost");

        Assert.Contains("409", (await arrived.Task.WaitAsync(Patience)).Body);
        Assert.Equal(1, await FoundAsync("勾股定理"));
        Assert.Equal(0, await FoundAsync("比例尺"));
    }

    private sealed record Stand(ExtractionState State, DateTime ReadAt, int Sections, long Revision, long Changes);

    private Task<Stand> StandAsync() => AskAsync(async db => new Stand(
        (await db.Extractions.AsNoTracking().SingleAsync()).State, (await db.Extractions.AsNoTracking().SingleAsync()).UpdatedAt, await db.Sections.CountAsync(),
        (await db.Resources.AsNoTracking().SingleAsync()).Revision, await db.Changes.MaxAsync(c => c.Seq)));

    private Dictionary<string, string?> Settings(string roles)
        => new() { ["Roles"] = roles, ["Search"] = "elasticsearch", ["Elasticsearch:Nodes"] = stub.Address.ToString(), ["LeaseSeconds"] = "2", ["Logging:LogLevel:ResourceHub.Indexer"] = "Information" };

    private async Task<int> FoundAsync(string text)
        => (await api.QueryAsync("query($text: String) { search(text: $text, first: 1) { totalCount } }", new { text }, HubApp.AdminKey)).GetProperty("search").GetProperty("totalCount").GetInt32();

    private async Task<T> AskAsync<T>(Func<HubDb, Task<T>> ask)
    {
        await using var db = await api.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        return await ask(db);
    }

    private async Task UntilAsync(Func<HubDb, Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await AskAsync(isSo)) await tick.WaitForNextTickAsync(limit.Token);
    }
}
