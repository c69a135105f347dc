namespace ResourceHub.Host.Demo.Files;

/// <summary>
/// Reads the lessons' markup, a few marks of Markdown by which a teacher can write a lesson: # headings, - bullets, | tables |, &gt; notes, --- page breaks,
/// ^ centred lines, [m:ss] subtitle cues. Every other line is a paragraph of its own.
/// </summary>
public static class BlockReader
{
    private const string HiddenMark = "{hidden}";

    public static IReadOnlyList<Block> Read(string text)
    {
        List<Block> blocks = [];
        List<IReadOnlyList<string>> rows = [];
        var hasHeader = false;
        foreach (var line in text.Split('\n'))
        {
            var words = line.Trim();
            if (words.StartsWith('|'))
            {
                if (words.Trim('|', '-', ' ').Length == 0) hasHeader = rows.Count == 1;
                else rows.Add([.. words.Trim('|').Split('|', StringSplitOptions.TrimEntries)]);
                continue;
            }
            if (rows.Count > 0) blocks.Add(new Block.Table(rows, hasHeader));
            (rows, hasHeader) = ([], false);
            if (words.Length > 0) blocks.Add(ReadLine(words, indent: line.Length - line.TrimStart().Length));
        }
        if (rows.Count > 0) blocks.Add(new Block.Table(rows, hasHeader));
        return blocks;
    }

    private static Block ReadLine(string words, int indent) => words[0] switch
    {
        '#' when words.IndexOf(' ') is var level and > 0 => new Block.Heading(level, words[level..].Replace(HiddenMark, "").Trim(), words.EndsWith(HiddenMark, StringComparison.Ordinal)),
        '-' when words == "---" => new Block.PageBreak(),
        '-' when words.StartsWith("- ", StringComparison.Ordinal) => new Block.Bullet(indent / 2, words[2..].Trim()),
        '>' => new Block.Note(words[1..].Trim()),
        '^' => new Block.Paragraph(words[1..].Trim(), Centred: true),
        '[' when words.IndexOf(']') is var end and > 0 && words[1..end].Split(':') is [var minutes, var seconds] && int.TryParse(minutes, out var m) && int.TryParse(seconds, out var s)
            => new Block.Cue(m * 60 + s, words[(end + 1)..].Trim()),
        _ => new Block.Paragraph(words),
    };
}
