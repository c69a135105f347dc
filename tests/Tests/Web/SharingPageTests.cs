namespace ResourceHub.Tests.Web;

/// <summary>From a draft to a partner's search, by forms alone.</summary>
public sealed class SharingPageTests(SharingHub hub) : IClassFixture<SharingHub>
{
    private static readonly (string, string?)[] Plan = [("kind", "lesson-plan"), ("subject", "mathematics"), ("stage", "primary"), ("grades", "g6"), ("licence", "cc-by")];

    [Fact]
    public async Task A_plan_is_reviewed_shared_with_the_partners_and_found_by_them_alone()
    {
        var resource = await DraftAsync("《比的认识》教学设计");
        Assert.Contains("提交审核", (await hub.Teacher.OpenAsync(resource)).Document.QuerySelector(".panel")!.TextContent);
        var submitted = await hub.Teacher.SendAsync(resource + "/submit", "submit", ("note", "请看第二课时"));
        Assert.Contains("等待审核", submitted.Text);

        var queue = await hub.Admin.OpenAsync("/school/reviews");
        Assert.Contains("请看第二课时", queue.Text);
        Assert.Contains("六年级", queue.Text);
        var review = queue.Link("《比的认识》教学设计");
        Assert.Contains("教案.txt", (await hub.Admin.OpenAsync(review)).Text);
        var unsaid = await hub.Admin.SendAsync(review, "return", ("comment", "没有说原因"));
        Assert.Equal(422, unsaid.Status);
        Assert.Contains("没有说原因", unsaid.Html);
        Assert.Contains("已退回", (await hub.Admin.SendAsync(review, "return", ("reasons", "METADATA_INCOMPLETE"), ("comment", "请补充教学目标"))).Text);

        var mine = await hub.Teacher.OpenAsync("/mine?state=DRAFT");
        Assert.Contains("信息不完整", mine.Text);
        Assert.Contains("请补充教学目标", mine.Text);
        await hub.Teacher.SendAsync(resource + "/edit", "edit", ("description", "目标：认识比。"));
        await hub.Teacher.SendAsync(resource + "/submit", "submit");
        Assert.Contains("已通过并发布", (await hub.Admin.SendAsync(review, "approve")).Text);
        Assert.Equal(404, (await hub.PartnerTeacher.OpenAsync(resource)).Status);

        var look = await hub.Teacher.OpenAsync($"{resource}/share?look=1&with={hub.Partnership}");
        var (now, then) = (look.Document.QuerySelector(".before-after > div")!.TextContent, look.Document.QuerySelector(".before-after .after")!.TextContent);
        Assert.DoesNotContain(SharingHub.PartnerName, now);
        Assert.Contains(SharingHub.PartnerName, then);
        Assert.Contains(SharingHub.PartnershipName, then);
        Assert.DoesNotContain(SharingHub.ElsewhereName, look.Text);
        var shared = await hub.Teacher.SendAsync($"{resource}/share?look=1&with={hub.Partnership}", "share");
        Assert.Contains(SharingHub.PartnerName, shared.Document.QuerySelector(".audience")!.TextContent);
        await hub.App.IdleAsync();

        Assert.Contains("《比的认识》教学设计", (await hub.PartnerTeacher.OpenAsync("/search?q=比的认识")).Titles);
        Assert.Empty((await hub.Stranger.OpenAsync("/search?q=比的认识")).Titles);
        Assert.Equal(404, (await hub.Stranger.OpenAsync(resource)).Status);
        var space = await hub.PartnerTeacher.OpenAsync("/partnerships/" + hub.Partnership);
        Assert.Contains("《比的认识》教学设计", space.Text);
        Assert.Contains("共享了", space.Text);

        var adapted = await hub.PartnerTeacher.SendAsync(resource + "/adapt", "adapt", ("title", "《比的认识》（巴中改编）"));
        Assert.Contains("改编自", adapted.Text);
        Assert.Contains("《比的认识》教学设计", adapted.Document.QuerySelector(".lineage")!.TextContent);

        var stop = await hub.Teacher.OpenAsync(resource + "/share?look=1");
        Assert.Contains(SharingHub.PartnerName, stop.Document.QuerySelector(".after .warn")!.TextContent);
        await hub.Teacher.SendAsync(resource + "/share?look=1", "share");
        Assert.Equal(404, (await hub.PartnerTeacher.OpenAsync(resource)).Status);
    }

    [Fact]
    public async Task What_is_missing_is_said_with_a_way_to_the_very_field()
    {
        var draft = await hub.Teacher.SendAsync("/upload", "upload", ("title", "缺很多的草稿"), ("kind", "recorded-class"));
        var resource = draft.Address.Split('?')[0];
        var page = await hub.Teacher.OpenAsync(resource + "/submit");
        Assert.Equal($"{resource}/edit#edit-licence", page.Link("许可"));
        Assert.Equal($"{resource}/edit#files-file", page.Link("至少一个文件"));
        Assert.Equal($"{resource}/consent", page.Link("有没有学生出镜"));
        var edit = await hub.Teacher.OpenAsync(resource + "/edit");
        Assert.NotNull(edit.Document.GetElementById("edit-licence"));
        Assert.NotNull(edit.Document.GetElementById("files-file"));
        Assert.Contains("许可", (await hub.Teacher.OpenAsync("/mine")).Text);
    }

