using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Contracts;

/// <summary>What comes back from every database, and in which order. An engine inherits these facts.</summary>
public abstract class DatabaseContract
{
    private static readonly DateTime Now = new(2026, 9, 1, 8, 0, 0, 123, DateTimeKind.Utc);

    protected abstract Task<TempRecord> StartAsync();

    [Fact]
    public async Task What_is_kept_is_read_as_it_was_written()
    {
        await using var record = await StartAsync();
        var school = new School { Name = "𠮷野小学", Stages = ["primary", "junior"], Editions = new() { ["mathematics"] = "pep", ["chinese"] = "\"'{}\\" }, CreatedAt = Now };
        var partnership = new Partnership { Name = "结对", From = new DateOnly(2020, 2, 29), Until = new DateOnly(9999, 12, 31), Subjects = [], Stages = ["primary"], CreatedAt = Now };
        var resource = new Resource
        {
            SchoolId = school.Id,
            CreatedBy = Guid.CreateVersion7(),
            Title = "圆的面积 ‘％_\\' 🙂",
            Description = "第一行\n第二行\t\"",
            Kind = "slides",
            Grades = ["g5", "g6"],
            Contributors = [new("王老师", "author")],
            OpenUntil = Now.AddTicks(10),
            CreatedAt = Now,
        };
        var key = new ApiKey { Name = "k", SecretHash = [0, 1, 255, 0], Scopes = ["read"], CreatedAt = Now };
        await record.SaveAsync(school, partnership, resource, key);
        await using var db = record.CreateDbContext();
        var (s, p, r, k) = (await db.Schools.SingleAsync(), await db.Partnerships.SingleAsync(), await db.Resources.SingleAsync(), await db.ApiKeys.SingleAsync());
        Assert.Equal((school.Name, Now, DateTimeKind.Utc), (s.Name, s.CreatedAt, s.CreatedAt.Kind));
        Assert.Equal(school.Stages, s.Stages);
        Assert.Equal(school.Editions, s.Editions);
        Assert.Equal((partnership.From, partnership.Until, 0, "primary"), (p.From, p.Until, p.Subjects.Count, Assert.Single(p.Stages)));
        Assert.Equal((resource.Title, resource.Description, resource.OpenUntil, resource.Contributors[0]), (r.Title, r.Description, r.OpenUntil, Assert.Single(r.Contributors)));
        Assert.Equal(["g5", "g6"], r.Grades);
        Assert.Equal([0, 1, 255, 0], k.SecretHash);
    }

    [Fact]
    public async Task Names_stand_in_the_order_of_their_code_points_and_pages_go_on_in_it()
    {
        await using var record = await StartAsync();
        string[] names = ["B", "a", "Z", "á", "A", "ab", "a b", "a-b", "_", "1", "10", "2", "德阳", "巴中", "一", "𠮷", "～", "Ａ", "ＡＢ", "É", "e", "E", "ß", "ss", "Ａ1"];
        await record.SaveAsync([.. names.Select(n => new School { Name = n, CreatedAt = Now })]);
        await using var db = record.CreateDbContext();
        string[] expected = [.. names.OrderBy(n => n, Comparer<string>.Create((a, b) => System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b))))];
        Assert.Equal(expected, await db.Schools.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync());
        List<string> paged = [];
        while (paged.Count < names.Length)
        {
            var from = paged.LastOrDefault();
            var page = await db.Schools.Where(s => from == null || s.Name.CompareTo(from) > 0).OrderBy(s => s.Name).Select(s => s.Name).Take(3).ToListAsync();
            Assert.NotEmpty(page);
            paged.AddRange(page);
        }
        Assert.Equal(expected, paged);
    }

    [Theory]
    [InlineData("小", 3)]
    [InlineData("X小", 1)]
    [InlineData("x小", 1)]
    [InlineData("%", 1)]
    [InlineData("_", 1)]
    [InlineData("\\", 1)]
    [InlineData("没有", 0)]
    public async Task A_part_of_a_name_is_found_as_it_stands(string part, int schools)
    {
        await using var record = await StartAsync();
        await record.SaveAsync([.. ((string[])["X小学", "x小学", "100%小学", "a_b", "c\\d"]).Select(n => new School { Name = n, CreatedAt = Now })]);
        await using var db = record.CreateDbContext();
        Assert.Equal(schools, await db.Schools.CountAsync(s => s.Name.Contains(part)));
    }

    [Fact]
    public async Task Ids_stand_in_the_order_of_their_digits_and_pages_go_on_in_it()
    {
        await using var record = await StartAsync();
        Guid[] ids = [.. Enumerable.Range(0, 200).Select(i => new Guid(System.Security.Cryptography.SHA256.HashData([(byte)i]).AsSpan(0, 16)))];
        await record.SaveAsync([.. ids.Select((id, i) => new School { Id = id, Name = $"{i}", CreatedAt = Now })]);
        await using var db = record.CreateDbContext();
        Guid[] expected = [.. ids.OrderBy(i => i.ToString("n"), StringComparer.Ordinal)];
        Assert.Equal(expected, ids.Order());
        List<Guid> paged = [];
        for (Guid? from = null; paged.Count < ids.Length; from = paged[^1])
        {
            var page = await db.Schools.Where(s => from == null || s.Id > from).OrderBy(s => s.Id).Select(s => s.Id).Take(7).ToListAsync();
            Assert.NotEmpty(page);
            paged.AddRange(page);
        }
        Assert.Equal(expected, paged);
    }
}
