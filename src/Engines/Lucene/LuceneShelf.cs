using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>The index in use, and while one is made anew, that one beside it: writes go into both, searches see the one in use, and then it is replaced.</summary>
internal sealed class LuceneShelf : ISearchIndex, IIndexRenewal, IPrepareAtStart, IDisposable
{
    private static readonly string?[] WarmingQuestions = [null, "数学 教学设计", "语文 课件", "lesson plan"];

    private readonly IndexPlaces places;
    private readonly ILogger<LuceneIndex> log;
    private readonly SemaphoreSlim writing = new(1, 1);
    private volatile ShelvedIndex current;
    private LuceneIndex? beside;
    private ShelvedIndex? replaced;

    public LuceneShelf(string path, ILogger<LuceneIndex> log)
    {
        places = new(path);
        this.log = log;
        current = new(new LuceneIndex(places.InUse, log));
    }

    public async Task PrepareAsync(CancellationToken ct)
    {
        await current.Index.PrepareAsync(ct);
        // Whoever has the one in use open is alone here.
        places.RemoveOther();
    }

    public Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, CancellationToken ct) => AloneAsync(async () =>
    {
        await current.Index.WriteAsync(documents, removals, ct);
        if (beside is { } other) await other.WriteAsync(documents, removals, ct);
    }, ct);

    public Task ClearAsync(CancellationToken ct) => AloneAsync(() => current.Index.ClearAsync(ct), ct);

    public Task MarkWholeAsync(CancellationToken ct) => AloneAsync(() => current.Index.MarkWholeAsync(ct), ct);

    public Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken ct) => ReadAsync(index => index.SearchAsync(request, ct));

    public Task<IReadOnlyList<SuggestedPhrase>> SuggestAsync(SuggestRequest request, CancellationToken ct) => ReadAsync(index => index.SuggestAsync(request, ct));

    public Task<IReadOnlyDictionary<Guid, HeldDocument>> HeldAsync(IReadOnlyCollection<Guid> ids, CancellationToken ct) => ReadAsync(index => index.HeldAsync(ids, ct));

    public Task<IndexHealth> HealthAsync(CancellationToken ct) => ReadAsync(index => index.HealthAsync(ct));

    public async Task<IRenewedIndex> BeginAsync(CancellationToken ct)
    {
        LuceneIndex? fresh = null;
        await AloneAsync(async () =>
        {
            if (beside is not null) throw new IndexAwayException("the index is being made anew already");
            // It lies where the next one is to be made.
            if (replaced is { IsClosed: false }) throw new IndexAwayException("the index that was replaced is still being read");
            if (!(await current.Index.HealthAsync(ct)).IsWhole) throw new IndexAwayException("the index in use is not whole; it is being filled");
            // What a killed process had begun missed what was written since.
            places.RemoveOther();
            fresh = new LuceneIndex(places.Other, log);
            await fresh.PrepareAsync(ct);
            beside = fresh;
        }, ct);
        return new Renewed(this, fresh!);
    }

    public Task TidyAsync(CancellationToken ct) => Task.CompletedTask;

    public void Dispose()
    {
        current.Retire();
        beside?.Dispose();
        beside = null;
        writing.Dispose();
    }

    private async Task TakeOverAsync(LuceneIndex fresh, CancellationToken ct)
    {
        foreach (var text in WarmingQuestions)
            await fresh.SearchAsync(new SearchRequest(text, new Dictionary<FacetName, IReadOnlyList<string>>(), null, Facets: Enum.GetValues<FacetName>()), ct);
        await AloneAsync(async () =>
        {
            // Flushed before it is named as the one in use.
            await fresh.MarkWholeAsync(ct);
            places.Swap();
            replaced = current;
            (current, beside) = (new ShelvedIndex(fresh), null);
            replaced.Retire(places.RemoveOther);
        }, ct);
    }

    private Task GiveUpAsync(LuceneIndex fresh) => AloneAsync(() =>
    {
        if (beside != fresh) return Task.CompletedTask;
        beside = null;
        fresh.Dispose();
        places.RemoveOther();
        return Task.CompletedTask;
    }, CancellationToken.None);

    private async Task<T> ReadAsync<T>(Func<LuceneIndex, Task<T>> read)
    {
        while (true)
        {
            var held = current;
            // Replaced in between, there is a newer one.
            if (!held.TryHold())
            {
                ObjectDisposedException.ThrowIf(held == current, this);
                continue;
            }
            try
            {
                return await read(held.Index);
            }
            finally
            {
                held.LetGo();
            }
        }
    }

    private async Task AloneAsync(Func<Task> work, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            await work();
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>One folder, one process: a fill that is cut off is begun anew, as nobody wrote into it meanwhile.</summary>
    private sealed class Renewed(LuceneShelf shelf, LuceneIndex fresh) : IRenewedIndex
    {
        public Guid Reached => Guid.Empty;

        public Task WriteAsync(IReadOnlyCollection<ResourceDocument> documents, IReadOnlyCollection<Removal> removals, Guid reached, CancellationToken ct) => fresh.WriteAsync(documents, removals, ct);

        public Task TakeOverAsync(CancellationToken ct) => shelf.TakeOverAsync(fresh, ct);

        public async ValueTask DisposeAsync() => await shelf.GiveUpAsync(fresh);
    }
}
