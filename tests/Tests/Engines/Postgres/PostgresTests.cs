using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ResourceHub.Core;
using ResourceHub.Engines;
using ResourceHub.Engines.Postgres;

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

    [Fact]
    public async Task Whatever_program_adds_changes_no_number_is_given_out_before_the_one_before_it_is_committed()
    {
        const string add = """INSERT INTO "Changes" ("Kind", "At") VALUES (5, now())""";
        var database = await (await PostgresServer.SharedAsync()).DatabaseAsync();
        await using var first = new NpgsqlConnection(database);
        await first.OpenAsync();
        await using var transaction = await first.BeginTransactionAsync();
        await using (var early = new NpgsqlCommand(add, first, transaction)) await early.ExecuteNonQueryAsync();
        // The second waits for the first, however long; told to wait no longer it gives up.
        var waited = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(database, $"SET lock_timeout = '300ms'; {add}"));
        Assert.Equal(PostgresErrorCodes.LockNotAvailable, waited.SqlState);
        await transaction.CommitAsync();
        await RunAsync(database, add);
    }

    [Theory]
    [InlineData("hub;Password=wrong", "refuses the user hub")]
    [InlineData("stranger", "refuses the user stranger")]
    public async Task Who_is_refused_is_told_what_to_mend_and_never_a_password(string user, string said)
    {
        var database = (await (await PostgresServer.SharedAsync()).EmptyDatabaseAsync()).Replace($"Username=hub", $"Username={user}", StringComparison.Ordinal);
        if (user.Contains(';', StringComparison.Ordinal)) database = database[..database.LastIndexOf(";Password", StringComparison.Ordinal)];
        var refusal = await Assert.ThrowsAsync<CannotStartException>(() => PostgresServer.PrepareAsync(database));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PostgresServer.Password, refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_or_lacks_the_database_is_named_in_one_sentence()
    {
        var server = await PostgresServer.SharedAsync();
        var lacking = await Assert.ThrowsAsync<CannotStartException>(() => PostgresServer.PrepareAsync(server.ConnectionString("nowhere")));
        Assert.StartsWith("There is no database nowhere at 127.0.0.1:", lacking.Message, StringComparison.Ordinal);
        var away = await Assert.ThrowsAsync<CannotStartException>(() => PostgresServer.PrepareAsync("Host=127.0.0.1;Port=1;Database=hub;Username=hub", new() { ["Postgres:StartSeconds"] = "0" }));
        Assert.StartsWith("PostgreSQL does not answer for the database hub at 127.0.0.1:1", away.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionString", null, "needs Hub:Postgres:ConnectionString")]
    [InlineData("ConnectionString", "Host=db", "names no Database")]
    [InlineData("ConnectionString", "Database=hub", "names no Host")]
    [InlineData("ConnectionString", "Host=db;Nonsense=1", "cannot be read")]
    [InlineData("Password", "secret", "holds a password already")]
    [InlineData("PasswordFile", "/nowhere", "is not there")]
    [InlineData("MaxConnections", "1", "must be 4 to 1000")]
    [InlineData("LockSeconds", "0", "must be 1 to 600")]
    public void A_setting_that_cannot_work_is_named_with_what_it_should_be(string name, string? value, string said)
    {
        var values = new Dictionary<string, string?> { ["Hub:Postgres:ConnectionString"] = "Host=db;Database=hub;Username=hub;Password=x", [$"Hub:Postgres:{name}"] = value };
        var wrong = Assert.Throws<SettingsException>(() => PostgresEngine.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build()));
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    private static async Task RunAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
