using System.Text.Json;

namespace ResourceHub.Tests.Sharing;

/// <summary>How a partnership comes about: one school proposes, the others accept; until then only they know of it.</summary>
public sealed class ProposalTests : IClassFixture<ThreeSchools>
{
    private readonly ThreeSchools world;
    private readonly HubApp hub;

    public ProposalTests(ThreeSchools world) => (this.world, hub) = (world, world.Hub);

    [Fact]
    public async Task A_proposal_comes_in_force_when_the_last_school_has_accepted()
    {
        var id = await world.ProposeAsync("三校协议", world.A, world.B, world.C);
        var proposed = await world.PartnershipAsync(id, world.AdminB);
        Assert.Equal("PROPOSED", proposed.GetProperty("state").GetString());
        Assert.Equal("甲校", proposed.GetProperty("proposedBy").GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, proposed.GetProperty("acceptedAt").ValueKind);
        Assert.Equal(["甲校"], Accepted(proposed));

        await world.DoAsync("acceptPartnership", world.AdminB, new { partnershipId = id });
        // A second admin of the same school, or the same one again.
        await world.DoAsync("acceptPartnership", world.AdminB, new { partnershipId = id });
        Assert.Equal("PROPOSED", (await world.PartnershipAsync(id, world.AdminA)).GetProperty("state").GetString());
        await world.DoAsync("acceptPartnership", world.AdminC, new { partnershipId = id });

        var accepted = await world.PartnershipAsync(id, null);
        Assert.Equal("ACTIVE", accepted.GetProperty("state").GetString());
        Assert.Equal(["丙校", "乙校", "甲校"], Accepted(accepted));
        Assert.Equal(["ACCEPTED 丙校", "ACCEPTED 乙校", "PROPOSED 甲校"], await world.ActivityAsync(id, world.TeacherB));
        Assert.Empty(await world.ActivityAsync(id, world.TeacherD));
        Assert.Equal("INVALID_STATE", await world.CodeAsync("acceptPartnership", world.AdminB, new { partnershipId = id }));
    }

    [Fact]
    public async Task Until_it_is_accepted_only_its_schools_and_the_hub_know_of_a_proposal()
    {
        var id = await world.ProposeAsync("秘密提议", world.A, world.B);
        foreach (var key in (string?[])[world.TeacherA, world.AdminB, world.TeacherB, HubApp.AdminKey]) Assert.True(await KnowsAsync(id, key), key);
        foreach (var key in (string?[])[null, world.TeacherD, world.AdminD, world.AdminC]) Assert.False(await KnowsAsync(id, key), key);
        Assert.Equal("NOT_FOUND", await world.CodeAsync("acceptPartnership", world.AdminD, new { partnershipId = id }));
        Assert.Equal("NOT_FOUND", await world.CodeAsync("declinePartnership", world.AdminD, new { partnershipId = id, reason = "不" }));
        Assert.Equal("NOT_FOUND", await world.CodeAsync("endPartnership", world.AdminD, new { partnershipId = id, on = "2030-01-01", reason = "不" }));
    }

    [Fact]
    public async Task A_declined_proposal_stays_its_schools_own_with_the_reason()
    {
        var id = await world.ProposeAsync("谢绝的提议", world.A, world.B, world.C);
        Assert.Equal("REQUIRED", await world.CodeAsync("declinePartnership", world.AdminB, new { partnershipId = id, reason = " " }));
        await world.DoAsync("declinePartnership", world.AdminB, new { partnershipId = id, reason = "明年再议" });
        var declined = await world.PartnershipAsync(id, world.TeacherC);
        Assert.Equal(("ENDED", "明年再议"), (declined.GetProperty("state").GetString(), declined.GetProperty("endReason").GetString()));
        Assert.Equal(["DECLINED 乙校", "PROPOSED 甲校"], await world.ActivityAsync(id, world.TeacherC));
        Assert.False(await KnowsAsync(id, world.AdminD));
        Assert.Equal("INVALID_STATE", await world.CodeAsync("acceptPartnership", world.AdminC, new { partnershipId = id }));
    }

