namespace ResourceHub.Host.Demo;

/// <summary>The lessons that ride in this executable, in the order of their keys.</summary>
public static class LessonShelf
{
    private const string Folder = "lessons/";

    public static IReadOnlyList<Lesson> All { get; } =
    [
        .. typeof(LessonShelf).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(n => LessonReader.Read(n[Folder.Length..^".md".Length], ReadAll(n))),
    ];

    private static string ReadAll(string name)
    {
        using var reader = new StreamReader(typeof(LessonShelf).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
