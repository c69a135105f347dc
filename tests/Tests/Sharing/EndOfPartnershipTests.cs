using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Sharing;

public sealed class EndOfPartnershipTests : IClassFixture<ThreeSchools>
{
    private readonly ThreeSchools world;
    private readonly HubApp hub;

    public EndOfPartnershipTests(ThreeSchools world) => (this.world, hub) = (world, world.Hub);

    private static string Today(int plus = 0) => TimeProvider.System.Today().AddDays(plus).ToString("yyyy-MM-dd");

    private async Task<string> SharedAsync(string title, params string[] partnershipIds)
    {
        var id = await hub.ResourceAsync(world.A, title);
        await hub.QueryAsync("mutation($id: ID!, $with: [ID!]!) { shareResource(input: { resourceId: $id, partnershipIds: $with }) { errors { message } } }", new { id, with = partnershipIds }, HubApp.AdminKey);
        return id;
    }

    private async Task<bool> SeesAsync(string resourceId, string key)
        => (await hub.QueryAsync("query($id: ID!) { resource(id: $id) { id } }", new { id = resourceId }, key)).GetProperty("resource").ValueKind == JsonValueKind.Object;

    [Fact]
    public async Task An_admin_of_any_member_school_ends_it_for_all_from_today_on_and_says_why()
    {
        var id = await hub.PartnershipAsync("可以终止", world.A, world.B, world.C);
        var resource = await SharedAsync("共享的教案", id);
        Assert.Equal("REQUIRED", await world.CodeAsync("endPartnership", world.AdminB, new { partnershipId = id, on = Today() }));
        Assert.Equal("INVALID_PERIOD", await world.CodeAsync("endPartnership", world.AdminB, new { partnershipId = id, on = Today(-1), reason = "补记" }));
        Assert.Equal("FORBIDDEN", await world.CodeAsync("endPartnership", world.TeacherB, new { partnershipId = id, on = Today(), reason = "不教了" }));
        Assert.Equal("FORBIDDEN", await world.CodeAsync("endPartnership", world.AdminD, new { partnershipId = id, on = Today(), reason = "与我无关" }));
        Assert.True(await SeesAsync(resource, world.TeacherC));
        var ended = await world.DoAsync("endPartnership", world.AdminB, new { partnershipId = id, on = Today(), reason = "学校合并" });
        Assert.Equal("ENDED", ended.GetProperty("state").GetString());
        Assert.False(await SeesAsync(resource, world.TeacherC));
        Assert.True(await SeesAsync(resource, world.TeacherA));
        Assert.Equal("学校合并", (await world.PartnershipAsync(id, world.TeacherC)).GetProperty("endReason").GetString());
        Assert.Equal(JsonValueKind.Null, (await world.PartnershipAsync(id, world.TeacherD)).GetProperty("endReason").ValueKind);
        Assert.Equal("ENDED 乙校", (await world.ActivityAsync(id, world.TeacherC))[0]);
        Assert.Equal("INVALID_STATE", await world.CodeAsync("endPartnership", HubApp.AdminKey, new { partnershipId = id, on = Today(30) }));
    }

    [Fact]
    public async Task An_end_that_lies_ahead_leaves_it_in_force_until_then()
    {
        var id = await hub.PartnershipAsync("下月终止", world.A, world.B);
        var resource = await SharedAsync("还在共享", id);
        var ended = await world.DoAsync("endPartnership", world.AdminA, new { partnershipId = id, on = Today(30), reason = "学期结束" });
        Assert.Equal("ACTIVE", ended.GetProperty("state").GetString());
        Assert.True(await SeesAsync(resource, world.TeacherB));
        Assert.DoesNotContain("ENDED 甲校", await world.ActivityAsync(id, world.TeacherB));
    }

