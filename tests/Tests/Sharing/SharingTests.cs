namespace ResourceHub.Tests.Sharing;

public sealed class SharingTests(SharingWorld world) : IClassFixture<SharingWorld>
{
    private static string[] Only(string id) => [id];

    [Fact]
    public async Task A_reviewed_resource_is_shared_by_its_author_and_the_answer_says_in_words_who_sees_it_now()
    {
        var id = await world.ReviewedAsync("作者共享");
        Assert.Equal("华新实验小学的教师可见。Teachers of 华新实验小学 see it.", (await world.SeeAsync(id, "audience", world.Author)).GetProperty("audience").GetString());
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        var shared = await world.ChangeAsync("shareResource", new { resourceId = id, partnershipIds = Only(world.Agreement) }, world.Author, "audience resource { visibility audience }");
        const string said = "华新实验小学、巴中第一实验小学的教师可见：“协同发展协议”有效至 2027-08-31。Teachers of 华新实验小学, 巴中第一实验小学 see it: \"协同发展协议\" is in force until 2027-08-31.";
        Assert.Equal(said, shared.GetProperty("audience").GetString());
        Assert.Equal(said, shared.GetProperty("resource").GetProperty("audience").GetString());
        Assert.True(await world.IsSeenAsync(id, world.TakerTeacher));
        Assert.False(await world.IsSeenAsync(id, world.Outsider));
        await world.ChangeAsync("unshareResource", new { resourceId = id, partnershipIds = Only(world.Agreement) }, world.Author);
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        Assert.Equal("""{"visibility":"SCHOOL","sharedWith":[]}""", (await world.SeeAsync(id, "visibility sharedWith { name }", world.Author)).GetRawText());
        Assert.Equal(["submitted", "approved", "shared", "unshared"], await world.AuditAsync(id));
    }

    [Fact]
    public async Task Sharing_replaces_what_was_shared_before_and_another_school_is_told_only_what_is_its_own_to_know()
    {
        var third = await world.Hub.SchoolAsync("平昌县第六小学");
        var other = await world.PartnershipAsync("另一结对", [], world.Giver, third);
        var id = await world.ReviewedAsync("两处共享");
        await world.ChangeAsync("shareResource", new { resourceId = id, partnershipIds = new[] { world.Agreement, other } }, world.Author);
        Assert.Equal(2, (await world.SeeAsync(id, "sharedWith { name }", world.Author)).GetProperty("sharedWith").GetArrayLength());
        var said = (await world.SeeAsync(id, "audience", world.TakerTeacher)).GetProperty("audience").GetString();
        Assert.Contains("巴中第一实验小学", said);
        Assert.DoesNotContain("平昌", said);
        await world.ChangeAsync("shareResource", new { resourceId = id, partnershipIds = Only(other) }, world.Author);
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
        await world.EndAsync(other);
        Assert.StartsWith("共享的结对均已失效：仅华新实验小学的教师可见。", (await world.SeeAsync(id, "audience", world.Author)).GetProperty("audience").GetString());
    }

