using Xunit.Abstractions;

namespace ResourceHub.Tests.Sharing.Doors;

[Collection(nameof(DoorWorld))]
public sealed class OtherDoorsTests(DoorWorld world, ITestOutputHelper output)
{
    [Fact]
    public async Task Partnerships_people_keys_invitations_reviews_uploads_jobs_and_the_log_are_open_to_whom_they_concern()
    {
        List<string> wrong = [];
        var (open, shut) = (0, 0);
        foreach (var thing in await new OtherThings(world).MakeAsync())
            foreach (var actor in world.Actors.Where(thing.Asked))
            {
                var answer = await thing.KnockAsync(actor, thing.Id);
                var isOpen = thing.IsOpen(actor);
                if (isOpen) open++;
                else shut++;
                if (thing.ShownBy(answer) != isOpen) wrong.Add($"{thing.Name}, {actor.Name}: {(isOpen ? "shut" : "open")}: {answer}");
                if (isOpen || !thing.HidesWhole) continue;
                var nothing = await thing.KnockAsync(actor, thing.Absent);
                if (answer != nothing) wrong.Add($"{thing.Name}, {actor.Name}: answers\n  {answer}\nbut for nothing\n  {nothing}");
            }
        output.WriteLine($"{open} cells open, {shut} shut");
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(30))}");
    }
}

[CollectionDefinition(nameof(DoorWorld))]
public sealed class DoorWorldIsShared : ICollectionFixture<DoorWorld>;
