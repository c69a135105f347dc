using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Core;

public sealed class ResourceAccessTests(ITestOutputHelper output)
{
    private static readonly DateTime Now = new(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task SQL_memory_and_index_tokens_say_the_same_about_who_sees_what()
    {
        var seed = Random.Shared.Next(1_000_000);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var hub = await HubApp.StartAsync(new() { ["Roles"] = "Api,Indexer" });
        var databases = hub.Services.GetRequiredService<IDbContextFactory<HubDb>>();
        List<School> schools = [.. Enumerable.Range(0, 4).Select(n => new School { Name = $"学校{n}", CreatedAt = Now })];
        List<Partnership> partnerships = [.. Enumerable.Range(0, 3).Select(n => new Partnership { Name = $"结对{n}", From = new DateOnly(2026, 1, 1), CreatedAt = Now, AcceptedAt = Now })];
        List<Guid> people = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())];
        List<Resource> resources = [.. Enumerable.Range(0, 400).Select(n => Draw(random, n, schools, partnerships, people))];
        await using (var db = await databases.CreateDbContextAsync())
        {
            db.AddRange(schools);
            db.AddRange(partnerships);
            db.AddRange(resources);
            await db.SaveChangesAsync();
        }
        var seen = 0;
        foreach (var viewer in Viewers(random, schools, partnerships, people))
        {
            var rule = ResourceAccess.VisibleTo(viewer).Compile();
            var memory = resources.Where(rule).Select(r => r.Id).ToHashSet();
            await using var db = await databases.CreateDbContextAsync();
            var sql = (await db.Resources.VisibleTo(viewer).Select(r => r.Id).ToListAsync()).ToHashSet();
            var held = ResourceAccess.TokensOf(viewer);
            var tokens = resources.Where(r => ResourceAccess.TokensOf(r) is { Count: > 0 } opens && (held is null || opens.Intersect(held).Any())).Select(r => r.Id).ToHashSet();
            Assert.True(memory.SetEquals(sql), $"{viewer}: memory and SQL differ");
            Assert.True(memory.SetEquals(tokens), $"{viewer}: memory and tokens differ");
            seen += memory.Count;
        }
        Assert.True(seen > 0);
    }

    [Fact]
    public void Nobody_sees_more_than_what_is_published_for_everybody()
    {
        var resource = new Resource { SchoolId = Guid.CreateVersion7(), CreatedBy = Guid.CreateVersion7(), Title = "圆的面积", Kind = "slides" };
        var rule = ResourceAccess.VisibleTo(Viewer.Anonymous).Compile();
        Assert.False(rule(resource));
        resource.Publish(Visibility.Members, Now);
        Assert.False(rule(resource));
        resource.Publish(Visibility.Public, Now);
        Assert.True(rule(resource));
        resource.Withdraw(Now);
        Assert.False(rule(resource));
    }

    private static Resource Draw(Random random, int number, List<School> schools, List<Partnership> partnerships, List<Guid> people)
    {
        var resource = new Resource { SchoolId = Pick(random, schools).Id, CreatedBy = Pick(random, people), Title = $"资源{number}", Kind = "slides", CreatedAt = Now };
        resource.Shares.AddRange(partnerships.Where(_ => random.Next(3) == 0).Select(p => new ResourceShare { ResourceId = resource.Id, PartnershipId = p.Id, SharedAt = Now }));
        var visibility = (Visibility)random.Next(5);
        if (random.Next(4) > 0) resource.Publish(visibility, Now);
        if (random.Next(6) == 0) resource.Withdraw(Now);
        if (random.Next(12) == 0) resource.Delete(Now);
        return resource;
    }

    private static IEnumerable<Viewer> Viewers(Random random, List<School> schools, List<Partnership> partnerships, List<Guid> people)
    {
        yield return Viewer.Anonymous;
        for (var n = 0; n < 60; n++)
        {
            var role = (Role)random.Next(3);
            yield return new Viewer(random.Next(4) == 0 ? Guid.CreateVersion7() : Pick(random, people), "test", role, role == Role.HubAdmin || random.Next(6) == 0 ? null : Pick(random, schools).Id,
                ApiKeyScopes.All.ToFrozenSet(), partnerships.Where(_ => random.Next(2) == 0).Select(p => p.Id).ToFrozenSet());
        }
    }

    private static T Pick<T>(Random random, List<T> from) => from[random.Next(from.Count)];
}
