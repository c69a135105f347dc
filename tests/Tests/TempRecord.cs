using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Engines.LocalAccounts;
using ResourceHub.Engines.Sqlite;
using ResourceHub.Tests.Engines.Postgres;

namespace ResourceHub.Tests;

/// <summary>A real record in a temporary folder, without the doors: for rules of Core that need a database and a clock of the test's own.</summary>
public sealed class TempRecord : IDbContextFactory<HubDb>, IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-record-");
    private readonly ServiceProvider services;

    private TempRecord(TimeProvider clock, Action<IServiceCollection>? engine)
    {
        var plan = new ServiceCollection();
        if (engine is null) plan.AddSqlite(folder.FullName);
        else engine(plan);
        services = plan.AddSingleton(clock).AddLogging().AddLocalAccounts().AddCore().BuildServiceProvider();
    }

    public string Folder => folder.FullName;

    public static Task<TempRecord> StartAsync(TimeProvider? clock = null) => StartAsync(clock, null);

    /// <summary>The same on a database of the shared PostgreSQL server.</summary>
    public static async Task<TempRecord> OnPostgresAsync(TimeProvider? clock = null)
    {
        var database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        return await StartAsync(clock, services => PostgresServer.AddEngine(services, database));
    }

    private static async Task<TempRecord> StartAsync(TimeProvider? clock, Action<IServiceCollection>? engine)
    {
        var record = new TempRecord(clock ?? TimeProvider.System, engine);
        foreach (var part in record.services.GetServices<IPrepareAtStart>()) await part.PrepareAsync(default);
        return record;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public HubDb CreateDbContext() => Get<IDbContextFactory<HubDb>>().CreateDbContext();

    public async Task SaveAsync(params object[] rows)
    {
        await using var db = CreateDbContext();
        db.AddRange(rows);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }
}
