using System.Text.Json;
using System.Text.Json.Nodes;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// The names in the index; how each is kept is in resource-index.json. Text comes already cut (<see cref="ResourceHub.Engines.Analysis"/>), so fields of text
/// only part at blanks. A change there or in the analysis is a new <see cref="Layout"/>: an older index is then filled anew.
/// </summary>
internal static class IndexFields
{
    public const int Layout = 3;

    public const string Id = "id";
    public const string Revision = "revision";

    /// <summary>true on what is left of a removed resource. A deleted document would be forgotten after a minute, and a late write would bring it back.</summary>
    public const string Gone = "gone";

    public const string Access = "access";

    /// <summary>Everything, in pairs of characters; title and passages come in by copy_to.</summary>
    public const string All = "all";

    /// <summary>Everything, in single characters.</summary>
    public const string AllSingles = "allSingles";

    public const string Title = "title";
    public const string TitleSingles = "titleSingles";
    public const string TitleKey = "titleKey";

    /// <summary>Title, topics and chapter as they are shown: <see cref="ResourceHub.Engines.Analysis.Phrases"/>.</summary>
    public const string Phrases = "phrases";

    /// <summary>The phrases' keys from each of their words on: what was typed is looked up as a prefix.</summary>
    public const string Starts = "starts";

    /// <summary>How they sound from each of their Chinese characters on, in letters and in first letters.</summary>
    public const string SoundStarts = "sounds";

    public const string InitialStarts = "initials";

    /// <summary>What it is called as a whole: <see cref="ResourceHub.Engines.Analysis.NamedAs"/>.</summary>
    public const string Names = "names";

    /// <summary>What its age and use add to its score, in the embedded engine's scale.</summary>
    public const string Rank = "rank";

    /// <summary>In ticks: the same number that the embedded engine sorts and compares by.</summary>
    public const string Created = "created";

    public const string Downloads = "downloads";

    public const string Passages = "passages";
    public const string PassageText = "passages.text";

    public static readonly string[] PassagePlace = ["passages.field", "passages.file", "passages.section", "passages.start", "passages.length"];

    private static readonly string[] Facets = [.. Enum.GetNames<FacetName>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Of(FacetName facet) => Facets[(int)facet];

    /// <summary>The template of all indexes of this layout.</summary>
    public static JsonObject Template(string pattern, ElasticsearchSettings settings)
    {
        using var file = typeof(IndexFields).Assembly.GetManifestResourceStream(typeof(IndexFields), "resource-index.json")!;
        var template = JsonNode.Parse(file)!.AsObject();
        var index = template["settings"]!["index"]!;
        index["number_of_shards"] = settings.Shards;
        if (settings.Replicas.Contains('-', StringComparison.Ordinal)) index["auto_expand_replicas"] = settings.Replicas;
        else index["number_of_replicas"] = settings.Replicas;
        return new JsonObject { ["index_patterns"] = new JsonArray(pattern), ["priority"] = 200, ["template"] = template };
    }
}
