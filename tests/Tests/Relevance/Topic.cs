namespace ResourceHub.Tests.Relevance;

/// <summary>A topic as it stands in textbooks: a line of topics.tsv.</summary>
internal sealed record Topic(
    string Name, string Subject, string Grade, string? Volume, int Unit, string Chapter, string Title, IReadOnlyList<string> Editions, IReadOnlyList<string> Words, IReadOnlyList<string> Facts,
    IReadOnlyList<string> Demo)
{
    /// <summary>What stands together in a textbook.</summary>
    public (string, string, string) Shelf => (Subject, Grade, Chapter);

    public bool IsEnglish => Subject == "english";

    public static IReadOnlyList<Topic> ReadAll() => [.. Lines("topics.tsv").Select(Read)];

    /// <summary>The lines of a file of this folder without its notes, cut at tabs.</summary>
    public static IEnumerable<string[]> Lines(string file)
        => File.ReadLines(Path.Join(Repository.Folder, "tests", "Tests", "Relevance", file)).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'));

    private static Topic Read(string[] said) => new(
        said[0], said[1], said[2], said[3] is "" ? null : said[3], int.Parse(said[4]), said[5], said[6], List(said[7], ','), List(said[8], '、'), List(said[9].Replace("; ", "；", StringComparison.Ordinal), '；'), List(said[10], ','));

    private static string[] List(string said, char by) => said.Split(by, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
