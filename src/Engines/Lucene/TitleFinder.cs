using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>Titles that go on from what was typed, most used first.</summary>
internal static class TitleFinder
{
    /// <summary>Resources of one title are common (教学设计 …) and give one suggestion, so more are read than asked for.</summary>
    private const int Spare = 4;

    public static IReadOnlyList<TitleSuggestion> Find(Snapshot snapshot, string text, IReadOnlyList<string>? tokens, int first)
    {
        var typed = TitleKeys.Of(text);
        if (typed.Length == 0 || first <= 0) return [];
        var best = new BestHits(first * Spare);
        var beginning = new BytesRef(TitleKeys.Beginning(typed));
        var tokensKey = tokens is null ? "" : string.Join('\n', tokens);
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            var segment = snapshot.Segments[i];
            if (segment.Reader.GetTerms(IndexFields.Beginnings)?.GetEnumerator() is not { } terms || !terms.SeekExact(beginning)) continue;
            var (facts, open) = (segment.Facts, segment.Facts.OpenedBy(tokens, tokensKey));
            var documents = terms.Docs(segment.Reader.LiveDocs, null, DocsFlags.NONE);
            for (var doc = documents.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.NextDoc())
            {
                if ((open[doc >> 6] >> doc & 1) == 0) continue;
                if (typed.Length > TitleKeys.LongestBeginning && !TitleKeys.StartsWith(KeyOf(segment, doc), typed)) continue;
                best.Offer(new Hit(i, doc, facts.Downloads[doc], facts.IdHigh[doc], facts.IdLow[doc]));
            }
        }
        return [.. best.BestFirst().Select(h => new TitleSuggestion(ShownTitle(snapshot, h), h.Id)).DistinctBy(s => s.Text).Take(first)];
    }

    private static string KeyOf(Segment segment, int doc)
    {
        var key = new BytesRef();
        segment.Reader.GetSortedDocValues(IndexFields.TitleKey)?.Get(doc, key);
        return key.Utf8ToString();
    }

    private static string ShownTitle(Snapshot snapshot, Hit hit)
        => snapshot.Segments[hit.Segment].Reader.Document(hit.Document, new HashSet<string> { IndexFields.TitleShown }).Get(IndexFields.TitleShown) ?? "";
}
