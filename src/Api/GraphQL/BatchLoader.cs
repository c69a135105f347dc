using GraphQL.DataLoader;

namespace ResourceHub.Api.GraphQL;

/// <summary>
/// Gathers the keys that a whole level of an answer asks for and fetches them at once. One for each request; a key asked for again is not fetched again.
/// LoadBatchAsync is written as GreenDonut has it.
/// </summary>
public abstract class BatchLoader<TKey, TValue> where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Item> items = [];
    private Batch? open;

    protected abstract Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(IReadOnlyList<TKey> keys, CancellationToken ct);

    /// <summary>Promises the value of a key; the same object for the same key.</summary>
    public IDataLoaderResult<TValue?> LoadAsync(TKey key)
    {
        lock (gate)
        {
            if (items.TryGetValue(key, out var item)) return item;
            open ??= new Batch(this);
            open.Keys.Add(key);
            return items[key] = new Item(open, key);
        }
    }

    private sealed class Batch(BatchLoader<TKey, TValue> loader)
    {
        private Task<IReadOnlyDictionary<TKey, TValue>>? fetching;

        public List<TKey> Keys { get; } = [];

        /// <summary>The first that needs a value closes the batch and has it fetched.</summary>
        public Task<IReadOnlyDictionary<TKey, TValue>> FetchAsync(CancellationToken ct)
        {
            lock (loader.gate)
            {
                if (loader.open == this) loader.open = null;
                return fetching ??= loader.LoadBatchAsync(Keys, ct);
            }
        }
    }

    private sealed class Item(Batch batch, TKey key) : IDataLoaderResult<TValue?>
    {
        public async Task<TValue?> GetResultAsync(CancellationToken ct) => (await batch.FetchAsync(ct)).GetValueOrDefault(key);

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken ct) => await GetResultAsync(ct);
    }
}
