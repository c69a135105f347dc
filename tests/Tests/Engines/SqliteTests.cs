using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Checks;
using ResourceHub.Engines.Sqlite;
using ResourceHub.Tests.Contracts;

namespace ResourceHub.Tests.Engines;

public sealed class SqliteTests : RecordContract, IDisposable
{
    private readonly string trials = Directory.CreateTempSubdirectory("hub-record-").FullName;

    public void Dispose() => Directory.Delete(trials, recursive: true);

    protected override ITrials<TrialRecord> Trials => new SqliteTrials(trials, TimeProvider.System);

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
    public async Task A_record_of_the_version_before_agreements_keeps_its_partnerships_in_force_and_its_resources_in_the_feed()
    {
        var folder = Directory.CreateTempSubdirectory("hub-record-");
        await using var services = new ServiceCollection().AddSqlite(folder.FullName).BuildServiceProvider();
        var records = services.GetRequiredService<IDbContextFactory<HubDb>>();
        var (school, partnership, resource) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var db = await records.CreateDbContextAsync())
        {
            await db.GetService<IMigrator>().MigrateAsync("20261125034250_Record");
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Schools" ("Id", "Name", "Stages", "Editions", "CreatedAt") VALUES ({school}, '德阳二中', '[]', {"{}"}, '2025-09-01 08:00:00')""");
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "Partnerships" ("Id", "Kind", "Name", "From", "Subjects", "Stages", "CreatedAt") VALUES ({partnership}, 0, '友好学校', '2025-09-01', '[]', '[]', '2025-09-01 08:00:00')""");
            await db.Database.ExecuteSqlAsync($"""INSERT INTO "PartnershipMembers" ("PartnershipId", "SchoolId", "Leads") VALUES ({partnership}, {school}, 0)""");
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO "Resources" ("Id", "SchoolId", "CreatedBy", "Title", "Kind", "Grades", "Language", "Keywords", "Contributors", "State", "Visibility", "Version", "Revision", "Downloads", "CreatedAt", "UpdatedAt")
                VALUES ({resource}, {school}, {school}, '圆的面积', 'slides', '[]', 'zh-CN', '[]', '[]', 2, 4, 3, 7, 0, '2025-09-02 08:00:00', '2025-09-02 08:00:00')
                """);
        }
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
        await using var now = await records.CreateDbContextAsync();
        Assert.Equal(partnership, Assert.Single(await now.Partnerships.InForceOn(new DateOnly(2026, 9, 1)).ToListAsync()).Id);
        Assert.NotNull(Assert.Single(await now.PartnershipMembers.ToListAsync()).AcceptedAt);
        Assert.Equal((resource, ChangeKind.Created), Assert.Single(await now.Changes.ToListAsync()) is var change ? (change.ResourceId, change.Kind) : default);
        Assert.Equal(3, (await now.Resources.SingleAsync()).ReviewedVersion);
        await now.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Data_of_a_newer_version_are_refused_and_left_alone()
    {
        await using var record = await TempRecord.StartAsync();
        await using (var db = record.CreateDbContext())
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Tomorrow', '99.0')""");
        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => PrepareAsync(record));
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
