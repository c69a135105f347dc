using System.Text.Json.Nodes;
using ResourceHub.Engines.Lucene;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>One index: documents by id with their versions, and the view that the last refresh gave to searches.</summary>
internal sealed class ImitatedIndex(JsonNode mappings)
{
    private readonly Dictionary<string, ImitatedDocument> documents = [];

    public JsonObject Aliases { get; init; } = [];
    public JsonNode? Meta { get; set; }
    public JsonNode? Blocks { get; set; }
    public ImitatedView View { get; private set; } = new([]);

    public void Refresh() => View = new([.. documents.Values]);

    public string? TypeOf(string field) => Property(field)?["type"]?.GetValue<string>();

    /// <summary>The outcome of one index action, in the words of the server.</summary>
    public (int Status, string? Error, string? Reason) Put(string id, long version, string versionType, JsonObject source)
    {
        if (Blocks?["read_only_allow_delete"] is not null) return (429, "cluster_block_exception", "blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]");
        var held = documents.GetValueOrDefault(id);
        if (held is not null && (versionType == "external" ? version <= held.Version : version < held.Version))
            return (409, "version_conflict_engine_exception", $"[{id}]: version conflict, current version [{held.Version}] is higher or equal to the one provided [{version}]");
        if (Unknown(source, "") is { } unknown) return (400, "strict_dynamic_mapping_exception", $"mapping set to strict, dynamic introduction of [{unknown}] within [_doc] is not allowed");
        documents[id] = new(id, version, source, Cut(source));
        return (held is null ? 201 : 200, null, null);
    }

    private string? Unknown(JsonObject source, string prefix)
    {
        foreach (var (name, value) in source)
        {
            if (Property(prefix + name) is null) return prefix + name;
            if (value is not JsonArray array) continue;
            foreach (var item in array.OfType<JsonObject>()) if (Unknown(item, name + ".") is { } unknown) return unknown;
        }
        return null;
    }

    private JsonNode? Property(string field)
    {
        var parts = field.Split('.');
        var found = mappings["properties"]?[parts[0]];
        return parts.Length == 1 ? found : found?["properties"]?[parts[1]];
    }

    /// <summary>Text fields as terms with positions, copied where the mapping says so.</summary>
    private Dictionary<string, ImitatedText> Cut(JsonObject source)
    {
        var texts = new Dictionary<string, ImitatedText>();
        foreach (var (name, value) in source)
        {
            if (name == "passages") foreach (var passage in value!.AsArray()) Add("passages.text", passage!["text"]!.GetValue<string>(), isNested: true);
            else if (TypeOf(name) == "text") foreach (var text in value is JsonArray several ? several.Select(v => v!.GetValue<string>()) : [value!.GetValue<string>()]) Add(name, text, isNested: false);
        }
        return texts;

        void Add(string field, string text, bool isNested)
        {
            if (!isNested) Text(field).Add(text);
            if (Property(field)?["copy_to"]?.GetValue<string>() is { } copy) Text(copy).Add(text);
        }

        ImitatedText Text(string field) => texts.TryGetValue(field, out var text) ? text : texts[field] = new();
    }
}

internal sealed record ImitatedDocument(string Id, long Version, JsonObject Source, Dictionary<string, ImitatedText> Texts)
{
    private List<ImitatedDocument>? passages;

    /// <summary>Its nested documents.</summary>
    public IReadOnlyList<ImitatedDocument> Passages => passages ??= [.. (Source["passages"]?.AsArray() ?? []).Select(p =>
    {
        var text = new ImitatedText();
        text.Add(p!["text"]!.GetValue<string>());
        return new ImitatedDocument(Id, Version, p.AsObject(), new() { ["passages.text"] = text });
    })];
}

/// <summary>The terms of one text field of one document.</summary>
internal sealed class ImitatedText
{
    private const int Gap = 100;
    private int next;

    public Dictionary<string, List<int>> Positions { get; } = [];

    public int Length { get; private set; }

    /// <summary>As Lucene keeps a length, in one byte.</summary>
    public int KeptLength => LengthNorm.Decode(LengthNorm.Encode(Length));

    public void Add(string text)
    {
        if (Length > 0) next += Gap;
        foreach (var token in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            (Positions.TryGetValue(token, out var places) ? places : Positions[token] = []).Add(next++);
            Length++;
        }
    }
}

/// <summary>What searches see until the next refresh.</summary>
internal sealed class ImitatedView(IReadOnlyList<ImitatedDocument> documents)
{
    private readonly Dictionary<string, (int Documents, float Average)> lengths = [];
    private readonly Dictionary<(string, string), int> frequencies = [];

    public IReadOnlyList<ImitatedDocument> Documents => documents;

    public float Score(ImitatedDocument document, string field, string term, float boost)
        => document.Texts.GetValueOrDefault(field)?.Positions.GetValueOrDefault(term) is { } places ? Score(document, field, [term], places.Count, boost) : 0;

    /// <summary>BM25 as Elasticsearch explains it: boost × 2.2 × idf × freq / (freq + k1 × (1 − b + b × dl / avgdl)).</summary>
    public float Score(ImitatedDocument document, string field, IReadOnlyList<string> terms, int frequency, float boost)
    {
        if (frequency == 0) return 0;
        var (count, average) = Lengths(field);
        float idf = 0;
        foreach (var term in terms)
        {
            var with = Frequency(field, term);
            idf += (float)Math.Log(1 + (count - with + 0.5) / (with + 0.5));
        }
        var b = field == "passages.text" ? 0 : 0.75f;
        var length = 1.2f * (1 - b + b * document.Texts[field].KeptLength / average);
        return boost * 2.2f * idf * (frequency / (frequency + length));
    }

    private (int Documents, float Average) Lengths(string field)
    {
        if (lengths.TryGetValue(field, out var known)) return known;
        var texts = With(field).Select(d => d.Texts[field]).ToList();
        return lengths[field] = (texts.Count, texts.Count == 0 ? 1 : (float)(texts.Sum(t => (long)t.Length) / (double)texts.Count));
    }

    private int Frequency(string field, string term)
        => frequencies.TryGetValue((field, term), out var known) ? known : frequencies[(field, term)] = With(field).Count(d => d.Texts[field].Positions.ContainsKey(term));

    private IEnumerable<ImitatedDocument> With(string field)
        => (field.StartsWith("passages.", StringComparison.Ordinal) ? documents.SelectMany(d => d.Passages) : documents).Where(d => d.Texts.GetValueOrDefault(field) is { Length: > 0 });
}
