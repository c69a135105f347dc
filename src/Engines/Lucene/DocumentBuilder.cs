using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Lucene.Net.Documents;
using Lucene.Net.Util;
using ResourceHub.Core.Search;
using ResourceHub.Core.Text;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// Makes Lucene's document of a resource: its text is folded and cut once, for the fields of pairs and of single characters and for the places of its
/// passages. Made for one thread; each document must be written before the next is made.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Token streams hold no more than memory.")]
internal sealed class DocumentBuilder
{
    // Longer than any phrase asked for: words of title and description do not make a phrase.
    private const int PartGap = 100;

    private readonly WordScanner scanner = new();
    private readonly List<Word> words = [];
    private readonly List<Term> pairs = [];
    private readonly Dictionary<string, int> singles = [];
    private readonly List<Term> titlePairs = [];
    private List<KeyValuePair<string, int>> titleSingles = [];
    private readonly TermStream pairStream = new(), singleStream = new(), titlePairStream = new(), titleSingleStream = new();

    public Document Of(ResourceDocument resource)
    {
        pairs.Clear();
        singles.Clear();
        titlePairs.Clear();
        var position = Add(resource.Title, 0);
        titlePairs.AddRange(pairs);
        titleSingles = [.. singles];
        foreach (var part in (IEnumerable<string?>)[resource.Description, .. resource.Extra])
            if (part is not null) position = Add(part, position + PartGap);
        position += PartGap;
        var map = new PassageMap(new int[resource.Passages.Count], new PassageSource[resource.Passages.Count]);
        for (var i = 0; i < resource.Passages.Count; i++)
        {
            (map.Starts[i], map.Sources[i]) = (position, resource.Passages[i].Source);
            position = Add(resource.Passages[i].Text, position) + 1;
        }

        var document = Of(resource.Id, resource.Revision);
        foreach (var token in resource.AccessTokens) document.Add(new Field(IndexFields.Access, token, IndexFields.Exact));
        document.Add(new Field(IndexFields.All, pairStream.Of(pairs), IndexFields.WithPositions));
        document.Add(new Field(IndexFields.AllSingles, singleStream.Of([.. singles]), IndexFields.WithFrequencies));
        document.Add(new Field(IndexFields.Title, titlePairStream.Of(titlePairs), IndexFields.WithFrequencies));
        document.Add(new Field(IndexFields.TitleSingles, titleSingleStream.Of(titleSingles), IndexFields.WithFrequencies));
        document.Add(new SortedDocValuesField(IndexFields.TitleKey, new BytesRef(TitleKeys.Of(resource.Title))));
        AddPhrases(document, Phrases.Of(resource));
        foreach (var (facet, values) in resource.Values)
            foreach (var value in values.Distinct())
                document.Add(new SortedSetDocValuesField(IndexFields.Of(facet), new BytesRef(value)));
        foreach (var name in NamedAs.Of(resource)) document.Add(new Field(IndexFields.Names, name, IndexFields.Exact));
        document.Add(new NumericDocValuesField(IndexFields.Rank, BitConverter.SingleToInt32Bits(Recipe.Rank(resource.CreatedAt, resource.Downloads))));
        document.Add(new NumericDocValuesField(IndexFields.Created, resource.CreatedAt.Ticks));
        document.Add(new NumericDocValuesField(IndexFields.Downloads, resource.Downloads));
        if (map.Starts.Length > 0) document.Add(new BinaryDocValuesField(IndexFields.Passages, new BytesRef(map.Write())));
        return document;
    }

    /// <summary>What stays of a removed resource.</summary>
    public static Document Of(Removal removal)
    {
        var document = Of(removal.Id, removal.Revision);
        document.Add(new NumericDocValuesField(IndexFields.Gone, 1));
        return document;
    }

    private static Document Of(Guid id, long revision)
    {
        var (high, low) = Halves(id);
        return
        [
            new StringField(IndexFields.Id, id.ToString("n"), Field.Store.NO),
            new NumericDocValuesField(IndexFields.IdHigh, (long)high),
            new NumericDocValuesField(IndexFields.IdLow, (long)low),
            new NumericDocValuesField(IndexFields.Revision, revision),
        ];
    }

    /// <summary>An id as two numbers that sort as its digits do.</summary>
    public static (ulong High, ulong Low) Halves(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
    }

    public static Guid Whole(ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new Guid(bytes, bigEndian: true);
    }

    private static void AddPhrases(Document document, IReadOnlyList<(SuggestionKind Kind, string Text)> phrases)
    {
        document.Add(new BinaryDocValuesField(IndexFields.Phrases, new BytesRef(Phrases.Write(phrases))));
        List<string> keys = [.. phrases.Select(p => TitleKeys.Of(p.Text)).Distinct()];
        Add(IndexFields.Beginnings, keys.SelectMany(TitleKeys.BeginningsOf));
        Add(IndexFields.SoundBeginnings, SoundKeys.Beginnings(keys.SelectMany(SoundKeys.WholeOf), SoundKeys.LongestBeginning));
        Add(IndexFields.InitialBeginnings, SoundKeys.Beginnings(keys.SelectMany(SoundKeys.InitialsOf), SoundKeys.LongestInitials));

        void Add(string field, IEnumerable<string> beginnings)
        {
            foreach (var beginning in beginnings.Distinct()) document.Add(new Field(field, beginning, IndexFields.Exact));
        }
    }

    /// <summary>Adds a text's terms from a position on; the position after its last.</summary>
    private int Add(string text, int position)
    {
        var folded = SearchText.Of(text);
        words.Clear();
        scanner.Scan(folded, words);
        foreach (var word in words) CollectionsMarshal.GetValueRefOrAddDefault(singles, word.Text, out _)++;
        return HanPairs.Read(CollectionsMarshal.AsSpan(words), folded, position, pairs);
    }
}
