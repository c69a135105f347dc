using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Audit;

/// <summary>The log says by itself when somebody has been at it: lines are chained, and who opens the database file by hand cannot hide one line.</summary>
public sealed class AuditChainTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private TempRecord record = null!;

    public async Task InitializeAsync()
    {
        record = await TempRecord.StartAsync(clock);
        for (var n = 0; n < 10; n++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await record.Get<AuditLog>().WriteAsync(Viewer.Anonymous with { Origin = new RequestOrigin("192.0.2.7", $"r{n}") }, new AuditNote(AuditActions.SignIn, Detail: $"第{n}行"), default);
        }
    }

    public async Task DisposeAsync() => await record.DisposeAsync();

    [Theory]
    [InlineData("UPDATE \"AuditEvents\" SET \"Detail\" = '别的' WHERE \"Seq\" = 4", "line 4 (sign-in, 2026-03-02 08:00:04 UTC) was edited, moved or put in", 3)]
    [InlineData("UPDATE \"AuditEvents\" SET \"Detail\" = NULL WHERE \"Seq\" = 10", "line 10 (sign-in", 9)]
    [InlineData("UPDATE \"AuditEvents\" SET \"At\" = '2026-03-02 08:00:05.001' WHERE \"Seq\" = 5", "line 5 (sign-in", 4)]
    [InlineData("UPDATE \"AuditEvents\" SET \"At\" = 'gestern' WHERE \"Seq\" = 5", "line 5 was edited: it cannot be read", 4)]
    [InlineData("UPDATE \"AuditEvents\" SET \"Hash\" = x'00' WHERE \"Seq\" = 6", "line 6 (sign-in", 5)]
    [InlineData("DELETE FROM \"AuditEvents\" WHERE \"Seq\" = 4", "line 4 is missing; the next one there is 5", 3)]
    [InlineData("DELETE FROM \"AuditEvents\" WHERE \"Seq\" <= 2", "line 1 is missing; the next one there is 3", 0)]
    [InlineData("DELETE FROM \"AuditEvents\" WHERE \"Seq\" = 4; UPDATE \"AuditEvents\" SET \"Seq\" = \"Seq\" - 1 WHERE \"Seq\" > 4", "line 4 (sign-in, 2026-03-02 08:00:05 UTC) was edited, moved or put in", 3)]
    [InlineData("DELETE FROM \"AuditEvents\" WHERE \"Seq\" > 7", "line 8 is missing: the log was cut off at its end, its head names line 10", 7)]
    [InlineData("DELETE FROM \"AuditEvents\"", "line 1 is missing: the log was cut off at its end, its head names line 10", 0)]
    [InlineData("DELETE FROM \"AuditEvents\" WHERE \"Seq\" > 7; UPDATE \"AuditHeads\" SET \"Seq\" = 7", "line 7 is not the one that the log's head names", 7)]
    [InlineData("DELETE FROM \"AuditHeads\"", "line 1 was put in: the log's head names line 0 as the last", 10)]
    [InlineData("UPDATE \"AuditEvents\" SET \"Seq\" = 99 WHERE \"Seq\" = 4; UPDATE \"AuditEvents\" SET \"Seq\" = 4 WHERE \"Seq\" = 5; UPDATE \"AuditEvents\" SET \"Seq\" = 5 WHERE \"Seq\" = 99", "line 4 (sign-in, 2026-03-02 08:00:05 UTC) was edited, moved or put in", 3)]
    [InlineData("UPDATE \"AuditEvents\" SET \"Seq\" = -\"Seq\" WHERE \"Seq\" > 3; UPDATE \"AuditEvents\" SET \"Seq\" = 1 - \"Seq\" WHERE \"Seq\" < 0; INSERT INTO \"AuditEvents\" (\"Seq\", \"At\", \"Action\", \"Result\", \"Hash\") SELECT 4, \"At\", 'sign-in', 0, \"Hash\" FROM \"AuditEvents\" WHERE \"Seq\" = 5", "line 4 (sign-in", 3)]
    [InlineData("INSERT INTO \"AuditEvents\" (\"Seq\", \"At\", \"Action\", \"Result\", \"Hash\") VALUES (0, '2026-03-02 08:00:00', 'sign-in', 0, x'00')", "line 0 was put in before the first", 0)]
    public async Task The_first_line_that_is_not_as_it_was_written_is_named(string tampering, string named, long good)
    {
        Tamper(record.Folder, tampering);
        await using var db = record.CreateDbContext();
        var verdict = await AuditChain.VerifyAsync(db, default);
        Assert.StartsWith(named, verdict.Flaw);
        Assert.Equal(good, verdict.Lines);
    }

    [Fact]
    public async Task A_line_that_is_put_in_at_the_end_with_a_hash_that_fits_is_named()
    {
        await using (var db = record.CreateDbContext())
        {
            var last = await db.AuditEvents.AsNoTracking().SingleAsync(a => a.Seq == 10);
            var forged = new AuditEvent { Seq = 11, At = last.At, Action = AuditActions.SignIn };
            forged.Hash = AuditLog.HashOf(forged, last.Hash);
            db.Add(forged);
            await db.SaveChangesAsync();
        }
        await using var read = record.CreateDbContext();
        Assert.Equal("line 11 was put in: the log's head names line 10 as the last", (await AuditChain.VerifyAsync(read, default)).Flaw);
    }

    [Fact]
    public async Task An_untouched_log_is_found_whole_also_while_it_grows()
    {
        await using var db = record.CreateDbContext();
        Assert.Equal((10, null), await ReadAsync());
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < 50; n++) await record.Get<AuditLog>().WriteAsync(Viewer.Anonymous, new AuditNote(AuditActions.SignOut), default);
        });
        do Assert.Null((await ReadAsync()).Flaw);
        while (!writing.IsCompleted);
        await writing;
        Assert.Equal((60, null), await ReadAsync());

        async Task<(long Lines, string? Flaw)> ReadAsync()
        {
            var verdict = await AuditChain.VerifyAsync(db, default);
            return (verdict.Lines, verdict.Flaw);
        }
    }

    [Fact]
    public async Task The_record_itself_refuses_to_change_or_take_out_a_line()
    {
        await using var db = record.CreateDbContext();
        foreach (var change in (string[])["UPDATE \"AuditEvents\" SET \"Detail\" = '别的' WHERE \"Seq\" = 4", "DELETE FROM \"AuditEvents\" WHERE \"Seq\" = 10", "DELETE FROM \"AuditEvents\""])
            Assert.Contains("only ever added to", (await Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlRawAsync(change))).Message);
        Assert.Null((await AuditChain.VerifyAsync(db, default)).Flaw);
    }

    [Fact]
    public void The_hash_is_that_of_the_lines_fields_as_JSON()
    {
        var (actor, about) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var line = new AuditEvent
        {
            Seq = 7,
            At = clock.UtcNow,
            ActorId = actor,
            Actor = "教师 \"甲\" <&+>",
            Action = AuditActions.Shared,
            ObjectType = "Resource",
            ObjectId = about,
            Result = AuditResult.Refused,
            Detail = "😀\u2028'",
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(new[]
        {
            "0102", "7", clock.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ"), actor.ToString("n"), line.Actor, null, "shared", "Resource", about.ToString("n"), null, "Refused", line.Detail, null, null,
        });
        Assert.Equal(SHA256.HashData(json), AuditLog.HashOf(line, [1, 2]));
    }

    [Fact]
    public async Task Checking_is_fast_and_said_to_be()
    {
        const int many = 30_000;
        await record.Get<AuditLog>().WriteAsync([.. Enumerable.Range(0, many).Select(n => new AuditLine(
            Viewer.Anonymous with { Name = "教师", ActorId = Guid.CreateVersion7(), Origin = new RequestOrigin("192.0.2.7", $"0HNABC{n}") },
            new AuditNote(AuditActions.Downloaded, "Resource", Guid.CreateVersion7(), Guid.CreateVersion7(), Detail: $"圆的面积 教学设计 {n}.docx"), clock.UtcNow))], default);
        await using var db = record.CreateDbContext();
        var watch = Stopwatch.StartNew();
        var verdict = await AuditChain.VerifyAsync(db, default);
        output.WriteLine($"{verdict.Lines / watch.Elapsed.TotalSeconds:N0} lines/s");
        Assert.Equal((many + 10, null), (verdict.Lines, verdict.Flaw));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Doctor_checks_the_log_of_a_data_folder_and_names_the_broken_line()
    {
        await using (await HubApp.StartAsync(new() { ["Roles"] = "Api,Indexer" }, record.Folder))
        {
        }
        Assert.StartsWith("10 lines as they were written, the last with hash ", (await DoctorAsync()).GetProperty("detail").GetString());
        Tamper(record.Folder, "UPDATE \"AuditEvents\" SET \"Actor\" = '某人' WHERE \"Seq\" = 8");
        var check = await DoctorAsync();
        Assert.False(check.GetProperty("ok").GetBoolean());
        Assert.StartsWith("line 8 (sign-in, 2026-03-02 08:00:08 UTC) was edited", check.GetProperty("detail").GetString());
        Assert.Contains("7 lines before", check.GetProperty("advice").GetString());
    }

    private async Task<JsonElement> DoctorAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Join(AppContext.BaseDirectory, "Host.dll"), "doctor", "--json"]) { RedirectStandardOutput = true };
        start.Environment["Hub__Data"] = record.Folder;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:9";
        using var doctor = Process.Start(start)!;
        var said = await doctor.StandardOutput.ReadToEndAsync();
        await doctor.WaitForExitAsync();
        var findings = JsonSerializer.Deserialize<JsonElement>(said);
        Assert.Equal(findings.GetProperty("ok").GetBoolean(), doctor.ExitCode == 0);
        return findings.GetProperty("checks").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "audit");
    }

    /// <summary>As somebody who may write to the file: what keeps lines from being changed is taken out first.</summary>
    private static void Tamper(string folder, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Join(folder, "hub.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER \"AuditEvents_no_UPDATE\"; DROP TRIGGER \"AuditEvents_no_DELETE\"; {sql}";
        command.ExecuteNonQuery();
    }
}
