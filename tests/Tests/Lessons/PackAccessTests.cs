using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Engines.Checks;
using ResourceHub.Tests.Sharing;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Lessons;

public sealed class PackAccessTests(ITestOutputHelper output)
{
    private const int Worlds = 200;

    [Fact]
    public async Task Who_sees_a_lesson_is_who_would_see_a_resource_that_is_as_open_in_200_random_worlds()
    {
        var first = Random.Shared.Next(1_000_000_000);
        output.WriteLine($"worlds of the seeds {first} to {first + Worlds - 1}");
        var clock = new ManualClock();
        await using var record = await TempRecord.StartAsync(clock);
        List<RandomWorld> worlds = [.. Enumerable.Range(first, Worlds).Select(seed => new RandomWorld(seed, clock.UtcNow))];
        await record.SaveAsync([.. worlds.SelectMany(w => (IEnumerable<object>)[.. w.Schools, .. w.Partnerships, .. w.People])]);
        var (asked, seen) = (0, 0);
        foreach (var world in worlds)
        {
            var lessons = world.Resources.ConvertAll(r => new Lesson { SchoolId = r.SchoolId, CreatedBy = r.CreatedBy, Title = r.Title, CreatedAt = clock.UtcNow }.OpenAs(r, clock.UtcNow));
            await record.SaveAsync([.. lessons]);
            foreach (var person in world.People.Prepend(null))
            {
                await using var db = record.CreateDbContext();
                var viewer = person is null or { LeftAt: not null } ? Viewer.Anonymous : await record.Get<Viewers>().OfAsync(db, person, default);
                var told = lessons.Where((_, n) => world.MaySee(person, world.Resources[n])).Select(l => l.Id).ToHashSet();
                var ids = lessons.ConvertAll(l => l.Id);
                Assert.True(told.SetEquals(await db.Lessons.VisibleTo(viewer).Where(l => ids.Contains(l.Id)).Select(l => l.Id).ToListAsync()), $"seed {world.Seed}, {viewer}: SQL differs");
                if (person == world.People[0]) Assert.True(told.SetEquals(lessons.Where(PackAccess.VisibleTo<Lesson>(viewer).Compile()).Select(l => l.Id)), $"seed {world.Seed}, {viewer}: memory differs");
                asked += lessons.Count;
                seen += told.Count;
            }
        }
        Assert.InRange(seen, asked / 5, asked * 4 / 5);
    }
}
