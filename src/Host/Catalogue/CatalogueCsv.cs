using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using ResourceHub.Core.Catalogue;

namespace ResourceHub.Host.Catalogue;

/// <summary>A header with the names of the fields in any order, then a line for each node. Topics are separated by semicolons.</summary>
internal static class CatalogueCsv
{
    private static readonly string[] Needed = ["code", "parent", "level", "title"];
    private static readonly HashSet<string> Known = [.. Needed, "stage", "grade", "subject", "edition", "volume", "topics"];

    public static (IReadOnlyList<CatalogueLine>, IReadOnlyList<CatalogueProblem>) Read(string text)
    {
        List<CatalogueProblem> problems = [];
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            BadDataFound = bad => problems.Add(new CatalogueProblem(bad.Context.Parser!.RawRow, "引号不成对，或引号后还有文字。Quotes do not match, or there is text after one.")),
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        if (!parser.Read() || parser.Record is not { } header) return CatalogueFile.Wrong(1, "文件是空的；第一行应为字段名。The file is empty; its first line names the fields.");
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (at, name) in header.Index())
            if (!columns.TryAdd(name, at)) problems.Add(new CatalogueProblem(1, $"字段“{name}”出现了两次。The field \"{name}\" is there twice."));
            else if (!Known.Contains(name.ToLowerInvariant())) problems.Add(new CatalogueProblem(1, $"不认识字段“{name}”；可用 {string.Join("、", Known)}。There is no field \"{name}\"; the fields are {string.Join(", ", Known)}."));
        foreach (var name in Needed.Where(n => !columns.ContainsKey(n))) problems.Add(new CatalogueProblem(1, $"缺少字段 {name}。The field {name} is missing."));
        List<CatalogueLine> lines = [];
        if (problems.Count > 0) return ([], problems);
        while (parser.Read())
        {
            var row = parser.Record!;
            var line = parser.RawRow;
            if (row.Length != header.Length)
            {
                problems.Add(new CatalogueProblem(line, $"有 {row.Length} 个字段，应有 {header.Length} 个；含逗号的文字须加引号。{row.Length} fields where there should be {header.Length}; text with a comma needs quotes."));
                continue;
            }
            lines.Add(new CatalogueLine(line, At("code"), At("parent"), At("level")?.ToLowerInvariant(), At("title"), At("stage"), At("grade"), At("subject"), At("edition"), At("volume"),
                At("topics")?.Split([';', '；'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

            string? At(string field) => columns.TryGetValue(field, out var at) && row[at].Length > 0 ? row[at] : null;
        }
        return problems.Count > 0 ? ([], problems) : (lines, problems);
    }
}
