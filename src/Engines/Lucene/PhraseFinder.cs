using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>Titles, topics and chapters that go on from what was typed, by the most used resources that have them.</summary>
internal sealed class PhraseFinder(Snapshot snapshot, SuggestRequest request)
{
    /// <summary>Resources share phrases (教学设计 …), so more resources are read than phrases are asked for.</summary>
    private const int Spare = 4;

    /// <summary>So few are looked at one by one.</summary>
    private const int Few = 200;

    private readonly TypedPhrase typed = TypedPhrase.Of(request);
    private readonly string tokensKey = request.AccessTokens is null ? "" : string.Join('\n', request.AccessTokens);

    public IReadOnlyList<SuggestedPhrase> Find()
    {
        List<SuggestedPhrase> found = [];
        foreach (var way in typed.Ways)
            if (found.Count < request.First) found.AddRange(typed.Fitting(way, Best(way)).ExceptBy(found.ConvertAll(f => f.Text), s => s.Text));
        return [.. found.Take(request.First)];
    }

    private IEnumerable<(Guid Id, string Phrases)> Best(PhraseLookup way)
    {
        var key = typed.Key(way);
        var (field, longest) = way switch
        {
            PhraseLookup.Written => (IndexFields.Beginnings, TitleKeys.LongestBeginning),
            PhraseLookup.Sound => (IndexFields.SoundBeginnings, SoundKeys.LongestBeginning),
            _ => (IndexFields.InitialBeginnings, SoundKeys.LongestInitials),
        };
        var beginning = new BytesRef(key.Length <= longest ? key : key[..longest]);
        var best = new BestHits(request.First * Spare);
        for (var i = 0; i < snapshot.Segments.Length; i++)
        {
            var segment = snapshot.Segments[i];
            if (segment.Reader.GetTerms(field)?.GetEnumerator() is not { } terms || !terms.SeekExact(beginning)) continue;
            var facts = segment.Facts;
            var open = segment.Without(request.LeftOut ?? [], facts.OpenedBy(request.AccessTokens, tokensKey));
            var phrases = key.Length > longest ? segment.Reader.GetBinaryDocValues(IndexFields.Phrases) : null;
            var documents = terms.Docs(segment.Reader.LiveDocs, null, DocsFlags.NONE);
            if (way == PhraseLookup.Sound && typed.SoundEnds.Count > 0 && terms.DocFreq > Few) open = Ending(terms, open);
            for (var doc = documents.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.NextDoc())
            {
                if ((open[doc >> 6] >> doc & 1) == 0) continue;
                var hit = new Hit(i, doc, facts.Downloads[doc], facts.IdHigh[doc], facts.IdLow[doc]);
                // To read its phrases costs most: only of those that would be among the best.
                if (!best.Takes(hit) || phrases is not null && !Phrases.Read(Read(phrases, doc)).Any(p => typed.Fits(way, p.Text))) continue;
                best.Offer(hit);
            }
        }
        return best.BestFirst().Select(h => (h.Id, Read(snapshot.Segments[h.Segment].Reader.GetBinaryDocValues(IndexFields.Phrases)!, h.Document)));
    }

    /// <summary>Those of some documents that can sound to the end as was typed.</summary>
    private ulong[] Ending(TermsEnum terms, ulong[] open)
    {
        var ending = new ulong[open.Length];
        DocsEnum? documents = null;
        foreach (var end in typed.SoundEnds)
        {
            if (!terms.SeekExact(new BytesRef(end))) continue;
            documents = terms.Docs(null, documents, DocsFlags.NONE);
            for (var doc = documents.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.NextDoc()) ending[doc >> 6] |= 1UL << doc;
        }
        for (var i = 0; i < ending.Length; i++) ending[i] &= open[i];
        return ending;
    }

    private static string Read(BinaryDocValues values, int doc)
    {
        var bytes = new BytesRef();
        values.Get(doc, bytes);
        return bytes.Utf8ToString();
    }
}
