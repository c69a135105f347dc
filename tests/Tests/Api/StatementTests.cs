using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Tests.Api;

/// <summary>What a list costs the record: as many statements for twenty as for two.</summary>
public sealed class StatementTests : IAsyncLifetime
{
    private readonly ReadCount counter = new();
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
    [InlineData("related(first: 3) { title school { name } }", 6)]
    public Task A_list_of_20_costs_as_many_statements_as_one_of_2(string fields, int most) => CompareAsync(fields, most, null);

    [Theory]
    [InlineData("audience mayEdit missingForReview", 7)]
    [InlineData("review { decision submittedBy } consent { holder recordedBy }", 7)]
    [InlineData("reviews(first: 2) { totalCount nodes { decision decidedBy } }", 7)]
    [InlineData("basedOn { version resource { title } } adaptations(first: 2) { totalCount nodes { title } }", 8)]
    public async Task What_the_owner_school_is_told_besides_costs_a_list_no_more_either(string fields, int most)
    {
        await using (var db = await new FixedWorld(hub).DbAsync())
        {
            for (var n = 100; n < 120; n++)
            {
                var id = FixedWorld.Id(n);
                db.Add(new Review { ResourceId = id, SchoolId = FixedWorld.Owner, Version = 1, SubmittedBy = FixedWorld.Creator, SubmittedAt = FixedWorld.Moment });
                db.Add(new Consent { ResourceId = id, Holder = "德育处", Scope = Visibility.Public, RecordedBy = FixedWorld.Creator, RecordedAt = FixedWorld.Moment });
                var copy = new Resource { SchoolId = FixedWorld.Owner, CreatedBy = FixedWorld.Creator, Title = "改编", Kind = "slides", BasedOnId = id, BasedOnVersion = 1 };
                copy.Publish(Visibility.School, FixedWorld.Moment);
                db.Add(copy);
            }
            await db.SaveChangesAsync();
        }
        await CompareAsync(fields, most, await new FixedWorld(hub).KeyAsync(FixedWorld.Owner, Role.SchoolAdmin));
    }

    private async Task CompareAsync(string fields, int most, string? key)
    {
        async Task<int> CountAsync(int resources)
        {
            var ids = Enumerable.Range(100, resources).Select(n => FixedWorld.Global("Resource", n));
            counter.Reset();
            await hub.QueryAsync($"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on Resource {{ title {fields} }} }} }}", new { ids }, key);
            return counter.Statements;
        }

        // The first time rows are read that are kept afterwards.
        await CountAsync(20);
        var two = await CountAsync(2);
        Assert.Equal(two, await CountAsync(20));
        Assert.InRange(two, 2, most);
    }
}
