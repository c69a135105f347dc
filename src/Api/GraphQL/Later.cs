using GraphQL.DataLoader;

namespace ResourceHub.Api.GraphQL;

/// <summary>Shapes what a loader will give.</summary>
public static class Later
{
    public static IDataLoaderResult<TTo> Then<TFrom, TTo>(this IDataLoaderResult<TFrom> loaded, Func<TFrom, TTo> shape) => new Shaped<TFrom, TTo>(loaded, shape);

    public static IDataLoaderResult<IReadOnlyList<T>> OrEmpty<T>(this IDataLoaderResult<IReadOnlyList<T>?> loaded) => loaded.Then(list => list ?? []);

    /// <summary>Goes on to another loader; what many ask of that one is gathered again.</summary>
    public static IDataLoaderResult<TTo> Then<TFrom, TTo>(this IDataLoaderResult<TFrom> loaded, Func<TFrom, IDataLoaderResult<TTo>> next) => new Chained<TFrom, TTo>(loaded, next);

    /// <summary>Nothing to load.</summary>
    public static IDataLoaderResult<T?> Nothing<T>() where T : class => new Known<T?>(null);

    /// <summary>Known already.</summary>
    public static IDataLoaderResult<T> Given<T>(T value) => new Known<T>(value);

    private sealed class Known<T>(T value) : IDataLoaderResult<T>
    {
        public Task<T> GetResultAsync(CancellationToken ct) => Task.FromResult(value);

        Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken ct) => Task.FromResult<object?>(value);
    }

    /// <summary>Done only when it is asked for, such as counting a whole list.</summary>
    public static IDataLoaderResult<T> Do<T>(Func<CancellationToken, Task<T>> work) => new Work<T>(work);

    private sealed class Work<T>(Func<CancellationToken, Task<T>> work) : IDataLoaderResult<T>
    {
        public Task<T> GetResultAsync(CancellationToken ct) => work(ct);

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken ct) => await work(ct);
    }

    private sealed class Chained<TFrom, TTo>(IDataLoaderResult<TFrom> loaded, Func<TFrom, IDataLoaderResult<TTo>> next) : IDataLoaderResult<TTo>
    {
        public async Task<TTo> GetResultAsync(CancellationToken ct) => await next(await loaded.GetResultAsync(ct)).GetResultAsync(ct);

        // The engine is given the next promise, not awaited here, so that its batch fills first.
        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken ct) => next(await loaded.GetResultAsync(ct));
    }

    private sealed class Shaped<TFrom, TTo>(IDataLoaderResult<TFrom> loaded, Func<TFrom, TTo> shape) : IDataLoaderResult<TTo>
    {
        public async Task<TTo> GetResultAsync(CancellationToken ct) => shape(await loaded.GetResultAsync(ct));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken ct) => await GetResultAsync(ct);
    }
}
