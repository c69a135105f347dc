using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>Guards against late writes: what the index holds of a resource, or of its removal, and what was put in since that could be read.</summary>
internal sealed class HeldRevisions(Snapshot snapshot)
{
    private readonly TermsEnum?[] ids = [.. snapshot.Segments.Select(s => s.Reader.GetTerms(IndexFields.Id)?.GetEnumerator())];
    private readonly Dictionary<Guid, (long Revision, bool IsRemoval)> pending = [];
    private DocsEnum? documents;

    /// <summary>False when something newer is held. A removal beats a document of the same revision, whichever comes first.</summary>
    public bool Accept(Guid id, long revision, bool isRemoval)
    {
        if ((pending.TryGetValue(id, out var held) || TryFind(id, out held)) && (revision < held.Revision || revision == held.Revision && held.IsRemoval && !isRemoval)) return false;
        pending[id] = (revision, isRemoval);
        return true;
    }

    public IReadOnlyDictionary<Guid, HeldDocument> Find(IReadOnlyCollection<Guid> of)
    {
        var found = new Dictionary<Guid, HeldDocument>(of.Count);
        foreach (var id in of)
            if (TryFind(id, out var held)) found[id] = new(held.Revision, held.IsRemoval);
        return found;
    }

    private bool TryFind(Guid id, out (long Revision, bool IsRemoval) held)
    {
        var bytes = new BytesRef(id.ToString("n"));
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] is not { } terms || !terms.SeekExact(bytes)) continue;
            var segment = snapshot.Segments[i];
            documents = terms.Docs(segment.Reader.LiveDocs, documents, DocsFlags.NONE);
            var doc = documents.NextDoc();
            if (doc == DocIdSetIterator.NO_MORE_DOCS) continue;
            held = (segment.Facts.Revisions[doc], (segment.Facts.Resources[doc >> 6] >> doc & 1) == 0);
            return true;
        }
        held = default;
        return false;
    }
}
