using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Tests;

/// <summary>A real record in a temporary folder, without the doors: for rules of Core that need a database and a clock of the test's own.</summary>
public sealed class TempRecord : IDbContextFactory<HubDb>, IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-record-");
    private readonly ServiceProvider services;

    private TempRecord(TimeProvider clock) => services = new ServiceCollection().AddSingleton(clock).AddCore().AddSqlite(folder.FullName).BuildServiceProvider();

    public string Folder => folder.FullName;

    public static async Task<TempRecord> StartAsync(TimeProvider? clock = null)
    {
        var record = new TempRecord(clock ?? TimeProvider.System);
        foreach (var engine in record.services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
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
