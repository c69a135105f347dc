using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using ResourceHub.Core.Search;
using ResourceHub.Core.Text;
using ResourceHub.Engines.Analysis;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// Makes the two lines of a bulk request that put a resource, or the mark of a removed one, into the index. Its text is folded and cut here, once, as for the
/// embedded engine: what both hold of it is then the same, whatever tables of Unicode the server has. Not thread-safe.
/// </summary>
internal sealed class DocumentLines
{
    /// <summary>Bytes of one document. A server takes no larger request by default than 100 MB, and one of 1 GB no more than 100 MB of all writes together.</summary>
    public const int MostBytes = 32_000_000;

    /// <summary>Numbers of versions end there.</summary>
    private const long HighestVersion = 9_000_000_000_000_000_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = ClientJson.Encoder, SkipValidation = true };

    private readonly WordScanner scanner = new();
    private readonly List<Word> words = [];
    private readonly List<Term> pairs = [];
    private readonly StringBuilder singles = new();
    private readonly StringBuilder cut = new();
    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>How many passages of the last resource had no room.</summary>
    public int LeftOut { get; private set; }

    public BulkLines Of(ResourceDocument resource)
    {
        LeftOut = 0;
        singles.Clear();
        bytes.ResetWrittenCount();
        using var json = new Utf8JsonWriter(bytes, Options);
        WriteAction(json, resource.Id, VersionOf(resource.Revision, isRemoval: false));
        json.WriteStartObject();
        WriteIdentity(json, resource.Id, resource.Revision, isGone: false);
        WriteStrings(json, IndexFields.Access, resource.AccessTokens);
        json.WriteString(IndexFields.Title, Pairs(resource.Title));
        json.WriteString(IndexFields.TitleSingles, singles.ToString());
        WritePhrases(json, resource);
        json.WriteStartArray(IndexFields.All);
        foreach (var part in (IEnumerable<string?>)[resource.Description, .. resource.Extra])
            if (part is not null) json.WriteStringValue(Pairs(part));
        json.WriteEndArray();
        foreach (var (facet, values) in resource.Values) WriteStrings(json, IndexFields.Of(facet), [.. values.Distinct()]);
        WriteStrings(json, IndexFields.Names, NamedAs.Of(resource));
        json.WriteNumber(IndexFields.Rank, Recipe.Rank(resource.CreatedAt, resource.Downloads));
        json.WriteNumber(IndexFields.Created, resource.CreatedAt.Ticks);
        json.WriteNumber(IndexFields.Downloads, resource.Downloads);
        WritePassages(json, resource.Passages);
        json.WriteString(IndexFields.AllSingles, singles.ToString());
        json.WriteEndObject();
        return End(json, resource.Id);
    }

    public BulkLines Of(Removal removal)
    {
        bytes.ResetWrittenCount();
        using var json = new Utf8JsonWriter(bytes, Options);
        WriteAction(json, removal.Id, VersionOf(removal.Revision, isRemoval: true));
        json.WriteStartObject();
        WriteIdentity(json, removal.Id, removal.Revision, isGone: true);
        json.WriteEndObject();
        return End(json, removal.Id);
    }

    /// <summary>Two versions to a revision, so that a removal beats a document of the same revision, whichever comes first.</summary>
    public static long VersionOf(long revision, bool isRemoval) => revision >= HighestVersion / 2 ? HighestVersion : 2 * revision + (isRemoval ? 1 : 0);

    /// <summary>An equal version is written again (gte): what belongs to a resource but has no revision of its own, such as its school's name, may have changed.</summary>
    private void WriteAction(Utf8JsonWriter json, Guid id, long version)
    {
        json.WriteStartObject();
        json.WriteStartObject("index");
        json.WriteString("_id", id.ToString("n"));
        json.WriteNumber("version", version);
        json.WriteString("version_type", "external_gte");
        json.WriteEndObject();
        json.WriteEndObject();
        NewLine(json);
    }

    private void WritePassages(Utf8JsonWriter json, IReadOnlyList<Passage> passages)
    {
        if (passages.Count == 0) return;
        json.WriteStartArray(IndexFields.Passages);
        for (var i = 0; i < passages.Count; i++)
        {
            // The single characters of what was written are still to come.
            if (bytes.WrittenCount + json.BytesPending + 3 * singles.Length > MostBytes)
            {
                LeftOut = passages.Count - i;
                break;
            }
            var source = passages[i].Source;
            json.WriteStartObject();
            json.WriteString("text", Pairs(passages[i].Text));
            if (source.Field != "text") json.WriteString("field", source.Field);
            if (source.FileId is { } file) json.WriteString("file", file.ToString("n"));
            json.WriteNumber("section", source.Section);
            json.WriteNumber("start", source.Start);
            json.WriteNumber("length", source.Length);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteIdentity(Utf8JsonWriter json, Guid id, long revision, bool isGone)
    {
        json.WriteString(IndexFields.Id, id.ToString("n"));
        json.WriteNumber(IndexFields.Revision, revision);
        json.WriteBoolean(IndexFields.Gone, isGone);
    }

    private static void WritePhrases(Utf8JsonWriter json, ResourceDocument resource)
    {
        var phrases = Phrases.Of(resource);
        List<string> keys = [.. phrases.Select(p => TitleKeys.Of(p.Text)).Distinct()];
        json.WriteString(IndexFields.TitleKey, TitleKeys.Of(resource.Title));
        json.WriteString(IndexFields.Phrases, Phrases.Write(phrases));
        WriteStrings(json, IndexFields.Starts, [.. keys.SelectMany(TitleKeys.StartsOf).Distinct()]);
        WriteStrings(json, IndexFields.SoundStarts, [.. keys.SelectMany(SoundKeys.WholeOf).Distinct()]);
        WriteStrings(json, IndexFields.InitialStarts, [.. keys.SelectMany(SoundKeys.InitialsOf).Distinct()]);
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyCollection<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>A text in pairs of characters and words, with a blank between; its single characters and words go to <see cref="singles"/>.</summary>
    private string Pairs(string text)
    {
        var folded = SearchText.Of(text);
        words.Clear();
        pairs.Clear();
        cut.Clear();
        scanner.Scan(folded, words);
        foreach (var word in words) singles.Append(singles.Length > 0 ? " " : "").Append(word.Text);
        HanPairs.Read(CollectionsMarshal.AsSpan(words), folded, 0, pairs);
        foreach (var pair in pairs) cut.Append(cut.Length > 0 ? " " : "").Append(pair.Text);
        return cut.ToString();
    }

    private BulkLines End(Utf8JsonWriter json, Guid id)
    {
        NewLine(json);
        return new(id, bytes.WrittenSpan.ToArray());
    }

    private void NewLine(Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset();
        bytes.Write("\n"u8);
    }
}
