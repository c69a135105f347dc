using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Engines.Lucene;

/// <summary>What a document is worth beside its text: that it is called as was asked, and, between equals, its age and use.</summary>
internal sealed class Standing
{
    private readonly Snapshot snapshot;
    private readonly List<(BytesRef Name, float Weight)> names = [];

    /// <param name="key">What was asked, as a name; null where it is none.</param>
    public Standing(Snapshot snapshot, string? key)
    {
        this.snapshot = snapshot;
        if (key is null) return;
        Add(NamedAs.Title(key), Recipe.ExactTitle);
        Add(NamedAs.Chapter(key), Recipe.ExactChapter);
    }

    /// <summary>More than this it does not add.</summary>
    public float Most => names.Sum(n => n.Weight) + Recipe.MostRank;

    /// <summary>Adds to the scores of some documents of a segment, given in order.</summary>
    public void AddTo(int segment, ReadOnlySpan<int> documents, Span<float> scores)
    {
        var ranks = snapshot.Segments[segment].Facts.Ranks;
        for (var i = 0; i < documents.Length; i++) scores[i] += ranks[documents[i]];
        foreach (var (name, weight) in names)
        {
            if (snapshot.Segments[segment].Reader.GetTerms(IndexFields.Names)?.GetEnumerator() is not { } terms || !terms.SeekExact(name)) continue;
            var called = terms.Docs(null, null, DocsFlags.NONE);
            var at = -1;
            for (var i = 0; i < documents.Length && at != DocIdSetIterator.NO_MORE_DOCS; i++)
            {
                if (at < documents[i]) at = called.Advance(documents[i]);
                if (at == documents[i]) scores[i] += weight;
            }
        }
    }

    private void Add(string name, float weight)
    {
        var bytes = new BytesRef(name);
        if (snapshot.Segments.Any(s => s.Reader.GetTerms(IndexFields.Names)?.GetEnumerator() is { } terms && terms.SeekExact(bytes))) names.Add((bytes, weight));
    }
}
