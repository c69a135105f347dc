namespace ResourceHub.Host.Demo;

/// <summary>
/// Reads one lesson from its text: lines "name: value" on what it is, then for each file a line "=== file name" with its content below;
/// a file without content of its own is made of the one before it, as subtitles are of their video.
/// A name that is not known or missing is an author's slip, and the message names the lesson.
/// </summary>
public static class LessonReader
{
    private const string FileMark = "=== ";

    public static Lesson Read(string key, string text)
    {
        var parts = text.ReplaceLineEndings("\n").Split($"\n{FileMark}");
        var said = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .ToDictionary(pair => pair[0], pair => pair is [_, var value] ? value : throw new FormatException($"{key}: \"{pair[0]}\" is no \"name: value\"."));

        string Need(string name) => said.Remove(name, out var value) ? value : throw new FormatException($"{key} does not say its {name}.");
        string? May(string name) => said.Remove(name, out var value) ? value : null;
        IReadOnlyList<string> List(string name) => May(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

        var title = Need("title");
        var contributor = Need("contributor");
        var partnerships = List("partnerships");
        var lesson = new Lesson(
            key, Need("school"), title, Need("description"), Need("kind"), Need("stage"), List("grades"), Need("subject"), May("edition"), May("volume"), May("chapter"),
            May("language") ?? "zh-CN", Need("licence"), List("keywords"), contributor, partnerships.Count > 0 ? LessonAudience.Partners : Enum.Parse<LessonAudience>(Need("audience"), ignoreCase: true),
            partnerships, ReadFiles(parts[1..], title, contributor));
        return said.Count == 0 ? lesson : throw new FormatException($"{key} says \"{said.Keys.First()}\", which no lesson has.");
    }

    private static List<LessonFile> ReadFiles(string[] parts, string title, string author)
    {
        List<LessonFile> files = [];
        foreach (var part in parts)
        {
            var (name, content) = part.IndexOf('\n') is var end and >= 0 ? (part[..end], part[end..].Trim()) : (part, "");
            files.Add(new LessonFile(name.Trim(), title, author, content.Length > 0 ? content + "\n" : files[^1].Text));
        }
        return files;
    }
}
