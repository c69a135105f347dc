using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;

namespace ResourceHub.Engines.Checks;

/// <summary>A record of its own, empty, with Core's rules on it and a clock that can be put forward.</summary>
public sealed class TrialRecord : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly AheadClock clock = new();

    /// <param name="data">A folder for what Core keeps in files.</param>
    /// <param name="addRecord">Adds the engine, on a place of its own.</param>
    public TrialRecord(string data, Action<IServiceCollection> addRecord)
    {
        var collection = new ServiceCollection().AddLogging(log => log.SetMinimumLevel(LogLevel.None)).AddSingleton<TimeProvider>(clock).AddSingleton(new HubSettings { Data = data }).AddCore();
        addRecord(collection);
        services = collection.BuildServiceProvider();
    }

    public DateTime Now => clock.GetUtcNow().UtcDateTime;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Makes its tables.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(ct);
    }

    public Task<HubDb> OpenAsync(CancellationToken ct) => Get<IDbContextFactory<HubDb>>().CreateDbContextAsync(ct);

    public async Task SaveAsync(IEnumerable<object> rows, CancellationToken ct)
    {
        await using var db = await OpenAsync(ct);
        db.AddRange(rows);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Lets time pass for leases and dates; timers go on as usual.</summary>
    public void LetPass(TimeSpan time) => clock.Ahead += time;

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private sealed class AheadClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
