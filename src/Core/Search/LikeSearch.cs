using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Search;

/// <summary>
/// Finds resources that may say much the same as others do: a search by their words, as anybody could ask it. What it found is kept for a minute, for whoever
/// holds the same rights, as long as the words are the same.
/// </summary>
internal sealed class LikeSearch(ISearchIndex index, IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    /// <summary>How rare a word is counts in a search, and hidden resources have it too: so many are taken that this decides on none that is much alike.</summary>
    private const int Candidates = 40;

    /// <summary>Some 700 bytes each.</summary>
    private const int MostKept = 5000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);
    private static readonly Dictionary<FacetName, IReadOnlyList<string>> NoFilters = [];

    private readonly ConcurrentDictionary<(Guid Id, string Words, string Rights), Kept> kept = new();

    private sealed record Kept(IReadOnlyList<Guid> Ids, long Since);

    /// <summary>For each of these, the ids of others that may be alike; nothing where search does not answer. Whether they may be seen is to be asked of the record again.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Guid>>> FindAsync(Viewer viewer, IReadOnlyDictionary<Guid, LikeWords> of, CancellationToken ct)
    {
        var like = new Dictionary<Guid, IReadOnlyList<Guid>>();
        var tokens = ResourceAccess.TokensOf(viewer);
        // All doors and none are not the same.
        var rights = tokens is null ? "*" : string.Join('\n', tokens);
        IReadOnlyCollection<Guid>? narrowed = null;
        try
        {
            foreach (var (id, words) in of)
            {
                if (kept.TryGetValue((id, words.Text, rights), out var known) && clock.GetElapsedTime(known.Since) < KeptFor)
                {
                    like[id] = known.Ids;
                    continue;
                }
                narrowed ??= await Narrowed.ReadAsync(databases, ct);
                var since = clock.GetTimestamp();
                var request = new SearchRequest(words.Text, NoFilters, tokens, First: Candidates, WithTotal: false, Passages: 0, LeftOut: [.. narrowed, id]);
                like[id] = [.. (await index.SearchAsync(request, ct)).Hits.Select(h => h.Id)];
                if (kept.Count >= MostKept) kept.Clear();
                kept[(id, words.Text, rights)] = new(like[id], since);
            }
        }
        catch (IndexAwayException)
        {
            // What the record knows is related all the same.
        }
        return like;
    }
}
