using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Engines;

/// <summary>Statements that connections keep prepared answer as fresh ones would.</summary>
public sealed class PreparedQueriesTests
{
    private static School School(string name) => new() { Name = name, CreatedAt = new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc) };

    [Fact]
    public async Task A_kept_connection_sees_what_others_committed_since()
    {
        await using var record = await TempRecord.StartAsync();
        for (var count = 0; count < 5; count++)
        {
            await using (var reader = record.CreateDbContext()) Assert.Equal(count, await reader.Schools.CountAsync());
            await record.SaveAsync(School($"学校 {count}"));
        }
    }

    [Fact]
    public async Task A_question_asked_again_while_its_answer_is_still_read_is_answered_too()
    {
        await using var record = await TempRecord.StartAsync();
        await record.SaveAsync(School("一"), School("二"), School("三"));
        await using var db = record.CreateDbContext();
        var read = 0;
        await foreach (var outer in db.Schools.AsNoTracking().AsAsyncEnumerable())
            await foreach (var inner in db.Schools.AsNoTracking().AsAsyncEnumerable())
                read++;
        Assert.Equal(9, read);
    }

    [Fact]
    public async Task A_question_goes_along_with_the_transaction_it_is_asked_in()
    {
        await using var record = await TempRecord.StartAsync();
        await using var db = record.CreateDbContext();
        Assert.Equal(0, await db.Schools.CountAsync());
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            db.Add(School("一"));
            await db.SaveChangesAsync();
            Assert.Equal(1, await db.Schools.CountAsync());
            await using (var other = record.CreateDbContext()) Assert.Equal(0, await other.Schools.CountAsync());
            await transaction.RollbackAsync();
        }
        Assert.Equal(0, await db.Schools.CountAsync());
    }

    [Fact]
    public async Task More_kinds_of_questions_than_are_kept_are_answered_all_the_same()
    {
        await using var record = await TempRecord.StartAsync();
        await record.SaveAsync(School("一"));
        await using var db = record.CreateDbContext();
        for (var round = 0; round < 2; round++)
            for (var kind = 1; kind <= 250; kind++)
            {
                // A comment makes each a statement of its own.
                var question = "SELECT {0} AS \"Value\" --" + new string('x', kind);
                Assert.Equal(kind, (await db.Database.SqlQueryRaw<int>(question, kind).ToListAsync()).Single());
            }
        Assert.Equal(1, await db.Schools.CountAsync());
    }
}
