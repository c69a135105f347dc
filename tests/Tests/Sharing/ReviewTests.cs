using System.Text.Json;

namespace ResourceHub.Tests.Sharing;

public sealed class ReviewTests(SharingWorld world) : IClassFixture<SharingWorld>
{
    private const string Review = "state review { decision submittedBy decidedBy reasons comment note version visibility partnerships { name } } missingForReview";

    private async Task<string> BareAsync(string kind = "lesson-plan", string? key = null)
        => (await world.ChangeAsync("createResource", new { schoolId = world.Giver, title = "分数", kind }, key ?? world.Author, "resource { id }")).GetProperty("resource").GetProperty("id").GetString()!;

    [Fact]
    public async Task What_is_missing_is_said_before_and_at_submitting_all_at_once()
    {
        var id = await BareAsync();
        Assert.Equal("""["licence","stage","grades","subject","files"]""", (await world.SeeAsync(id, "missingForReview", world.Author)).GetProperty("missingForReview").GetRawText());
        Assert.Equal(["MISSING_METADATA(licence,stage,grades,subject,files)"], await world.RefusedAsync("submitForReview", new { resourceId = id }, world.Author));
        await world.ChangeAsync("updateResource", new { resourceId = id, licence = "cc-by", stage = "primary", grades = new[] { "g5" } }, world.Author);
        Assert.Equal(["MISSING_METADATA(subject,files)"], await world.RefusedAsync("submitForReview", new { resourceId = id }, world.Author));
        var full = await world.DraftAsync("分数");
        Assert.Equal("[]", (await world.SeeAsync(full, "missingForReview", world.Author)).GetProperty("missingForReview").GetRawText());
        await world.ChangeAsync("submitForReview", new { resourceId = full }, world.Author);
    }

    [Theory]
    [InlineData("guide", "licence,stage,files")]
    [InlineData("research-material", "licence,stage,subject,files")]
    [InlineData("training-project", "licence,stage,subject,files")]
    [InlineData("recorded-class", "licence,stage,grades,subject,files,showsPupils")]
    [InlineData("observation", "licence,stage,grades,subject,files,showsPupils")]
    [InlineData("video-lesson", "licence,stage,grades,subject,files")]
    public async Task What_a_kind_has_not_is_not_asked_for_and_kinds_that_show_pupils_ask_for_it(string kind, string missing)
        => Assert.Equal([$"MISSING_METADATA({missing})"], await world.RefusedAsync("submitForReview", new { resourceId = await BareAsync(kind) }, world.Author));

    [Fact]
    public async Task Whether_pupils_can_be_seen_is_asked_for_those_kinds_that_usually_show_them()
    {
        var recorded = await world.DraftAsync("课堂实录", kind: "recorded-class");
        Assert.True((await world.SeeAsync(recorded, "suggestsShowingPupils", world.Author)).GetProperty("suggestsShowingPupils").GetBoolean());
        Assert.False((await world.SeeAsync(await world.DraftAsync("教案"), "suggestsShowingPupils", world.Author)).GetProperty("suggestsShowingPupils").GetBoolean());
        Assert.Equal(["MISSING_METADATA(showsPupils)"], await world.RefusedAsync("submitForReview", new { resourceId = recorded }, world.Author));
        await world.ChangeAsync("markPupils", new { resourceId = recorded, showsPupils = false }, world.Author);
        await world.ChangeAsync("submitForReview", new { resourceId = recorded }, world.Author);
    }