    [Fact]
    public async Task What_is_shared_through_it_is_listed_for_its_members_only_the_latest_first_and_page_by_page()
    {
        var id = await hub.PartnershipAsync("书架", world.A, world.B);
        List<string> titles = [];
        for (var n = 0; n < 5; n++)
        {
            titles.Insert(0, $"教案{n}");
            await SharedAsync($"教案{n}", id);
        }
        var withdrawn = await SharedAsync("撤回的", id);
        await hub.QueryAsync("mutation($id: ID!) { withdrawResource(input: { resourceId: $id }) { errors { message } } }", new { id = withdrawn }, HubApp.AdminKey);
        await hub.PublishAsync(await SharedAsync("收回本校", id), "SCHOOL");
        List<string> listed = [];
        string? after = null;
        do
        {
            var page = (await hub.QueryAsync("query($id: ID!, $after: String) { partnership(id: $id) { resources(first: 2, after: $after) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } } }", new { id, after }, world.TeacherB))
                .GetProperty("partnership").GetProperty("resources");
            Assert.Equal(5, page.GetProperty("totalCount").GetInt32());
            listed.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("title").GetString()!));
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        Assert.Equal(titles, listed);
        foreach (var key in (string?[])[null, world.AdminD]) Assert.Equal("""{"totalCount":0,"nodes":[]}""", (await world.PartnershipAsync(id, key)).GetProperty("resources").GetRawText());
        await world.DoAsync("endPartnership", HubApp.AdminKey, new { partnershipId = id, on = Today() });
        Assert.Equal(0, (await world.PartnershipAsync(id, world.TeacherB)).GetProperty("resources").GetProperty("totalCount").GetInt32());
        Assert.Equal(5, (await world.PartnershipAsync(id, world.TeacherA)).GetProperty("resources").GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task A_resource_seen_through_one_partnership_says_nothing_of_another()
    {
        var first = await hub.PartnershipAsync("甲乙", world.A, world.B);
        var second = await hub.PartnershipAsync("甲丙", world.A, world.C);
        await SharedAsync("同享两处", first, second);
        await hub.IdleAsync();
        async Task<string> CountsAsync(string? key, params string[] of)
            => (await hub.QueryAsync("query($of: [ID!]) { search(text: \"同享两处\", filter: { partnership: $of }) { totalCount facets(names: [PARTNERSHIP, KIND]) { name values { code label count } } } }", new { of }, key)).GetProperty("search").GetRawText();
        string Facet(string id, string name) => $$"""{"code":"{{id}}","label":"{{name}}","count":1}""";
        var kinds = """{"name":"KIND","values":[{"code":"lesson-plan","label":"教学设计","count":1}]}""";
        var noKinds = """{"name":"KIND","values":[]}""";
        var ofB = $$"""{"name":"PARTNERSHIP","values":[{{Facet(first, "甲乙")}}]}""";
        Assert.Equal($$"""{"totalCount":1,"facets":[{{ofB}},{{kinds}}]}""", await CountsAsync(world.TeacherB));
        Assert.Equal($$"""{"totalCount":1,"facets":[{{ofB}},{{kinds}}]}""", await CountsAsync(world.TeacherB, first, second));
        Assert.Equal($$"""{"totalCount":0,"facets":[{{ofB}},{{noKinds}}]}""", await CountsAsync(world.TeacherB, second));
        foreach (var key in (string[])[world.TeacherA, HubApp.AdminKey])
        {
            var known = await CountsAsync(key);
            Assert.Contains(Facet(first, "甲乙"), known);
            Assert.Contains(Facet(second, "甲丙"), known);
        }
    }

    [Fact]
    public async Task On_its_last_day_it_is_in_force_and_the_day_after_the_sweep_notes_its_end_once()
    {
        var clock = new ManualClock();
        await using var other = await HubApp.StartAsync(change: services => services.AddSingleton<TimeProvider>(clock));
        var (giver, taker) = (await other.SchoolAsync("甲校"), await other.SchoolAsync("乙校"));
        var key = await other.KeyAsync(taker);
        var id = (await other.QueryAsync(
            "mutation($ids: [ID!]!) { createPartnership(input: { kind: PAIR, name: \"到期\", schoolIds: $ids, from: \"2026-01-01\", until: \"2026-03-03\" }) { partnership { id } errors { message } } }", new { ids = new[] { giver, taker } }, HubApp.AdminKey))
            .GetProperty("createPartnership").GetProperty("partnership").GetProperty("id").GetString()!;
        var resource = await other.ResourceAsync(giver, "到期的教案");
        await other.QueryAsync("mutation($id: ID!, $with: ID!) { shareResource(input: { resourceId: $id, partnershipIds: [$with] }) { errors { message } } }", new { id = resource, with = id }, HubApp.AdminKey);
        const string look = "query($id: ID!, $p: ID!) { resource(id: $id) { title } changes { nodes { kind } } partnership(id: $p) { state activity { nodes { kind school { name } } } } }";
        // 8 o'clock UTC on the 2nd; the 3rd is the last day, in China's time.
        clock.Advance(TimeSpan.FromHours(31.9));
        Assert.Equal("""{"resource":{"title":"到期的教案"},"changes":{"nodes":[{"kind":"CHANGED"}]},"partnership":{"state":"ACTIVE","activity":{"nodes":[{"kind":"SHARED","school":{"name":"甲校"}}]}}}""",
            (await other.QueryAsync(look, new { id = resource, p = id }, key)).GetRawText());
        var noted = other.Services.GetRequiredService<ChangeSignal>().Next;
        clock.Advance(TimeSpan.FromMinutes(10));
        await noted.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("""{"resource":null,"changes":{"nodes":[{"kind":"WITHDRAWN"}]},"partnership":{"state":"ENDED","activity":{"nodes":[{"kind":"ENDED","school":null},{"kind":"SHARED","school":{"name":"甲校"}}]}}}""",
            (await other.QueryAsync(look, new { id = resource, p = id }, key)).GetRawText());
    }

    [Fact]
    public async Task Processes_that_sweep_at_once_note_each_end_once_in_a_constant_number_of_statements()
    {
        var clock = new ManualClock();
        await using var record = await TempRecord.StartAsync(clock);
        List<School> schools = [.. Enumerable.Range(0, 2).Select(n => new School { Name = $"学校{n}" })];
        List<Partnership> ended = [.. Enumerable.Range(0, 8).Select(n => new Partnership
        {
            Name = $"结对{n}", From = new DateOnly(2025, 1, 1), Until = new DateOnly(2026, 3, 1), AcceptedAt = clock.UtcNow, Members = [.. schools.Select(s => new PartnershipMember { SchoolId = s.Id })],
        })];
        await record.SaveAsync([.. schools, .. ended]);
        await record.SaveAsync([.. Enumerable.Range(0, 300).Select(n =>
        {
            var resource = new Resource { SchoolId = schools[0].Id, CreatedBy = Guid.CreateVersion7(), Title = $"资源{n}", Kind = "slides" };
            resource.Shares.Add(new ResourceShare { ResourceId = resource.Id, PartnershipId = ended[n % 2].Id });
            resource.Publish(Visibility.Partners, clock.UtcNow);
            return resource;
        })]);
        var noted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => record.Get<PartnershipEnds>().NoteAsync(default))));
        Assert.Equal(8, noted.Sum());
        await using var db = record.CreateDbContext();
        Assert.Equal(8, await db.Changes.CountAsync(c => c.Kind == ChangeKind.Ended));
        Assert.Equal(300, await db.ChangeReaders.CountAsync());
        Assert.Equal(8, await db.AuditEvents.CountAsync());

        // As many statements for a partnership with 150 shares as for one with none.
        async Task<int> StatementsAsync(Guid id)
        {
            await db.ChangeReaders.ExecuteDeleteAsync();
            await db.Partnerships.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.IsEndNoted, false));
            using var count = new SqlCount();
            Assert.Equal(1, await record.Get<PartnershipEnds>().NoteAsync(default));
            return count.Statements;
        }

        Assert.Equal(await StatementsAsync(ended[5].Id), await StatementsAsync(ended[0].Id));
    }
}
