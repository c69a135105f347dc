using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Search;

/// <summary>Finds resources that may say much the same as others do: a search by their words, as anybody could ask it.</summary>
internal sealed class LikeSearch(ISearchIndex index, IDbContextFactory<HubDb> databases)
{
    /// <summary>How rare a word is counts in a search, and hidden resources have it too: so many are taken that this decides on none that is much alike.</summary>
    private const int Candidates = 40;

    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];

    /// <summary>For each of these, the ids of others that may be alike; nothing where search does not answer. Whether they may be seen is to be asked of the record again.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> FindAsync(Viewer viewer, IReadOnlyDictionary<Guid, LikeWords> of, CancellationToken ct)
    {
        var like = new Dictionary<Guid, IReadOnlyList<Guid>>();
        if (of.Count == 0) return like;
        var narrowed = await Narrowed.ReadAsync(databases, ct);
        var tokens = ResourceAccess.TokensOf(viewer);
        try
        {
            foreach (var (id, words) in of)
            {
                var request = new SearchRequest(words.Text, NoFilters, tokens, First: Candidates, WithTotal: false, Passages: 0, LeftOut: [.. narrowed, id]);
                like[id] = [.. (await index.SearchAsync(request, ct)).Hits.Select(h => h.Id)];
            }
        }
        catch (IndexAwayException)
        {
            // What the record knows is related all the same.
        }
        return like;
    }
}
