using System.Text;

namespace ResourceHub.Host.Demo.Files;

/// <summary>A subtitle file: each cue is shown until the next one begins.</summary>
public static class SrtBuilder
{
    public static void Build(LessonFile file, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        var number = 0;
        foreach (var (from, until, text) in Cues(file.Blocks)) writer.Write($"{++number}\n{Time(from)} --> {Time(until)}\n{text}\n\n");
    }

    /// <summary>The cues with their ends; the last cue of a recording has no text and ends it.</summary>
    internal static IEnumerable<(int From, int Until, string Text)> Cues(IReadOnlyList<Block> blocks)
        => blocks.OfType<Block.Cue>().Zip(blocks.OfType<Block.Cue>().Skip(1), (cue, next) => (cue.Second, next.Second, cue.Text));

    private static string Time(int second) => $"{TimeSpan.FromSeconds(second):hh\\:mm\\:ss},000";
}
