using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;

namespace ResourceHub.Engines.Sqlite;

/// <summary>Makes the record's file ready before the doors open: write-ahead log, then the migrations that are missing.</summary>
internal sealed class SqliteRecord(IDbContextFactory<SqliteHubDb> databases, string folder) : IPrepareAtStart
{
    public async Task PrepareAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        using var alone = Lock();
        await using var db = await databases.CreateDbContextAsync(ct);
        // Stays in the file. Readers go on while one writes; synchronous=FULL, which makes it durable, is each connection's own.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);
        // EF's own lock is a row that a killed process leaves behind and the next start would wait for without end. The lock held here ends with its process.
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        var known = db.Database.GetMigrations().ToHashSet();
        var newer = (await db.Database.GetAppliedMigrationsAsync(ct)).FirstOrDefault(m => !known.Contains(m));
        if (newer is not null)
            throw new CannotStartException($"The data in {folder} was written by a newer ResourceHub (it has {newer}). Start that version, or restore a backup made by this one. Nothing was changed.");
        await db.Database.MigrateAsync(ct);
    }

    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path.Join(folder, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CannotStartException($"Another ResourceHub is preparing {folder} right now. Stop it or give this one a folder of its own with Hub__Data.");
        }
    }
}
