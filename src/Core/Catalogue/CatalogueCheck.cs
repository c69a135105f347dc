using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Catalogue;

/// <summary>Whether the lines of a catalogue file make whole textbooks. Nothing is loaded unless all of them do.</summary>
internal sealed class CatalogueCheck
{
    public const int CodeLimit = 120;
    public const int TitleLimit = 200;
    public const int TopicLimit = 60;
    public const int MostTopics = 20;
    public const int MostLines = 200_000;

    private readonly List<CatalogueProblem> problems = [];
    private readonly Dictionary<string, CatalogueLine> byCode = new(StringComparer.Ordinal);

    private CatalogueCheck()
    {
    }

    /// <param name="nodes">The nodes, those above before those below; empty when there is a problem.</param>
    public static IReadOnlyList<CatalogueProblem> Check(IReadOnlyList<CatalogueLine> lines, out IReadOnlyList<CheckedNode> nodes)
    {
        nodes = [];
        if (lines.Count == 0) return [new CatalogueProblem(1, "文件里没有目录条目。The file has no entries.")];
        if (lines.Count > MostLines) return [new CatalogueProblem(MostLines, $"条目最多 {MostLines} 条，请按册分成几个文件。At most {MostLines} entries; split the file by volume.")];
        var check = new CatalogueCheck();
        foreach (var line in lines) check.Alone(line);
        if (check.problems.Count == 0) nodes = check.Together(lines);
        if (check.problems.Count > 0) nodes = [];
        return check.problems;
    }

    private void Alone(CatalogueLine line)
    {
        if (line.Code is not { Length: > 0 } code) Say(line, "缺少 code（稳定的编号）。The code is missing.");
        else if (code.Length > CodeLimit || CleanText.Line(code) != code) Say(line, $"code 最长 {CodeLimit} 个字符，不含控制字符和首尾空格。A code has at most {CodeLimit} characters, none of them invisible.");
        else if (!byCode.TryAdd(code, line)) Say(line, $"code “{code}” 与第 {byCode[code].Line} 行重复。The code \"{code}\" is that of line {byCode[code].Line} as well.");
        if (CleanText.Line(line.Title) is not { } title) Say(line, "缺少 title（标题）。The title is missing.");
        else if (title.Length > TitleLimit) Say(line, $"title 最长 {TitleLimit} 个字符。A title has at most {TitleLimit} characters.");
        if (LevelOf(line) is null) Say(line, $"level “{line.Level}” 应为 volume、unit、chapter 或 section。The level \"{line.Level}\" should be volume, unit, chapter or section.");
        Known(line, Vocabulary.Stage, line.Stage, "stage");
        Known(line, Vocabulary.Grade, line.Grade, "grade");
        Known(line, Vocabulary.Subject, line.Subject, "subject");
        Known(line, Vocabulary.Edition, line.Edition, "edition");
        Known(line, Vocabulary.Volume, line.Volume, "volume");
        if (line.Topics?.Count > MostTopics || line.Topics?.Any(t => t.Length > TopicLimit) == true)
            Say(line, $"topics 最多 {MostTopics} 个，每个最长 {TopicLimit} 个字符。At most {MostTopics} topics of at most {TopicLimit} characters.");
    }

