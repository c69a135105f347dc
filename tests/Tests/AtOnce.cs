namespace ResourceHub.Tests;

/// <summary>Many who ask at the same moment, each on a thread of their own.</summary>
internal static class AtOnce
{
    public static async Task<T[]> RunAsync<T>(int times, Func<int, Task<T>> ask)
    {
        using var gate = new ManualResetEventSlim();
        var asking = Enumerable.Range(0, times).Select(n => Task.Factory.StartNew(async () =>
        {
            gate.Wait();
            return await ask(n);
        }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToArray();
        gate.Set();
        return await Task.WhenAll(asking);
    }
}
