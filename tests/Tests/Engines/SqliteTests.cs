using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Engines.Sqlite;

namespace ResourceHub.Tests.Engines;

public sealed class SqliteTests
{
    [Fact]
    public async Task The_migrations_make_the_model_as_it_is_now()
    {
        await using var record = await TempRecord.StartAsync();
        await using var db = record.CreateDbContext();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Every_pooled_connection_writes_ahead_and_waits_for_the_disk()
    {
        await using var record = await TempRecord.StartAsync();
        for (var use = 0; use < 2; use++)
        {
            // Held open together so that the pool must hand out several; the second round gets them back used.
            HubDb[] open = [record.CreateDbContext(), record.CreateDbContext(), record.CreateDbContext()];
            foreach (var db in open)
            {
                await db.Database.OpenConnectionAsync();
                Assert.Equal("wal", await AskAsync(db, "PRAGMA journal_mode"));
                Assert.Equal("2", await AskAsync(db, "PRAGMA synchronous"));
                Assert.Equal("1", await AskAsync(db, "PRAGMA foreign_keys"));
            }
            foreach (var db in open) await db.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_start_after_one_that_was_killed_while_migrating_does_not_wait_for_it()
    {
        await using var record = await TempRecord.StartAsync();
        await using (var db = record.CreateDbContext())
            await db.Database.ExecuteSqlRawAsync(
                """INSERT INTO "__EFMigrationsLock" VALUES (1, '2025-01-01 00:00:00')""");
        await PrepareAsync(record).WaitAsync(TimeSpan.FromSeconds(20));
        await using var again = record.CreateDbContext();
        Assert.Empty(await again.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Data_of_a_newer_version_are_refused_and_left_alone()
    {
        await using var record = await TempRecord.StartAsync();
        await using (var db = record.CreateDbContext())
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Tomorrow', '99.0')""");
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => PrepareAsync(record));
        Assert.Contains("29990101000000_Tomorrow", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task PrepareAsync(TempRecord record)
    {
        await using var services = new ServiceCollection().AddSqlite(record.Folder).BuildServiceProvider();
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
    }

    private static async Task<string?> AskAsync(HubDb db, string pragma)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
