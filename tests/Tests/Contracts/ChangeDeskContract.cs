using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Contracts;

/// <summary>What every database keeps to when many write at once. An engine inherits these facts.</summary>
public abstract class ChangeDeskContract : IAsyncLifetime
{
    private static readonly Viewer Operator = HubAdmin();
    private TempRecord record = null!;

    protected abstract Task<TempRecord> StartAsync();

    public async Task InitializeAsync() => record = await StartAsync();

    public async Task DisposeAsync() => await record.DisposeAsync();

    [Fact]
    public async Task The_same_key_sent_many_times_at_once_makes_one_school_and_every_answer_is_that_school()
    {
        var answers = await AtOnce.RunAsync(16, _ => CreateSchoolAsync(Operator, "新村小学", "key-1"));
        Assert.Single(answers.Select(a => a.Value!.Id).Distinct());
        Assert.Equal((1, 1), await CountAsync());
    }

    [Fact]
    public async Task A_key_that_was_used_for_something_else_is_refused_and_nothing_is_made()
    {
        await CreateSchoolAsync(Operator, "新村小学", "key-1");
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", Assert.Single((await CreateSchoolAsync(Operator, "华新小学", "key-1")).Problems).Code);
        Assert.Equal((1, 1), await CountAsync());
    }

    [Fact]
    public async Task Two_callers_may_happen_to_use_the_same_key()
    {
        await CreateSchoolAsync(Operator, "新村小学", "key-1");
        Assert.Equal("华新小学", (await CreateSchoolAsync(HubAdmin(), "华新小学", "key-1")).Value!.Name);
        Assert.Equal((2, 2), await CountAsync());
    }

    [Fact]
    public async Task Of_many_who_take_the_same_name_at_once_one_gets_it_and_the_others_are_told()
    {
        var answers = await AtOnce.RunAsync(12, n => CreateSchoolAsync(Operator, "新村小学", $"key-{n}"));
        Assert.Single(answers, a => a.Value is not null);
        Assert.All(answers.Where(a => a.Value is null), a => Assert.Equal("ALREADY_EXISTS", Assert.Single(a.Problems).Code));
        Assert.Equal((1, 1), await CountAsync());
    }

    [Fact]
    public async Task What_was_refused_leaves_no_receipt_and_can_be_asked_again_with_the_same_key()
    {
        Assert.Equal("REQUIRED", Assert.Single((await CreateSchoolAsync(Operator, " ", "key-1")).Problems).Code);
        Assert.NotNull((await CreateSchoolAsync(Operator, "新村小学", "key-1")).Value);
    }

    [Fact]
    public async Task Changes_of_one_resource_at_once_are_all_kept_each_with_its_version_and_the_index_is_promised_once()
    {
        var library = record.Get<ResourceLibrary>();
        var school = (await CreateSchoolAsync(Operator, "新村小学", null)).Value!;
        var resource = (await library.CreateAsync(Operator, new NewResource { SchoolId = school.Id, Title = "通分", Kind = "slides" }, null, default)).Value!;
        var answers = await AtOnce.RunAsync(10, n => library.UpdateAsync(Operator, resource.Id, new ResourceInput { Keywords = [$"词{n}"] }, null, default));
        Assert.All(answers, a => Assert.Empty(a.Problems));
        await using var db = record.CreateDbContext();
        Assert.Equal(Enumerable.Range(1, 11), await db.ResourceVersions.OrderBy(v => v.Number).Select(v => v.Number).ToListAsync());
        Assert.Equal(11, (await db.Resources.SingleAsync()).Version);
        Assert.Single(await db.Jobs.ToListAsync());
    }

    [Fact]
    public async Task The_same_change_of_a_resource_sent_twice_with_its_key_makes_one_version()
    {
        var library = record.Get<ResourceLibrary>();
        var school = (await CreateSchoolAsync(Operator, "新村小学", null)).Value!;
        var resource = (await library.CreateAsync(Operator, new NewResource { SchoolId = school.Id, Title = "通分", Kind = "slides" }, null, default)).Value!;
        var answers = await AtOnce.RunAsync(4, _ => library.UpdateAsync(Operator, resource.Id, new ResourceInput { Title = "分数的通分" }, "key-1", default));
        Assert.All(answers, a => Assert.Equal("分数的通分", a.Value!.Title));
        await using var db = record.CreateDbContext();
        Assert.Equal(2, await db.ResourceVersions.CountAsync());
    }

    private Task<Outcome<School>> CreateSchoolAsync(Viewer viewer, string name, string? key) => record.Get<SchoolDirectory>().CreateSchoolAsync(viewer, new NewSchool(name), key, default);

    private async Task<(int Schools, int Receipts)> CountAsync()
    {
        await using var db = record.CreateDbContext();
        return (await db.Schools.CountAsync(), await db.Receipts.CountAsync());
    }

    private static Viewer HubAdmin() => new(Guid.CreateVersion7(), null, Role.HubAdmin, null, [.. ApiKeyScopes.All], []);
}