    [Fact]
    public async Task A_recording_of_pupils_leaves_the_school_only_under_a_recorded_consent()
    {
        var resource = await DraftAsync("《圆》课堂实录");
        await hub.Teacher.SendAsync(resource + "/consent", "mark", ("showsPupils", "yes"));
        await hub.Teacher.SendAsync(resource + "/submit", "submit");
        await hub.Admin.SendAsync(resource + "/review", "approve");
        var refused = await hub.Teacher.SendAsync($"{resource}/share?look=1&with={hub.Partnership}", "share");
        Assert.Equal(422, refused.Status);
        Assert.Contains("同意书", refused.Document.QuerySelector("[role=alert]")!.TextContent);
        var recorded = await hub.Teacher.SendAsync(resource + "/consent", "record", ("holder", "教务处"), ("scope", "PARTNERS"), ("until", "2099-07-01"));
        Assert.Contains("2099年7月1日", recorded.Text);
        Assert.Contains(SharingHub.PartnerName, (await hub.Teacher.SendAsync($"{resource}/share?look=1&with={hub.Partnership}", "share")).Text);
        Assert.Contains("只对本校开放", (await hub.Teacher.SendAsync(resource + "/consent", "withdraw")).Text);
        Assert.Equal(404, (await hub.PartnerTeacher.OpenAsync(resource)).Status);
    }

    [Fact]
    public async Task What_was_taken_back_can_be_a_draft_again_and_what_was_deleted_is_gone()
    {
        var resource = await DraftAsync("要撤回的教案");
        await hub.Teacher.SendAsync(resource + "/submit", "submit", ("visibility", "PUBLIC"));
        await hub.Teacher.SendAsync(resource + "/confirm/recall", "recall");
        await hub.Teacher.SendAsync(resource + "/submit", "submit", ("visibility", "PUBLIC"));
        await hub.Admin.SendAsync(resource + "/review", "approve");
        Assert.Equal(200, (await hub.Stranger.OpenAsync(resource)).Status);
        Assert.Contains("只有您和本校管理员", (await hub.Teacher.SendAsync(resource + "/confirm/withdraw", "withdraw")).Text);
        Assert.Equal(404, (await hub.Stranger.OpenAsync(resource)).Status);
        Assert.Contains("已恢复为草稿", (await hub.Teacher.SendAsync(resource + "/confirm/restore", "restore")).Text);
        Assert.Equal(422, (await hub.Teacher.SendAsync(resource + "/confirm/delete", "delete")).Status); // once it was published, it is for admins
        Assert.Equal("/mine?said=done-delete", (await hub.Admin.SendAsync(resource + "/confirm/delete", "delete")).Address);
        Assert.Equal(404, (await hub.Teacher.OpenAsync(resource)).Status);
    }

    [Fact]
    public async Task Who_sees_it_is_narrowed_by_its_author()
    {
        var resource = await DraftAsync("要收窄的教案");
        await hub.Teacher.SendAsync(resource + "/submit", "submit", ("visibility", "MEMBERS"));
        await hub.Admin.SendAsync(resource + "/review", "approve");
        Assert.Contains($"{SharingHub.OwnName}的教师可见", (await hub.Teacher.SendAsync(resource + "/visibility", "visibility", ("visibility", "SCHOOL"))).Text);
        Assert.Equal(404, (await hub.Stranger.OpenAsync(resource)).Status);
    }

    [Theory]
    [InlineData("/edit")]
    [InlineData("/share")]
    [InlineData("/submit")]
    [InlineData("/visibility")]
    [InlineData("/consent")]
    [InlineData("/review")]
    [InlineData("/confirm/delete")]
    public async Task Pages_of_the_owner_school_are_not_for_others(string page)
    {
        var resource = await hub.App.ResourceAsync(hub.Own, "公开给所有人的资源");
        await hub.App.PublishAsync(resource);
        Assert.Equal(403, (await hub.Stranger.OpenAsync($"/resources/{resource}{page}")).Status);
        var draft = await hub.App.ResourceAsync(hub.Own, "别人的草稿");
        Assert.Equal(404, (await hub.Stranger.OpenAsync($"/resources/{draft}{page}")).Status);
    }

    private async Task<string> DraftAsync(string title)
    {
        var page = await hub.Teacher.SendAsync("/upload", "upload", [.. Plan, ("title", title)]);
        var resource = page.Address.Split('?')[0];
        await hub.App.AttachAsync(resource.Split('/')[^1], System.Text.Encoding.UTF8.GetBytes("教案正文：" + title), "教案.txt");
        await hub.App.IdleAsync();
        return resource;
    }
}
