using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;

namespace ResourceHub.Tests.Api;

/// <summary>How SQLite reads a page of the feed.</summary>
public sealed class ChangeFeedPlanTests
{
    [Fact]
    public async Task Each_statement_of_a_page_goes_by_an_index()
    {
        await using var hub = await HubApp.StartAsync();
        var taker = await hub.SchoolAsync("巴中第一小学");
        await hub.PartnershipAsync("江北巴中结对", await hub.SchoolAsync("江北实验小学"), taker);
        var takerKey = await hub.KeyAsync(taker);
        var databases = hub.Services.GetRequiredService<IDbContextFactory<HubDb>>();
        var viewer = await hub.Services.GetRequiredService<KeyRing>().FindAsync(takerKey, default);
        using var heard = new SqlCount();
        await hub.Services.GetRequiredService<ChangeFeed>().ReadAsync(viewer!, null, 20, default);
        Assert.True(heard.Statements > 4);
        await using var db = await databases.CreateDbContextAsync();
        foreach (var statement in heard.Texts)
        {
            var plan = await PlanAsync(db, statement);
            Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.Contains("VIRTUAL TABLE"));
            Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE"));
        }
    }

    private static async Task<List<string>> PlanAsync(HubDb db, string statement)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + statement;
        foreach (var name in System.Text.RegularExpressions.Regex.Matches(statement, @"@\w+").Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, "[]");
            command.Parameters.Add(parameter);
        }
        List<string> steps = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) steps.Add(reader.GetString(3));
        return steps;
    }
}
