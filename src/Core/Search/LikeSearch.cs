using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Search;

/// <summary>Finds resources that say much the same as others do: a search by their words, as anybody could ask it.</summary>
public sealed class LikeSearch(ISearchIndex index, IDbContextFactory<HubDb> databases)
{
    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];

    /// <summary>For each resource, the ids of others like it, best first; nothing where search does not answer. Whether they may be seen is to be asked of the record again.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> FindAsync(Viewer viewer, IReadOnlyCollection<Resource> of, int first, CancellationToken ct)
    {
        var like = new Dictionary<Guid, IReadOnlyList<Guid>>();
        var narrowed = await Narrowed.ReadAsync(databases, ct);
        var tokens = ResourceAccess.TokensOf(viewer);
        try
        {
            foreach (var resource in of)
                if (LikeWords.Of(resource) is { } words)
                {
                    var request = new SearchRequest(words, NoFilters, tokens, First: Math.Min(first, ResourceSearch.LargestPage), WithTotal: false, Passages: 0, LeftOut: [.. narrowed, resource.Id]);
                    like[resource.Id] = [.. (await index.SearchAsync(request, ct)).Hits.Select(h => h.Id)];
                }
        }
        catch (IndexAwayException)
        {
            // What the record knows is related all the same.
        }
        return like;
    }
}
