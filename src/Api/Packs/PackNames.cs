using ResourceHub.Core.Lessons;

namespace ResourceHub.Api.Packs;

/// <summary>Names of files and folders in a zip, as Windows, macOS and Linux take them.</summary>
internal sealed class PackNames
{
    private const int Longest = 120;
    private static readonly HashSet<string> Reserved = new(["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(n => (string[])[$"COM{n}", $"LPT{n}"])], StringComparer.OrdinalIgnoreCase);

    // Windows and macOS take a name for the same whatever its case.
    private readonly HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name that nothing else in the folder has; a second one of the same name gets a number before its ending.</summary>
    public string Place(string folder, string name)
    {
        var safe = Safe(name);
        var (stem, ending) = (Path.GetFileNameWithoutExtension(safe), Path.GetExtension(safe));
        var path = $"{folder}{safe}";
        for (var n = 2; !taken.Add(path); n++) path = $"{folder}{stem} ({n}){ending}";
        return path;
    }

    public static string Safe(string name)
    {
        var clean = string.Concat(name.Select(c => char.IsControl(c) || c is '\\' or '/' or ':' or '*' or '?' or '"' or '<' or '>' or '|' ? '_' : c)).Trim().TrimEnd('.', ' ');
        var (stem, ending) = (Path.GetFileNameWithoutExtension(clean), Path.GetExtension(clean));
        if (clean.Length > Longest && ending.Length < 16) clean = Cut(stem, Longest - ending.Length) + ending;
        if (clean.Trim('.').Length == 0) return "_";
        return Reserved.Contains(stem) ? "_" + clean : clean;
    }

    public static string FolderOf(LessonPartKind kind, int position) => $"{position:00} {Zh(kind)}/";

    public static string Zh(LessonPartKind kind) => kind switch
    {
        LessonPartKind.Video => "视频课程",
        LessonPartKind.Slides => "课件",
        LessonPartKind.Plan => "教学设计",
        LessonPartKind.TaskSheet => "学习任务单",
        LessonPartKind.Exercises => "课后练习",
        _ => "其他",
    };

    private static string Cut(string stem, int length)
    {
        if (stem.Length <= length) return stem;
        var cut = stem[..length];
        return (char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut).TrimEnd();
    }
}
