using Lucene.Net.Documents;
using Lucene.Net.Index;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>The names in the index, and how each field is kept. A change here or in the analysis is a new <see cref="Layout"/>: an older index is then rebuilt.</summary>
internal static class IndexFields
{
    public const string Layout = "5";

    public const string Id = "id";
    public const string IdHigh = "idHigh";
    public const string IdLow = "idLow";
    public const string Revision = "revision";

    /// <summary>1 on what is left of a removed resource: its id and revision, so that a late write does not bring it back.</summary>
    public const string Gone = "gone";

    public const string Access = "access";

    /// <summary>Everything, in pairs of characters.</summary>
    public const string All = "all";

    /// <summary>Everything, in single characters.</summary>
    public const string AllSingles = "all.uni";

    public const string Title = "title";
    public const string TitleSingles = "title.uni";

    /// <summary>Title, topics and chapter as they are shown: <see cref="ResourceHub.Engines.Analysis.Phrases"/>.</summary>
    public const string Phrases = "phrases";

    /// <summary>The title folded: what titles are sorted by.</summary>
    public const string TitleKey = "titleKey";

    /// <summary>Beginnings of the phrases and of their words.</summary>
    public const string Beginnings = "beginnings";

    /// <summary>How the phrases sound from each of their Chinese characters on: beginnings in letters, and in first letters.</summary>
    public const string SoundBeginnings = "sounds";

    public const string InitialBeginnings = "initials";

    /// <summary>Which positions of <see cref="All"/> are which passage.</summary>
    public const string Passages = "passages";

    /// <summary>What it is called as a whole: <see cref="ResourceHub.Engines.Analysis.NamedAs"/>.</summary>
    public const string Names = "names";

    /// <summary>What its age and use add to its score, as the bits of the number.</summary>
    public const string Rank = "rank";

    public const string Created = "created";
    public const string Downloads = "downloads";

    /// <summary>The fields that are searched, in the order of their norms in <see cref="SegmentFacts"/>.</summary>
    public static readonly string[] Searched = [All, AllSingles, Title, TitleSingles];

    public static readonly FieldType WithPositions = Kept(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS, omitNorms: false);
    public static readonly FieldType WithFrequencies = Kept(IndexOptions.DOCS_AND_FREQS, omitNorms: false);
    public static readonly FieldType Exact = Kept(IndexOptions.DOCS_ONLY, omitNorms: true);

    public static readonly FacetName[] Facets = Enum.GetValues<FacetName>();
    private static readonly string[] FacetFields = [.. Facets.Select(f => $"facet.{f}")];

    public static string Of(FacetName facet) => FacetFields[(int)facet];

    private static FieldType Kept(IndexOptions options, bool omitNorms)
        => new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = omitNorms, IndexOptions = options }.Freeze();
}