    [Fact]
    public async Task Its_creator_and_the_schools_admins_submit_and_others_do_not()
    {
        var id = await world.DraftAsync("谁送审");
        foreach (var key in (string?[])[world.Colleague, world.TakerAdmin, world.Outsider]) Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("submitForReview", new { resourceId = id }, key));
        Assert.Equal(["UNAUTHENTICATED"], await world.RefusedAsync("submitForReview", new { resourceId = id }, null));
        await world.ChangeAsync("submitForReview", new { resourceId = id, note = "请看第二页" }, world.Admin);
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("submitForReview", new { resourceId = id }, world.Author));
        var seen = await world.SeeAsync(id, Review, world.Author);
        Assert.Equal("""{"state":"IN_REVIEW","review":{"decision":null,"submittedBy":"test","decidedBy":null,"reasons":[],"comment":null,"note":"请看第二页","version":2,"visibility":"SCHOOL","partnerships":[]},"missingForReview":[]}""", seen.GetRawText());
    }

    [Fact]
    public async Task Admins_see_their_schools_queue_oldest_first_and_nobody_else_does()
    {
        var first = await world.DraftAsync("先送审的");
        var second = await world.DraftAsync("后送审的");
        foreach (var id in (string[])[first, second]) await world.ChangeAsync("submitForReview", new { resourceId = id }, world.Author);
        const string queue = "query($school: ID) { reviewQueue(schoolId: $school, first: 100) { totalCount nodes { resource { title } } } }";
        async Task<JsonElement> QueueAsync(string? key, string? school = null) => (await world.Hub.QueryAsync(queue, new { school }, key)).GetProperty("reviewQueue");

        var titles = (await QueueAsync(world.Admin)).GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("resource").GetProperty("title").GetString()).ToList();
        Assert.True(titles.IndexOf("先送审的") < titles.IndexOf("后送审的") && titles.Contains("先送审的"));
        Assert.Equal(titles.Count, (await QueueAsync(HubApp.AdminKey, world.Giver)).GetProperty("totalCount").GetInt32());
        foreach (var key in (string?[])[null, world.Author, world.TakerAdmin, world.Outsider]) Assert.Equal("""{"totalCount":0,"nodes":[]}""", (await QueueAsync(key)).GetRawText());
        Assert.Equal(0, (await QueueAsync(world.Admin, world.Taker)).GetProperty("totalCount").GetInt32());
        await world.ChangeAsync("approveResource", new { resourceId = first }, world.Admin);
        Assert.DoesNotContain("先送审的", (await QueueAsync(world.Admin)).GetRawText());
    }

    [Fact]
    public async Task Nobody_approves_what_they_uploaded_or_submitted_unless_the_school_allows_it()
    {
        var own = await world.DraftAsync("管理员自己的", world.Admin);
        await world.ChangeAsync("submitForReview", new { resourceId = own }, world.Admin);
        Assert.Equal(["OWN_UPLOAD"], await world.RefusedAsync("approveResource", new { resourceId = own }, world.Admin));
        var handedIn = await world.DraftAsync("管理员代为送审");
        await world.ChangeAsync("submitForReview", new { resourceId = handedIn }, world.Admin);
        Assert.Equal(["OWN_UPLOAD"], await world.RefusedAsync("approveResource", new { resourceId = handedIn }, world.Admin));
        await world.ChangeAsync("approveResource", new { resourceId = handedIn }, world.OtherAdmin);
        Assert.Equal("PUBLISHED", (await world.SeeAsync(handedIn, "state", world.Colleague)).GetProperty("state").GetString());

        await world.ChangeAsync("returnResource", new { resourceId = own, reasons = new[] { "TECHNICAL_FAULT" } }, world.Admin);
        await world.ChangeAsync("submitForReview", new { resourceId = own }, world.Admin);
        await world.LetApproveOwnAsync(world.Giver, true);
        await world.ChangeAsync("approveResource", new { resourceId = own }, world.Admin);
        await world.LetApproveOwnAsync(world.Giver, false);
    }

    [Fact]
    public async Task Only_the_schools_admins_and_hub_admins_decide()
    {
        var id = await world.DraftAsync("谁审核");
        await world.ChangeAsync("submitForReview", new { resourceId = id }, world.Author);
        Assert.Equal(["FORBIDDEN"], await world.RefusedAsync("approveResource", new { resourceId = id }, world.Author));
        Assert.Equal(["FORBIDDEN"], await world.RefusedAsync("returnResource", new { resourceId = id, reasons = new[] { "TECHNICAL_FAULT" } }, world.Author));
        foreach (var key in (string[])[world.Colleague, world.TakerAdmin]) Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("approveResource", new { resourceId = id }, key));
        await world.ChangeAsync("approveResource", new { resourceId = id, comment = "很好" }, HubApp.AdminKey);
        Assert.Equal(["NOT_IN_REVIEW"], await world.RefusedAsync("approveResource", new { resourceId = id }, world.Admin));
        Assert.Equal(["submitted", "approved"], await world.AuditAsync(id));
    }

    [Fact]
    public async Task A_return_gives_a_reason_and_other_says_which()
    {
        var id = await world.DraftAsync("要退回的");
        await world.ChangeAsync("submitForReview", new { resourceId = id }, world.Author);
        Assert.Equal(["REQUIRED(reasons)"], await world.RefusedAsync("returnResource", new { resourceId = id, reasons = Array.Empty<string>() }, world.Admin));
        Assert.Equal(["REQUIRED(comment)"], await world.RefusedAsync("returnResource", new { resourceId = id, reasons = new[] { "OTHER" } }, world.Admin));
        await world.ChangeAsync("returnResource", new { resourceId = id, reasons = new[] { "LICENCE_UNCLEAR", "OTHER" }, comment = "插图来源？" }, world.Admin);
        var seen = await world.SeeAsync(id, "state review { decision reasons comment }", world.Author);
        Assert.Equal("""{"state":"DRAFT","review":{"decision":"RETURNED","reasons":["LICENCE_UNCLEAR","OTHER"],"comment":"插图来源？"}}""", seen.GetRawText());
        await world.ChangeAsync("submitForReview", new { resourceId = id }, world.Author);
        var all = await world.SeeAsync(id, "reviews { totalCount nodes { decision } }", world.Admin);
        Assert.Equal("""{"reviews":{"totalCount":2,"nodes":[{"decision":null},{"decision":"RETURNED"}]}}""", all.GetRawText());
        Assert.Equal(["submitted", "returned", "submitted"], await world.AuditAsync(id));
    }

    [Fact]
    public async Task What_is_in_review_is_changed_by_admins_only_until_its_author_takes_it_back()
    {
        var id = await world.DraftAsync("审核中");
        await world.ChangeAsync("submitForReview", new { resourceId = id }, world.Author);
        Assert.False((await world.SeeAsync(id, "mayEdit", world.Author)).GetProperty("mayEdit").GetBoolean());
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("updateResource", new { resourceId = id, title = "偷换" }, world.Author));
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("attachFile", new { resourceId = id, uploadId = await world.Hub.UploadAsync("x"u8.ToArray(), "x.txt", world.Author) }, world.Author));
        Assert.Equal(["INVALID_STATE"], await world.RefusedAsync("markPupils", new { resourceId = id, showsPupils = true }, world.Author));
        await world.ChangeAsync("updateResource", new { resourceId = id, title = "管理员改过" }, world.Admin);
        await world.ChangeAsync("recallFromReview", new { resourceId = id }, world.Author);
        Assert.Equal("""{"state":"DRAFT","review":null,"mayEdit":true}""", (await world.SeeAsync(id, "state review { decision } mayEdit", world.Author)).GetRawText());
        Assert.Equal(["NOT_IN_REVIEW"], await world.RefusedAsync("recallFromReview", new { resourceId = id }, world.Author));
        Assert.Equal(["NOT_IN_REVIEW"], await world.RefusedAsync("approveResource", new { resourceId = id }, world.Admin));
        await world.ChangeAsync("updateResource", new { resourceId = id, title = "作者又改" }, world.Author);
    }

    [Fact]
    public async Task What_a_review_vouched_for_is_not_exchanged_behind_its_back()
    {
        var id = await world.ReviewedAsync("审核过的");
        var upload = new { resourceId = id, uploadId = await world.Hub.UploadAsync("没有审核过"u8.ToArray(), "新.txt", world.Author) };
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("attachFile", upload, world.Author));
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("updateResource", new { resourceId = id, licence = "cc0" }, world.Author));
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("updateResource", new { resourceId = id, kind = "slides" }, world.Author));
        await world.ChangeAsync("updateResource", new { resourceId = id, description = "改正错字" }, world.Author);
        await world.Hub.AttachAsync(id, "管理员添加"u8.ToArray(), "补充.txt", world.Admin);
        // The way for its author: back to a draft, and through a review again.
        await world.ChangeAsync("withdrawResource", new { resourceId = id }, world.Author);
        await world.ChangeAsync("restoreResource", new { resourceId = id }, world.Author);
        await world.ChangeAsync("attachFile", upload, world.Author);
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("publishResource", new { resourceId = id, visibility = "SCHOOL" }, world.Admin));
        await world.ApproveAsync(id);
    }

    [Fact]
    public async Task What_was_wanted_is_checked_at_submitting_and_again_at_approving()
    {
        var passing = await world.PartnershipAsync("临时结对", [], world.Giver, world.Taker);
        var id = await world.DraftAsync("先有效后失效");
        var wanted = new { resourceId = id, visibility = "PARTNERS", partnershipIds = new[] { passing } };
        await world.ChangeAsync("submitForReview", wanted, world.Author);
        await world.EndAsync(passing);
        Assert.Equal(["PARTNERSHIP_NOT_IN_FORCE(partnershipIds)"], await world.RefusedAsync("approveResource", new { resourceId = id }, world.Admin));
        Assert.Equal("IN_REVIEW", (await world.SeeAsync(id, "state", world.Author)).GetProperty("state").GetString());
        await world.ChangeAsync("recallFromReview", new { resourceId = id }, world.Author);
        Assert.Equal(["PARTNERSHIP_NOT_IN_FORCE(partnershipIds)"], await world.RefusedAsync("submitForReview", wanted, world.Author));
        Assert.Equal(["PARTNERS_NEEDED(partnershipIds)"], await world.RefusedAsync("submitForReview", new { resourceId = id, visibility = "PARTNERS" }, world.Author));
        Assert.Equal(["PARTNERS_NEEDED(visibility)"], await world.RefusedAsync("submitForReview", new { resourceId = id, visibility = "MEMBERS", partnershipIds = new[] { world.Agreement } }, world.Author));
        Assert.Equal(["INVALID_VISIBILITY(visibility)"], await world.RefusedAsync("submitForReview", new { resourceId = id, visibility = "PRIVATE" }, world.Author));
    }

    [Fact]
    public async Task What_concerns_the_review_is_the_owner_schools_alone()
    {
        var id = await world.ReviewedAsync("公开的", new { visibility = "PUBLIC" });
        const string fields = "review { decision } reviews { totalCount } consent { holder } openUntil missingForReview mayEdit";
        foreach (var key in (string?[])[null, world.TakerAdmin, world.Outsider])
            Assert.Equal("""{"review":null,"reviews":null,"consent":null,"openUntil":null,"missingForReview":[],"mayEdit":false}""", (await world.SeeAsync(id, fields, key)).GetRawText());
        Assert.Equal("APPROVED", (await world.SeeAsync(id, fields, world.Colleague)).GetProperty("review").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task One_finds_what_one_has_created_by_its_state()
    {
        var draft = await world.DraftAsync("我的草稿", world.TakerTeacher, world.Taker);
        var done = await world.DraftAsync("我的已发布", world.TakerTeacher, world.Taker);
        await world.ChangeAsync("submitForReview", new { resourceId = done }, world.TakerTeacher);
        await world.ChangeAsync("approveResource", new { resourceId = done }, world.TakerAdmin);
        const string mine = "query($state: ResourceState) { viewer { resources(state: $state) { totalCount nodes { id } } } }";
        async Task<string> MineAsync(string? state, string? key) => (await world.Hub.QueryAsync(mine, new { state }, key)).GetProperty("viewer").GetProperty("resources").GetRawText();
        Assert.Equal($$"""{"totalCount":2,"nodes":[{"id":"{{done}}"},{"id":"{{draft}}"}]}""", await MineAsync(null, world.TakerTeacher));
        Assert.Equal($$"""{"totalCount":1,"nodes":[{"id":"{{draft}}"}]}""", await MineAsync("DRAFT", world.TakerTeacher));
        Assert.Equal("""{"totalCount":0,"nodes":[]}""", await MineAsync(null, world.TakerAdmin));
        Assert.Equal("""{"totalCount":0,"nodes":[]}""", await MineAsync(null, null));
    }

    [Fact]
    public async Task School_admins_publish_without_a_review_only_what_is_theirs_where_the_school_lets_them()
    {
        var own = await world.DraftAsync("自己发布", world.Admin);
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("publishResource", new { resourceId = own, visibility = "SCHOOL" }, world.Admin));
        await world.LetApproveOwnAsync(world.Giver, true);
        Assert.Equal(["REVIEW_REQUIRED"], await world.RefusedAsync("publishResource", new { resourceId = await world.DraftAsync("教师的"), visibility = "SCHOOL" }, world.Admin));
        Assert.Equal(["MISSING_METADATA(licence,stage,grades,subject,files)"], (await world.RefusedAsync("publishResource", new { resourceId = await BareAsync(key: world.Admin), visibility = "SCHOOL" }, world.Admin))[1..]);
        await world.ChangeAsync("publishResource", new { resourceId = own, visibility = "MEMBERS" }, world.Admin);
        await world.LetApproveOwnAsync(world.Giver, false);
        Assert.True(await world.IsSeenAsync(own, world.Outsider));
    }
}