    [Fact]
    public async Task Before_a_review_nothing_is_shared_and_only_its_author_and_admins_share()
    {
        var draft = await world.DraftAsync("未审");
        foreach (var key in (string[])[world.Author, world.Admin]) Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("shareResource", new { resourceId = draft, partnershipIds = Only(world.Agreement) }, key));
        var id = await world.ReviewedAsync("同事不能共享");
        foreach (var (mutation, input) in new (string, object)[]
        {
            ("unshareResource", new { resourceId = id, partnershipIds = Only(world.Agreement) }), ("setVisibility", new { resourceId = id, visibility = "PUBLIC" }), ("withdrawResource", new { resourceId = id }), ("deleteResource", new { resourceId = id }),
            ("markPupils", new { resourceId = id, showsPupils = false }), ("recordConsent", new { resourceId = id, holder = "x", scope = "PUBLIC" }), ("withdrawConsent", new { resourceId = id }),
        })
            Assert.Contains("FORBIDDEN", await world.RefusedAsync(mutation, input, world.Colleague));
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("shareResource", new { resourceId = id, partnershipIds = Only(world.Agreement) }, world.Colleague));
    }

    [Fact]
    public async Task A_hub_admin_shares_and_publishes_without_a_review_and_an_admin_of_the_school_takes_it_up()
    {
        var id = await world.Hub.ResourceAsync(world.Giver, "平台共享");
        var open = await world.PartnershipAsync("不限", [], world.Giver, world.Taker);
        await world.ChangeAsync("shareResource", new { resourceId = id, partnershipIds = Only(open) }, HubApp.AdminKey);
        Assert.True(await world.IsSeenAsync(id, world.TakerTeacher));
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "SCHOOL" }, world.Admin);
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "PARTNERS" }, world.Admin);
        Assert.True(await world.IsSeenAsync(id, world.TakerTeacher));
    }

    [Fact]
    public async Task Through_an_agreement_that_ended_has_not_begun_is_not_ours_or_covers_something_else_nothing_is_shared_and_all_reasons_are_named()
    {
        var id = await world.ReviewedAsync("被拒绝的");
        var ended = await world.PartnershipAsync("已终止", [], world.Giver, world.Taker);
        await world.EndAsync(ended);
        var expired = await PartnershipAsync("已到期", "2020-09-01", "2021-08-31");
        var coming = await PartnershipAsync("未开始", "2026-09-01", null);
        var foreign = await world.PartnershipAsync("别家的", [], world.Taker, world.Elsewhere);
        var junior = await world.PartnershipAsync("初中结对", ["junior"], world.Giver, world.Taker);
        var absent = Convert.ToBase64String("Partnership:00000000000000000000000000000001"u8).TrimEnd('=');
        async Task<string> WhyAsync(string partnership) => await world.WhyAsync("shareResource", new { resourceId = id, partnershipIds = Only(partnership) }, world.Author);
        Assert.StartsWith("“已终止”已于 2026-03-02 终止。", await WhyAsync(ended));
        Assert.StartsWith("“已到期”已于 2021-08-31 到期。", await WhyAsync(expired));
        Assert.StartsWith("“未开始”自 2026-09-01 起生效。", await WhyAsync(coming));
        Assert.StartsWith("“初中结对”只包含这些学段：初中。", await WhyAsync(junior));
        Assert.Equal(await WhyAsync(absent), await WhyAsync(foreign));
        Assert.Equal(
            ["PARTNERSHIP_NOT_IN_FORCE(partnershipIds)", "PARTNERSHIP_NOT_IN_FORCE(partnershipIds)", "OUTSIDE_AGREEMENT(partnershipIds,stage)"],
            await world.RefusedAsync("shareResource", new { resourceId = id, partnershipIds = new[] { ended, coming, junior, world.Agreement } }, world.Author));
        Assert.Equal(["PARTNERS_NEEDED(partnershipIds)"], await world.RefusedAsync("shareResource", new { resourceId = id, partnershipIds = Array.Empty<string>() }, world.Author));
        Assert.False(await world.IsSeenAsync(id, world.TakerTeacher));
    }

    private async Task<string> PartnershipAsync(string name, string from, string? until)
        => (await world.ChangeAsync("createPartnership", new { kind = "PAIR", name, schoolIds = new[] { world.Giver, world.Taker }, from, until }, HubApp.AdminKey, "partnership { id }")).GetProperty("partnership").GetProperty("id").GetString()!;

    [Fact]
    public async Task What_is_shared_is_not_moved_out_of_its_agreement()
    {
        var id = await world.ReviewedAsync("小学教案", world.Partners);
        Assert.Equal(["OUTSIDE_AGREEMENT(partnershipIds,stage)"], await world.RefusedAsync("updateResource", new { resourceId = id, stage = "junior", grades = new[] { "g7" } }, world.Author));
        Assert.Equal("primary", (await world.SeeAsync(id, "stage { code }", world.Author)).GetProperty("stage").GetProperty("code").GetString());
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "SCHOOL" }, world.Author);
        await world.ChangeAsync("updateResource", new { resourceId = id, stage = "junior", grades = new[] { "g7" } }, world.Author);
        Assert.Equal(["OUTSIDE_AGREEMENT(partnershipIds,stage)"], await world.RefusedAsync("setVisibility", new { resourceId = id, visibility = "PARTNERS" }, world.Author));
    }

    [Fact]
    public async Task Narrower_at_any_time_wider_than_the_review_said_only_by_an_admin()
    {
        var id = await world.ReviewedAsync("越开越宽");
        foreach (var wide in (string[])["MEMBERS", "PUBLIC"]) Assert.Equal(["REVIEW_REQUIRED(visibility)"], await world.RefusedAsync("setVisibility", new { resourceId = id, visibility = wide }, world.Author));
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "PUBLIC" }, world.Admin);
        Assert.True(await world.IsSeenAsync(id, null));
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "PRIVATE" }, world.Author);
        Assert.False(await world.IsSeenAsync(id, world.Colleague));
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "SCHOOL" }, world.Author);
        Assert.True(await world.IsSeenAsync(id, world.Colleague));

        var open = await world.ReviewedAsync("审核为公开", new { visibility = "PUBLIC" });
        await world.ChangeAsync("setVisibility", new { resourceId = open, visibility = "SCHOOL" }, world.Author);
        await world.ChangeAsync("setVisibility", new { resourceId = open, visibility = "PUBLIC" }, world.Author);
        Assert.Equal(["PARTNERS_NEEDED(partnershipIds)"], await world.RefusedAsync("setVisibility", new { resourceId = open, visibility = "PARTNERS" }, world.Author));
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("setVisibility", new { resourceId = await world.DraftAsync("草稿"), visibility = "SCHOOL" }, world.Author));
    }

    [Fact]
    public async Task An_admin_opens_their_own_no_wider_than_the_others_review_said_unless_the_school_allows_it()
    {
        var id = await world.DraftAsync("管理员的教案", world.Admin);
        await world.ChangeAsync("submitForReview", new { resourceId = id }, world.Admin);
        await world.ChangeAsync("approveResource", new { resourceId = id }, world.OtherAdmin);
        Assert.Equal(["REVIEW_REQUIRED(visibility)"], await world.RefusedAsync("setVisibility", new { resourceId = id, visibility = "PUBLIC" }, world.Admin));
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("publishResource", new { resourceId = id, visibility = "PUBLIC" }, world.Admin));
        await world.ChangeAsync("publishResource", new { resourceId = id, visibility = "SCHOOL" }, world.Admin);
        await world.ChangeAsync("setVisibility", new { resourceId = id, visibility = "PUBLIC" }, world.OtherAdmin);
        Assert.True(await world.IsSeenAsync(id, null));
    }

    [Fact]
    public async Task A_licence_for_partner_schools_goes_to_them_and_no_further_and_a_publishers_material_stays()
    {
        var id = await world.ReviewedAsync("结对内使用", world.Partners, licence: "partners-only");
        Assert.True(await world.IsSeenAsync(id, world.TakerTeacher));
        foreach (var wide in (string[])["MEMBERS", "PUBLIC"]) Assert.Equal(["LICENCE_FORBIDS(visibility)"], await world.RefusedAsync("setVisibility", new { resourceId = id, visibility = wide }, world.Admin));
        Assert.Equal(["LICENCE_FORBIDS(visibility)"], await world.RefusedAsync("publishResource", new { resourceId = id, visibility = "PUBLIC" }, HubApp.AdminKey));
        var bought = await world.DraftAsync("出版社的", licence: "publisher");
        Assert.Equal(["LICENCE_FORBIDS(visibility)"], await world.RefusedAsync("submitForReview", new { resourceId = bought, visibility = "PARTNERS", partnershipIds = Only(world.Agreement) }, world.Author));
        await world.ApproveAsync(bought);
        // Nor is what is open put under a licence that would not have let it be opened.
        var open = await world.ReviewedAsync("公开的", new { visibility = "PUBLIC" });
        Assert.Equal(["LICENCE_FORBIDS(visibility)"], await world.RefusedAsync("updateResource", new { resourceId = open, licence = "partners-only" }, world.Admin));
        Assert.Equal(["LICENCE_REQUIRED(licence)"], await world.RefusedAsync("updateResource", new { resourceId = open, licence = "" }, world.Admin));
    }

    [Fact]
    public async Task An_approval_opens_it_as_was_asked_for()
    {
        var id = await world.ReviewedAsync("审核即共享", world.Partners);
        Assert.Equal("""{"state":"PUBLISHED","visibility":"PARTNERS"}""", (await world.SeeAsync(id, "state visibility", world.TakerTeacher)).GetRawText());
        Assert.False(await world.IsSeenAsync(id, world.Outsider));
        Assert.False(await world.IsSeenAsync(id, null));
    }
}
