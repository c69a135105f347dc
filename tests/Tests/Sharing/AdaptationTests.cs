namespace ResourceHub.Tests.Sharing;

public sealed class AdaptationTests(SharingWorld world) : IClassFixture<SharingWorld>
{
    /// <summary>The taker's own draft made of a source.</summary>
    private async Task<string> AdaptAsync(string source, string? title = null, string? key = null, string? school = null)
        => (await world.ChangeAsync("adaptResource", new { resourceId = source, schoolId = school ?? world.Taker, title }, key ?? world.TakerTeacher, "resource { id }")).GetProperty("resource").GetProperty("id").GetString()!;

    private async Task<string[]> WantAsync(string id, object wanted) => await world.RefusedAsync("submitForReview", wanted, world.TakerTeacher);

    private async Task PublishAsync(string id, string visibility, params string[] partnerships)
    {
        await world.ChangeAsync("submitForReview", new { resourceId = id, visibility, partnershipIds = partnerships }, world.TakerTeacher);
        await world.ChangeAsync("approveResource", new { resourceId = id }, world.TakerAdmin);
    }

    [Fact]
    public async Task An_adaptation_is_a_draft_of_ones_own_with_the_same_files_and_words_that_knows_its_source()
    {
        var source = await world.ReviewedAsync("通分", world.Partners);
        var made = await world.ChangeAsync("adaptResource", new { resourceId = source, schoolId = world.Taker, title = "通分（巴中版）" }, world.TakerTeacher,
            "resource { id title state visibility version school { name } grades { code } licence { code } files { name size sha256 } basedOn { version resource { title } } versions { nodes { what } } }");
        var files = (await world.SeeAsync(source, "files { name size sha256 }", world.Author)).GetProperty("files").GetRawText();
        var copy = made.GetProperty("resource");
        var id = copy.GetProperty("id").GetString()!;
        Assert.Equal($$$"""{"id":"{{{id}}}","title":"通分（巴中版）","state":"DRAFT","visibility":"PRIVATE","version":1,"school":{"name":"巴中第一实验小学"},"grades":[{"code":"g5"}],"licence":{"code":"cc-by-sa"},"files":{{{files}}},"basedOn":{"version":2,"resource":{"title":"通分"}},"versions":{"nodes":[{"what":"adapted"}]}}""", copy.GetRawText());
        await world.Hub.IdleAsync();
        Assert.Equal("DONE", (await world.SeeAsync(id, "files { extraction { state } }", world.TakerTeacher)).GetProperty("files")[0].GetProperty("extraction").GetProperty("state").GetString());
        await world.ChangeAsync("updateResource", new { resourceId = id, description = "换了例题" }, world.TakerTeacher);
        Assert.Null((await world.SeeAsync(source, "description", world.Author)).GetProperty("description").GetString());
        Assert.Contains("adapted", await world.AuditAsync(source));
    }

    [Fact]
    public async Task The_source_shows_its_adaptations_to_those_who_see_them()
    {
        var source = await world.ReviewedAsync("有人改编", world.Partners);
        var copy = await AdaptAsync(source, "改编本");
        const string fields = "adaptations { totalCount nodes { title school { name } } }";
        Assert.Equal("""{"adaptations":{"totalCount":0,"nodes":[]}}""", (await world.SeeAsync(source, fields, world.Author)).GetRawText());
        await PublishAsync(copy, "PARTNERS", world.Agreement);
        Assert.Equal("""{"adaptations":{"totalCount":1,"nodes":[{"title":"改编本","school":{"name":"巴中第一实验小学"}}]}}""", (await world.SeeAsync(source, fields, world.Author)).GetRawText());
    }

    [Theory]
    [InlineData("cc-by-nd"), InlineData("cc-by-nc-nd"), InlineData("all-rights")]
    public async Task What_its_licence_forbids_to_adapt_is_not_adapted_except_by_its_owner(string licence)
    {
        var source = await world.ReviewedAsync("禁止演绎", new { visibility = "PUBLIC" }, licence);
        Assert.Equal(["LICENCE_FORBIDS(resourceId)"], await world.RefusedAsync("adaptResource", new { resourceId = source, schoolId = world.Taker }, world.TakerTeacher));
        await AdaptAsync(source, key: world.Colleague, school: world.Giver);
    }

