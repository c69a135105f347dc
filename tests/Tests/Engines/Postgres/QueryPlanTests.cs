using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ResourceHub.Core.Jobs;
using ResourceHub.Engines.Postgres;
using ResourceHub.Tests.Api;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines.Postgres;

/// <summary>
/// Every list that the hub gives is read by an index: the statements that its real requests cause are run once more under EXPLAIN ANALYZE, on a record of
/// 20,000 resources. None may read a large table through, nor look at many more rows than it gives.
/// </summary>
public sealed class QueryPlanTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Small by their nature: a district has hundreds of schools and partnerships.</summary>
    private static readonly string[] Small = ["Schools", "Partnerships", "PartnershipMembers", "AuditHeads", "SharedKeys", "Narrowings", "__EFMigrationsHistory"];

    /// <summary>The feed looks at so many entries for a page, where little of it is open to who asks; a table has 20,000 rows and more.</summary>
    private const double MostLookedAt = 5000;

    private readonly Recorder recorder = new();
    private HubApp hub = null!;
    private string database = "";

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        hub = await HubApp.StartAsync(PostgresServer.HubOn(database), change: services => services.ConfigureDbContext<PostgresHubDb>(options => options.AddInterceptors(recorder)));
        await RunAsync(await File.ReadAllTextAsync(Path.Join(Repository.Folder, "tests", "Tests", "Engines", "Postgres", "made-rows.sql")));
        recorder.Taken.Clear();
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task No_list_reads_a_large_table_through()
    {
        foreach (var query in Lists) await AskAsync(query);
        await hub.Services.GetRequiredService<JobQueue>().ClaimAsync(JobKinds.Index, 10, default);
        List<string> wrong = [];
        var looked = 0.0;
        foreach (var taken in recorder.Taken.Values)
        {
            using var plan = JsonDocument.Parse(await ExplainAsync(taken));
            foreach (var (relation, node, rows) in ScansOf(plan.RootElement[0].GetProperty("Plan")))
            {
                if (Small.Contains(relation)) continue;
                looked = Math.Max(looked, rows);
                if (node == "Seq Scan" && rows > 0 || rows > MostLookedAt) wrong.Add($"{node} of {relation}, {rows} rows:\n{taken.CommandText}\n");
            }
        }
        output.WriteLine($"{recorder.Taken.Count} statements, at most {looked} rows looked at by one");
        Assert.True(recorder.Taken.Count > 40, $"only {recorder.Taken.Count} statements were heard");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    /// <summary>As whom (the number of a made key: odd ones are admins; 0 the operator, -1 nobody), and what is asked.</summary>
    private static readonly (int Key, string Query)[] Lists =
    [
        .. Each([-1, 2, 11, 0], "{ changes(first: 20) { nodes { kind } pageInfo { endCursor } } }"),
        .. Each([-1, 2, 11, 0], "query { schools(first: 20) { nodes { name } pageInfo { endCursor } } }", "schools"),
        .. Each([2, 0], "{ schools(text: \"0123\") { nodes { name } } }"),
        .. Each([-1, 2, 0], "{ partnerships(first: 20, kind: PAIR) { nodes { name members { school { name } } } pageInfo { endCursor } } }"),
        .. Each([2, 11], "{ viewer { resources(first: 5) { nodes { title } } school { members(first: 5) { nodes { displayName places { role } } pageInfo { endCursor } } partnerships(first: 5) { nodes { name } } } } }"),
        .. Each([11], "{ viewer { school { invitations(first: 5) { nodes { displayName } } } } }"),
        .. Each([11, 0], "{ reviewQueue(first: 5) { nodes { submittedAt resource { title } } pageInfo { endCursor } } }", "reviewQueue"),
        .. Each([11, 0], "{ auditEvents(first: 5) { nodes { action } pageInfo { endCursor } } }", "auditEvents"),
        .. Each([11, 0], "{ auditEvents(first: 5, filter: { objectId: \"" + FixedWorld.Global("Resource", 100011) + "\" }) { nodes { action } } }"),
        .. Each([11, 0], "{ auditEvents(first: 5, filter: { actorId: \"" + FixedWorld.Global("Person", 20011) + "\" }) { nodes { action } } }"),
        .. Each([11, 0], "{ apiKeys(first: 5) { nodes { name } } }"),
        .. Each([0], "{ jobs(first: 5) { nodes { id } } }"),
        .. Each([0], "{ jobs(first: 5, state: FAILED) { nodes { id } } }"),
        .. Each([-1, 2, 11, 0], "{ resource(id: \"" + FixedWorld.Global("Resource", 100012) + "\") { title school { name } files { name extraction { state sections(first: 2) { nodes { text } } } } versions(first: 2) { nodes { number } } related(first: 5) { title } adaptations(first: 5) { nodes { title } } sharedWith { name } basedOn { version } } }"),
        .. Each([0], "{ resource(id: \"" + FixedWorld.Global("Resource", 100012) + "\") { audience review { decision } reviews(first: 2) { nodes { decision } } consent { holder } missingForReview mayEdit } }"),
        .. Each([-1, 2, 11, 0], "{ nodes(ids: [" + string.Join(", ", Enumerable.Range(100001, 20).Select(n => $"\"{FixedWorld.Global("Resource", n)}\"")) + "]) { ... on Resource { title school { name } files { name extraction { state sections(first: 2) { nodes { text } } } } versions(first: 2) { nodes { number } } adaptations(first: 2) { nodes { title } } sharedWith { name } related(first: 3) { title } } } }"),
        .. Each([11, 0], "{ nodes(ids: [" + string.Join(", ", Enumerable.Range(0, 20).Select(n => $"\"{FixedWorld.Global("Resource", 100011 + 400 * n)}\"")) + "]) { ... on Resource { audience review { decision } reviews(first: 2) { nodes { decision } } consent { holder } mayEdit } } }"),
        .. Each([11, 0], "{ partnership(id: \"" + FixedWorld.Global("Partnership", 10004) + "\") { activity(first: 5) { nodes { kind } } resources(first: 5) { nodes { title } } } }"),
        .. Each([2], "{ search(first: 5) { edges { node { title } } } }"),
    ];

    private static IEnumerable<(int, string)> Each(int[] keys, string query, string? paged = null)
        => keys.SelectMany(k => paged is null ? [(k, query)] : (IEnumerable<(int, string)>)[(k, query), (k, query.Replace("first: ", "after: \"CURSOR\", first: ", StringComparison.Ordinal))]);

    private readonly Dictionary<int, string> cursors = [];

    private async Task AskAsync((int Key, string Query) list)
    {
        var key = list.Key switch { -1 => null, 0 => HubApp.AdminKey, var n => $"secret {n}" };
        var query = cursors.TryGetValue(list.Key, out var cursor) ? list.Query.Replace("CURSOR", cursor, StringComparison.Ordinal) : list.Query;
        var answer = await hub.QueryAsync(query, key: key);
        var field = answer.EnumerateObject().First().Value;
        if (field.ValueKind == JsonValueKind.Object && field.TryGetProperty("pageInfo", out var page) && page.GetProperty("endCursor").GetString() is { } end) cursors[list.Key] = end;
    }

    private async Task<string> ExplainAsync(DbCommand taken)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        // What is explained is done; a claim is given back.
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"EXPLAIN (ANALYZE, FORMAT JSON) {taken.CommandText}", connection, transaction);
        foreach (NpgsqlParameter parameter in taken.Parameters) command.Parameters.Add(parameter.Clone());
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>What each step of a plan reads (of a table without rows: nothing), and how many rows it looked at for that.</summary>
    private static IEnumerable<(string Relation, string Node, double Rows)> ScansOf(JsonElement plan)
    {
        double Number(string name) => plan.TryGetProperty(name, out var value) ? value.GetDouble() : 0;
        if (plan.TryGetProperty("Relation Name", out var relation) && plan.GetProperty("Node Type").GetString() is { } node && node.EndsWith("Scan", StringComparison.Ordinal))
            yield return (relation.GetString()!, node, (Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Index Recheck")) * Number("Actual Loops"));
        if (!plan.TryGetProperty("Plans", out var parts)) yield break;
        foreach (var part in parts.EnumerateArray())
            foreach (var scan in ScansOf(part)) yield return scan;
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Keeps one of each statement, with the values it was run with.</summary>
    private sealed class Recorder : DbCommandInterceptor
    {
        public ConcurrentDictionary<string, DbCommand> Taken { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken ct = default)
        {
            if (!command.CommandText.Contains("__EFMigrationsHistory", StringComparison.Ordinal)) Taken.TryAdd(command.CommandText, ((NpgsqlCommand)command).Clone());
            return new(result);
        }
    }
}
