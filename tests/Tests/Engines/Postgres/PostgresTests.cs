using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ResourceHub.Core;

namespace ResourceHub.Tests.Engines.Postgres;

public sealed class PostgresTests
{
    [Fact]
    public async Task The_migrations_make_the_model_as_it_is_now()
    {
        await using var record = await TempRecord.OnPostgresAsync();
        await using var db = record.CreateDbContext();
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Twenty_processes_that_start_at_once_make_the_record_once()
    {
        var database = await (await PostgresServer.SharedAsync()).EmptyDatabaseAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => PostgresServer.PrepareAsync(database))));
        await using var services = PostgresServer.AddEngine(new ServiceCollection().AddSingleton(TimeProvider.System), database).BuildServiceProvider();
        await using var db = services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.Equal(1, await db.AuditHeads.CountAsync());
    }

    [Fact]
    public async Task Data_of_a_newer_version_are_refused_and_left_alone()
    {
        var database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        await RunAsync(database, """INSERT INTO "__EFMigrationsHistory" VALUES ('29990101000000_Tomorrow', '99.0')""");
        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => PostgresServer.PrepareAsync(database));
        Assert.Contains("29990101000000_Tomorrow", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""UPDATE "AuditEvents" SET "Detail" = 'better'""")]
    [InlineData("""DELETE FROM "AuditEvents" """)]
    [InlineData("""TRUNCATE "AuditEvents" """)]
    public async Task The_record_itself_refuses_to_change_the_audit_log(string sql)
    {
        var database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(database, sql));
        Assert.Contains("only ever added to", refusal.MessageText, StringComparison.Ordinal);
    }

    private static async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
