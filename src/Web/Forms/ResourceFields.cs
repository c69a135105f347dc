using ResourceHub.Web.Hub;
using ResourceHub.Web.Language;

namespace ResourceHub.Web.Forms;

/// <summary>The metadata of a resource between its form and the API.</summary>
public static class ResourceFields
{
    private static readonly string[] Single = ["title", "description", "kind", "stage", "subject", "edition", "volume", "chapter", "language", "licence"];
    private static readonly string[] Roles = ["author", "teacher", "editor", "reviewer"];
    private static readonly char[] Commas = [',', '，', '、', ';', '；', '\n', '\r'];

    /// <summary>Everything that was typed.</summary>
    /// <param name="clears">What was left empty clears what is there; without it, it is not said.</param>
    public static Dictionary<string, object?> Of(Posted posted, Texts texts, bool clears)
    {
        var input = new Dictionary<string, object?> { ["clientMutationId"] = posted.Key };
        foreach (var field in Single) input[field] = posted.Text(field) ?? (clears || field == "title" ? "" : null);
        input["kind"] = posted.Text("kind") ?? (clears ? null : "");
        input["language"] = posted.Text("language");
        input["grades"] = posted.All("grades");
        input["keywords"] = posted.Text("keywords")?.Split(Commas, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        input["contributors"] = Contributors(posted.Text("contributors"), texts);
        return input;
    }

    public static string Keywords(IReadOnlyList<string> keywords, Texts texts) => string.Join(texts["list"], keywords);

    /// <summary>One a line: the name, and the part played where it is not the author's.</summary>
    public static string Contributors(IReadOnlyList<Contributor> contributors, Texts texts)
        => string.Join('\n', contributors.Select(c => c.Role == Roles[0] ? c.Name : $"{c.Name}{texts["list.pair"]}{texts.Find("role." + c.Role) ?? c.Role}"));

    private static List<object> Contributors(string? typed, Texts texts)
        => [.. (typed ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => Contributor(line, texts))];

    private static object Contributor(string line, Texts texts)
    {
        var at = line.LastIndexOfAny([',', '，', ':', '：']);
        var said = at < 0 ? "" : line[(at + 1)..].Trim();
        var role = Roles.FirstOrDefault(r => said.Equals(r, StringComparison.OrdinalIgnoreCase) || said.Equals(texts["role." + r], StringComparison.OrdinalIgnoreCase) || said == Texts.Chinese["role." + r]);
        return role is null ? new { name = line, role = Roles[0] } : new { name = line[..at].Trim(), role };
    }
}