    [Fact]
    public async Task What_one_does_not_see_is_not_adapted_and_not_for_another_school()
    {
        var closed = await world.ReviewedAsync("只在本校");
        Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("adaptResource", new { resourceId = closed, schoolId = world.Taker }, world.TakerTeacher));
        Assert.Equal(["SOURCE_LIMITS(schoolId)"], await world.RefusedAsync("adaptResource", new { resourceId = closed, schoolId = world.Taker }, HubApp.AdminKey));
        var open = await world.ReviewedAsync("公开的", new { visibility = "PUBLIC" });
        Assert.Equal(["NOT_FOUND(schoolId)"], await world.RefusedAsync("adaptResource", new { resourceId = open, schoolId = world.Giver }, world.TakerTeacher));
        Assert.Equal(["UNAUTHENTICATED"], await world.RefusedAsync("adaptResource", new { resourceId = open, schoolId = world.Taker }, null));
    }

    [Fact]
    public async Task What_was_received_through_an_agreement_goes_back_through_it_and_nowhere_else_also_after_it_ended_and_the_source_is_gone()
    {
        var through = await world.PartnershipAsync("经由", [], world.Giver, world.Taker);
        var onward = await world.PartnershipAsync("转手", [], world.Taker, world.Elsewhere);
        var source = await world.ReviewedAsync("经协议得到", new { visibility = "PARTNERS", partnershipIds = new[] { through } });
        var copy = await AdaptAsync(source, "经协议改编");
        Assert.Equal(["SOURCE_LIMITS(partnershipIds)"], await WantAsync(copy, new { resourceId = copy, visibility = "PARTNERS", partnershipIds = new[] { onward } }));
        Assert.Equal(["SOURCE_LIMITS(partnershipIds)"], await WantAsync(copy, new { resourceId = copy, visibility = "PARTNERS", partnershipIds = new[] { through, onward } }));
        foreach (var wide in (string[])["MEMBERS", "PUBLIC"]) Assert.Equal(["SOURCE_LIMITS(visibility)"], await WantAsync(copy, new { resourceId = copy, visibility = wide }));
        await PublishAsync(copy, "PARTNERS", through);
        Assert.True(await world.IsSeenAsync(copy, world.Author));
        Assert.False(await world.IsSeenAsync(copy, world.Outsider));
        foreach (var (mutation, input, key) in new (string, object, string)[]
        {
            ("shareResource", new { resourceId = copy, partnershipIds = new[] { onward } }, world.TakerAdmin),
            ("shareResource", new { resourceId = copy, partnershipIds = new[] { onward } }, HubApp.AdminKey),
            ("publishResource", new { resourceId = copy, visibility = "PUBLIC" }, HubApp.AdminKey),
            ("setVisibility", new { resourceId = copy, visibility = "MEMBERS" }, world.TakerAdmin),
        })
            Assert.StartsWith("SOURCE_LIMITS", (await world.RefusedAsync(mutation, input, key))[0]);

        await world.ChangeAsync("withdrawResource", new { resourceId = source }, world.Author);
        await world.EndAsync(through);
        Assert.True(await world.IsSeenAsync(copy, world.TakerTeacher));
        Assert.False(await world.IsSeenAsync(copy, world.Author));
        Assert.Equal("""{"basedOn":{"version":2,"resource":null}}""", (await world.SeeAsync(copy, "basedOn { version resource { title } }", world.TakerTeacher)).GetRawText());
        Assert.Equal(["SOURCE_LIMITS(visibility)"], await world.RefusedAsync("setVisibility", new { resourceId = copy, visibility = "PUBLIC" }, world.TakerAdmin));
        Assert.Contains("PARTNERSHIP_NOT_IN_FORCE(partnershipIds)", await world.RefusedAsync("shareResource", new { resourceId = copy, partnershipIds = new[] { through } }, world.TakerAdmin));
    }

    [Fact]
    public async Task A_copy_of_a_copy_goes_no_further_than_the_first()
    {
        var source = await world.ReviewedAsync("原作", world.Partners);
        var copy = await AdaptAsync(source, "一次改编");
        await PublishAsync(copy, "PARTNERS", world.Agreement);
        var own = await AdaptAsync(copy, "自己再改", key: world.TakerTeacher);
        Assert.Equal(["SOURCE_LIMITS(visibility)"], await WantAsync(own, new { resourceId = own, visibility = "PUBLIC" }));
        var back = await AdaptAsync(copy, "回到原校", key: world.Author, school: world.Giver);
        Assert.Equal(["SOURCE_LIMITS(visibility)"], await world.RefusedAsync("submitForReview", new { resourceId = back, visibility = "MEMBERS" }, world.Author));
    }

    [Fact]
    public async Task From_members_to_members_from_everybody_to_everybody()
    {
        var members = await AdaptAsync(await world.ReviewedAsync("登录可见", new { visibility = "MEMBERS" }), "登录可见改");
        Assert.Equal(["SOURCE_LIMITS(visibility)"], await WantAsync(members, new { resourceId = members, visibility = "PUBLIC" }));
        await PublishAsync(members, "MEMBERS");
        var open = await AdaptAsync(await world.ReviewedAsync("公开可见", new { visibility = "PUBLIC" }), "公开可见改");
        await PublishAsync(open, "PUBLIC");
        Assert.True(await world.IsSeenAsync(open, null));
    }

    [Fact]
    public async Task A_copy_keeps_what_its_sources_licence_asks_of_copies()
    {
        var alike = await AdaptAsync(await world.ReviewedAsync("相同方式共享", new { visibility = "PUBLIC" }, "cc-by-sa"));
        foreach (var other in (string[])["cc-by", "cc0", "all-rights"]) Assert.Equal(["LICENCE_FORBIDS(licence)"], await world.RefusedAsync("updateResource", new { resourceId = alike, licence = other }, world.TakerTeacher));
        var partners = await AdaptAsync(await world.ReviewedAsync("结对内使用", world.Partners, "partners-only"));
        Assert.Equal(["LICENCE_FORBIDS(licence)"], await world.RefusedAsync("updateResource", new { resourceId = partners, licence = "cc-by" }, world.TakerTeacher));
        var named = await AdaptAsync(await world.ReviewedAsync("署名", new { visibility = "PUBLIC" }, "cc-by"));
        Assert.Equal(["LICENCE_FORBIDS(licence)"], await world.RefusedAsync("updateResource", new { resourceId = named, licence = "cc0" }, world.TakerTeacher));
        await world.ChangeAsync("updateResource", new { resourceId = named, licence = "cc-by-nc-sa" }, world.TakerTeacher);
    }

    [Fact]
    public async Task When_the_source_is_deleted_the_copy_stays_and_still_knows_the_version()
    {
        var source = await world.ReviewedAsync("将被删除的来源", world.Partners);
        var copy = await AdaptAsync(source, "留下的改编");
        await PublishAsync(copy, "SCHOOL");
        await world.ChangeAsync("deleteResource", new { resourceId = source }, world.Admin);
        Assert.Equal("""{"title":"留下的改编","basedOn":{"version":2,"resource":null}}""", (await world.SeeAsync(copy, "title basedOn { version resource { id } }", world.TakerTeacher)).GetRawText());
        using var client = world.Hub.Client(world.TakerTeacher);
        var address = (await world.SeeAsync(copy, "files { downloadUrl }", world.TakerTeacher)).GetProperty("files")[0].GetProperty("downloadUrl").GetString();
        Assert.Equal("异分母分数先通分", await client.GetStringAsync(address));
    }

    [Fact]
    public async Task Pupils_stay_marked_in_a_copy_and_the_consent_stays_with_who_holds_it()
    {
        var source = await world.DraftAsync("带学生的课", kind: "recorded-class");
        await world.ChangeAsync("markPupils", new { resourceId = source, showsPupils = true }, world.Author);
        await world.ChangeAsync("recordConsent", new { resourceId = source, holder = "德育处", scope = "PARTNERS" }, world.Author);
        await world.ApproveAsync(source, world.Partners);
        var copy = await AdaptAsync(source);
        Assert.Equal("""{"showsPupils":true,"consent":null}""", (await world.SeeAsync(copy, "showsPupils consent { holder }", world.TakerTeacher)).GetRawText());
        Assert.Equal(["CONSENT_REQUIRED"], await WantAsync(copy, new { resourceId = copy, visibility = "PARTNERS", partnershipIds = new[] { world.Agreement } }));
    }
}