    private List<CheckedNode> Together(IReadOnlyList<CatalogueLine> lines)
    {
        var made = new Dictionary<string, CheckedNode>(lines.Count, StringComparer.Ordinal);
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        List<CheckedNode> nodes = new(lines.Count);
        foreach (var line in lines) Make(line, []);
        // 解决问题 stands in every unit of a book: a title that comes again in its book teaches nothing by itself.
        foreach (var title in nodes.Where(n => n.Level >= CatalogueLevel.Chapter && n.Topics.Count == 0).GroupBy(n => (n.VolumeCode, n.Title)))
            if (title.ToList() is [var only]) only.Topics.Add(TitleWords.WithoutNumber(only.Title));
        return nodes;

        CheckedNode? Make(CatalogueLine line, List<string> below)
        {
            if (made.TryGetValue(line.Code!, out var known)) return known;
            var level = LevelOf(line)!.Value;
            CheckedNode? above = null;
            if (level == CatalogueLevel.Volume != string.IsNullOrEmpty(line.Parent))
            {
                Say(line, level == CatalogueLevel.Volume ? "一册不能有 parent。A volume has no parent." : "缺少 parent：只有册在最上层。The parent is missing: only a volume stands alone.");
                return null;
            }
            if (level != CatalogueLevel.Volume)
            {
                if (!byCode.TryGetValue(line.Parent!, out var parent))
                {
                    Say(line, $"parent “{line.Parent}” 不在文件里。The parent \"{line.Parent}\" is not in the file.");
                    return null;
                }
                if (below.Contains(line.Code!))
                {
                    Say(line, $"parent 成环：{string.Join(" → ", below)} → {line.Code}。The parents go round in a circle.");
                    return null;
                }
                above = Make(parent, [.. below, line.Code!]);
                if (above is null) return null;
                if (above.Level >= level) Say(line, $"{line.Level} 不能放在 {above.Level.ToString().ToLowerInvariant()} 之下。A {line.Level} cannot stand under a {above.Level.ToString().ToLowerInvariant()}.");
                // A theme plan goes through several domains; a textbook is of one subject.
                if (above.Volume.Edition is { Length: > 0 }) Same(line, "subject", line.Subject, above.Volume.Subject);
                Same(line, "edition", line.Edition, above.Volume.Edition);
                Same(line, "grade", line.Grade, above.Volume.Grade);
                Same(line, "volume", line.Volume, above.Volume.Volume);
                Same(line, "stage", line.Stage, above.Volume.Stage);
            }
            else if (line.Subject is not { Length: > 0 }) Say(line, "一册须写明 subject（学科）。A volume says its subject.");
            var position = positions[line.Parent ?? ""] = positions.GetValueOrDefault(line.Parent ?? "") + 1;
            var node = new CheckedNode(line.Code!, above, level, position, CleanText.Line(line.Title)!, GivenTopics(line), line);
            made[line.Code!] = node;
            nodes.Add(node);
            return node;
        }
    }

    private void Same(CatalogueLine line, string field, string? own, string? volumes)
    {
        if (own is { Length: > 0 } && own != volumes) Say(line, $"{field} “{own}” 与所在册的“{volumes}”不同。The {field} \"{own}\" differs from its volume's, \"{volumes}\".");
    }

    private void Known(CatalogueLine line, Vocabulary vocabulary, string? code, string field)
    {
        if (code is { Length: > 0 } && Terms.ByCodeIn(vocabulary, code) is null) Say(line, $"{field} 中没有代码“{code}”。{field} has no code \"{code}\".");
    }

    private static List<string> GivenTopics(CatalogueLine line) => [.. (line.Topics ?? []).Select(CleanText.Line).OfType<string>().Distinct()];

    private static CatalogueLevel? LevelOf(CatalogueLine line) => line.Level switch
    {
        "volume" => CatalogueLevel.Volume,
        "unit" => CatalogueLevel.Unit,
        "chapter" => CatalogueLevel.Chapter,
        "section" => CatalogueLevel.Section,
        _ => null,
    };

    private void Say(CatalogueLine line, string message) => problems.Add(new CatalogueProblem(line.Line, message));
}

/// <summary>A node that is right, under the one above it.</summary>
internal sealed record CheckedNode(string Code, CheckedNode? Above, CatalogueLevel Level, int Position, string Title, List<string> Topics, CatalogueLine Line)
{
    public CatalogueLine Volume => Above is null ? Line : Above.Volume;

    public string Subject => Line.Subject is { Length: > 0 } own ? own : Above!.Subject;

    public string VolumeCode => Above is null ? Code : Above.VolumeCode;
}