    [Fact]
    public async Task A_school_takes_its_own_proposal_back_by_declining_it()
    {
        var id = await world.ProposeAsync("撤回的提议", world.A, world.B);
        await world.DoAsync("declinePartnership", world.AdminA, new { partnershipId = id, reason = "填错了学校" });
        Assert.Equal("ENDED", (await world.PartnershipAsync(id, world.AdminB)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Only_admins_propose_and_only_with_their_own_school()
    {
        var input = new { kind = "PAIR", name = "不行", schoolIds = new[] { world.A, world.B } };
        Assert.Equal("FORBIDDEN", await world.CodeAsync("proposePartnership", world.TeacherA, input));
        Assert.Equal("OWN_SCHOOL_MISSING", await world.CodeAsync("proposePartnership", world.AdminD, input));
        Assert.Equal("FORBIDDEN", await world.CodeAsync("proposePartnership", HubApp.AdminKey, input));
        Assert.Equal("UNAUTHENTICATED", await world.CodeAsync("proposePartnership", null, input));
        Assert.Equal("TOO_FEW_SCHOOLS", await world.CodeAsync("proposePartnership", world.AdminA, new { kind = "PAIR", name = "一所", schoolIds = new[] { world.A, world.A } }));
        Assert.Equal("INVALID_PERIOD", await world.CodeAsync("proposePartnership", world.AdminA, new { kind = "PAIR", name = "过期", schoolIds = new[] { world.A, world.B }, from = "2019-09-01", until = "2020-08-31" }));
        Assert.Equal("FORBIDDEN", await world.CodeAsync("createPartnership", world.AdminA, input));
        var id = await world.ProposeAsync("教师不能答复", world.A, world.B);
        Assert.Equal("FORBIDDEN", await world.CodeAsync("acceptPartnership", world.TeacherB, new { partnershipId = id }));
        Assert.Equal("FORBIDDEN", await world.CodeAsync("acceptPartnership", HubApp.AdminKey, new { partnershipId = id }));
    }

    [Fact]
    public async Task The_same_request_sent_again_proposes_once()
    {
        var input = new { kind = "PAIR", name = "只提一次", schoolIds = new[] { world.A, world.B }, clientMutationId = "once" };
        var first = (await world.DoAsync("proposePartnership", world.AdminA, input)).GetProperty("id").GetString();
        Assert.Equal(first, (await world.DoAsync("proposePartnership", world.AdminA, input)).GetProperty("id").GetString());
        Assert.Single(await world.ActivityAsync(first!, world.AdminA));
    }

    /// <summary>Every door that could name it: by id, as a node, in lists with their totals, and at the schools.</summary>
    private async Task<bool> KnowsAsync(string id, string? key)
    {
        var data = await hub.QueryAsync(
            """
            query($id: ID!, $school: ID!) {
              partnership(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id }
              partnerships(first: 100) { totalCount nodes { id } }
              school(id: $school) { partnerships(first: 100) { totalCount nodes { id } } }
            }
            """, new { id, school = world.A }, key);
        var lists = (JsonElement[])[data.GetProperty("partnerships"), data.GetProperty("school").GetProperty("partnerships")];
        bool[] doors =
        [
            data.GetProperty("partnership").ValueKind == JsonValueKind.Object,
            data.GetProperty("node").ValueKind == JsonValueKind.Object,
            data.GetProperty("nodes")[0].ValueKind == JsonValueKind.Object,
            .. lists.Select(l => l.GetProperty("nodes").EnumerateArray().Any(n => n.GetProperty("id").GetString() == id)),
        ];
        foreach (var list in lists) Assert.Equal(list.GetProperty("totalCount").GetInt32(), list.GetProperty("nodes").GetArrayLength());
        return Assert.Single(doors.Distinct());
    }

    private static string[] Accepted(JsonElement partnership) =>
    [
        .. partnership.GetProperty("members").EnumerateArray().Where(m => m.GetProperty("acceptedAt").ValueKind == JsonValueKind.String)
            .Select(m => m.GetProperty("school").GetProperty("name").GetString()!).Order(StringComparer.Ordinal),
    ];
}
