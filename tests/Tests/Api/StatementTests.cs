using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Tests.Api;

/// <summary>What a list costs the record: as many statements for twenty as for two.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private readonly Counter counter = new();
    private HubApp hub = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(change: services => services.ConfigureDbContext<SqliteHubDb>(options => options.AddInterceptors(counter)));
        // A new hub builds its index first; its reading would be counted too.
        var index = hub.Services.GetRequiredService<ISearchIndex>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await index.HealthAsync(default)).IsWhole) await tick.WaitForNextTickAsync();
        await new FixedWorld(hub).FillAsync(resources: 20);
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData("school { name } files { name extraction { state } }", 4)]
    [InlineData("files { thumbnailUrl extraction { state sections(first: 2) { totalCount nodes { text } } } }", 6)]
    [InlineData("versions(first: 3) { totalCount nodes { number } } sharedWith { name members { school { name } } }", 4)]
    [InlineData("related(first: 3) { title school { name } }", 4)]
    public async Task A_list_of_20_costs_as_many_statements_as_one_of_2(string fields, int most)
    {
        async Task<int> CountAsync(int resources)
        {
            var ids = Enumerable.Range(100, resources).Select(n => FixedWorld.Global("Resource", n));
            counter.Reset();
            await hub.QueryAsync($"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Resource {{ title {fields} }} }} }}", new { ids });
            return counter.Statements;
        }

        // The first time rows are read that are kept afterwards.
        await CountAsync(20);
        var two = await CountAsync(2);
        Assert.Equal(two, await CountAsync(20));
        Assert.InRange(two, 2, most);
    }

    /// <summary>Counts reads of the answers' tables; the workers look only at the table of jobs.</summary>
    private sealed class Counter : DbCommandInterceptor
    {
        private int statements;

        public int Statements => Volatile.Read(ref statements);

        public void Reset() => Volatile.Write(ref statements, 0);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
        {
            if (!command.CommandText.Contains("\"Jobs\"", StringComparison.Ordinal)) Interlocked.Increment(ref statements);
            return new(result);
        }
    }
}
