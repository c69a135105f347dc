using Xunit.Abstractions;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>Everybody at every door for each thing: open where the words say so, and else byte for byte what is answered for nothing.</summary>
internal sealed class DoorMatrix(DoorWorld world, ITestOutputHelper output)
{
    /// <param name="absent">A thing of the same type that never was.</param>
    public async Task<(int Open, int Shut)> TryAsync(IReadOnlyCollection<Door> doors, IReadOnlyList<Subject> subjects, Func<Target> absent)
    {
        List<string> wrong = [];
        var (open, shut) = (0, 0);
        await Parallel.ForEachAsync(world.Actors, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (actor, _) =>
        {
            foreach (var door in doors)
            {
                var never = absent();
                var nothing = await door.Knock(actor, never);
                nothing = nothing with { Body = never.Blank(nothing.Body) };
                if (door.Refuses(actor) != (nothing.Status == 401)) Note($"{actor.Name} at {door.Name}: {nothing}");
                foreach (var subject in subjects)
                {
                    var answer = await door.Knock(actor, subject.Target);
                    var isOpen = door.IsOpen(world, actor, subject);
                    Interlocked.Increment(ref isOpen ? ref open : ref shut);
                    if (door.Shows(answer, subject.Target) != isOpen) Note($"{subject.Name}, {actor.Name} at {door.Name}: {(isOpen ? "shut" : "open")}: {answer}");
                    answer = answer with { Body = subject.Target.Blank(answer.Body) };
                    if (!isOpen && door.HidesWhole && answer != nothing) Note($"{subject.Name}, {actor.Name} at {door.Name}: answers\n  {answer}\nbut for nothing\n  {nothing}");
                }
            }
        });
        output.WriteLine($"{world.Actors.Count} actors, {subjects.Count} things, {doors.Count} doors: {open} cells open, {shut} shut");
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n{string.Join('\n', wrong.Take(20))}");
        return (open, shut);

        void Note(string what)
        {
            lock (wrong) wrong.Add(what);
        }
    }
}
