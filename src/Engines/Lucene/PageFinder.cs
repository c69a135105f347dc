using System.Buffers;
using System.Globalization;
using System.Text;
using Lucene.Net.Util;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>One search over one snapshot: matches and counts in one pass, then the page, then its passages.</summary>
internal sealed class PageFinder(Snapshot snapshot, SearchRequest request, FieldOrdinals[] ordinals)
{
    private readonly Selection selection = new(request, ordinals);
    private readonly Question? question = Question.Of(request.Text);

    public SearchPage Find()
    {
        using var scoring = question is null && request.Boosts is null or [] ? null : new Scoring(snapshot, question, request.Boosts ?? [], ordinals);
        // One more than the page tells whether another follows.
        var isRanked = request.Sort == SearchSort.Relevance && scoring is not null;
        var best = isRanked ? Ranked(scoring!) : request.Sort == SearchSort.Title ? ByTitle(scoring) : ByNumber(scoring);
        var page = best.Take(request.First).ToList();
        var passages = scoring is null || question is null || request.Passages == 0 ? null : new PassageFinder(snapshot, scoring, question).Find(page, request.Passages);
        return new SearchPage(
            request.WithTotal ? selection.Total : -1,
            page.ConvertAll(h => new SearchHit(h.Id, PositionOf(h), passages?[h] ?? [])),
            best.Count > page.Count,
            selection.Counts(request.Facets));
    }

    private List<Hit> Ranked(Scoring scoring)
    {
        var ranking = new Ranking(snapshot, scoring, request.First + 1, AfterNumber());
        for (var i = 0; i < snapshot.Segments.Length; i++) Visit(i, scoring, ranking.Add);
        return ranking.Best();
    }

    private List<Hit> ByNumber(Scoring? scoring)
    {
        var best = new BestHits(request.First + 1);
        var after = AfterNumber();
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            var facts = snapshot.Segments[i].Facts;
            var keys = request.Sort == SearchSort.MostUsed ? facts.Downloads : facts.Created;
            Visit(i, scoring, (segment, doc, _, _) => Offer(best, new Hit(segment, doc, keys[doc], facts.IdHigh[doc], facts.IdLow[doc]), after));
        }
        return best.BestFirst();
    }

    /// <summary>Titles compare by their order within a segment; between segments the best of each are compared by their words.</summary>
    private List<Hit> ByTitle(Scoring? scoring)
    {
        List<(Hit Hit, byte[] Title)> merged = [];
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            var best = new BestHits(request.First + 1);
            var (facts, after) = (snapshot.Segments[i].Facts, AfterTitle(i));
            Visit(i, scoring, (segment, doc, _, _) => Offer(best, new Hit(segment, doc, -2L * facts.TitleOrder[doc], facts.IdHigh[doc], facts.IdLow[doc]), after));
            merged.AddRange(best.BestFirst().Select(h => (h, Encoding.UTF8.GetBytes(TitleOf(h)))));
        }
        merged.Sort((a, b) =>
        {
            var order = a.Title.AsSpan().SequenceCompareTo(b.Title);
            return order != 0 ? order : (a.Hit with { Key = 0 }).IsBetterThan(b.Hit with { Key = 0 }) ? -1 : 1;
        });
        return merged.Take(request.First + 1).Select(m => m.Hit).ToList();
    }

    private static void Offer(BestHits best, Hit hit, Hit? after)
    {
        if (after is null || after.Value.IsBetterThan(hit)) best.Offer(hit);
    }

    /// <summary>Calls back for every match of a segment.</summary>
    private void Visit(int index, Scoring? scoring, Action<int, int, float, bool> found)
    {
        var segment = snapshot.Segments[index];
        var pass = selection.Pass(segment);
        if (scoring is null)
        {
            for (var word = 0; word < pass.Open.Length; word++)
                for (var bits = pass.Open[word]; bits != 0; bits &= bits - 1)
                {
                    var doc = (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                    if (pass.Takes(doc)) found(index, doc, 0, false);
                }
            return;
        }
        var (scores, counts) = scoring.Match(index);
        var all = scoring.AllTerms;
        for (var doc = 0; doc < segment.Facts.MaxDoc; doc++)
        {
            var step = scores.AsSpan(doc, segment.Facts.MaxDoc - doc).IndexOfAnyExcept(0f);
            if (step < 0) break;
            doc += step;
            if (pass.Takes(doc)) found(index, doc, scores[doc], counts[doc] >= all);
        }
        ArrayPool<float>.Shared.Return(scores);
        ArrayPool<byte>.Shared.Return(counts);
    }

    private Hit? AfterNumber()
    {
        if (request.After is not { } after || !long.TryParse(after.Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)) return null;
        var (high, low) = DocumentBuilder.Halves(after.Id);
        return new Hit(0, 0, key, high, low);
    }

    private Hit? AfterTitle(int segment)
    {
        if (request.After is not { } after) return null;
        var (high, low) = DocumentBuilder.Halves(after.Id);
        var titles = snapshot.Segments[segment].Reader.GetSortedDocValues(IndexFields.TitleKey);
        var order = titles?.LookupTerm(new BytesRef(after.Key)) ?? -1;
        // Between two titles of this segment: an odd number, so that nothing is equal to it.
        return new Hit(0, 0, order >= 0 ? -2L * order : -2L * (-order - 1) + 1, high, low);
    }

    private SearchPosition PositionOf(Hit hit) => new(request.Sort == SearchSort.Title ? TitleOf(hit) : hit.Key.ToString(CultureInfo.InvariantCulture), hit.Id);

    private string TitleOf(Hit hit)
    {
        var title = new BytesRef();
        snapshot.Segments[hit.Segment].Reader.GetSortedDocValues(IndexFields.TitleKey)?.Get(hit.Document, title);
        return title.Utf8ToString();
    }
}
