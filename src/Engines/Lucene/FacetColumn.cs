using Lucene.Net.Index;
using Lucene.Net.Util;

namespace ResourceHub.Engines.Lucene;

/// <summary>A field's values of every document of a segment as numbers in one array: counting reads it straight through.</summary>
/// <param name="First">The document's only value, -1 when it has none; when it has several, -2 - the place in <paramref name="More"/>.</param>
/// <param name="More">Several values one after another, each list begun by its length.</param>
internal sealed record FacetColumn(int[] First, int[] More)
{
    public static FacetColumn Read(AtomicReader reader, string field, FieldOrdinals ordinals)
    {
        var first = new int[reader.MaxDoc];
        if (reader.GetSortedSetDocValues(field) is not { } set)
        {
            Array.Fill(first, -1);
            return new(first, []);
        }
        var words = new string[set.ValueCount];
        var bytes = new BytesRef();
        for (var i = 0; i < words.Length; i++)
        {
            set.LookupOrd(i, bytes);
            words[i] = bytes.Utf8ToString();
        }
        var numbers = ordinals.NumbersOf(words);
        List<int> more = [], own = [];
        for (var doc = 0; doc < first.Length; doc++)
        {
            own.Clear();
            set.SetDocument(doc);
            for (long ordinal; (ordinal = set.NextOrd()) != SortedSetDocValues.NO_MORE_ORDS;) own.Add(numbers[ordinal]);
            first[doc] = own.Count switch { 0 => -1, 1 => own[0], _ => -2 - more.Count };
            if (own.Count < 2) continue;
            more.Add(own.Count);
            more.AddRange(own);
        }
        return new(first, [.. more]);
    }

    public void Count(int doc, int[] counts)
    {
        var first = First[doc];
        if (first >= 0) counts[first]++;
        else if (first < -1)
            for (var i = -2 - first + 1; i <= -2 - first + More[-2 - first]; i++) counts[More[i]]++;
    }

    public bool HasAny(int doc, bool[] wanted)
    {
        var first = First[doc];
        if (first >= 0) return first < wanted.Length && wanted[first];
        if (first < -1)
            for (var i = -2 - first + 1; i <= -2 - first + More[-2 - first]; i++)
                if (More[i] < wanted.Length && wanted[More[i]]) return true;
        return false;
    }
}
