namespace ResourceHub.Tests.Web;

/// <summary>Running a school: its people, keys, audit log and partnerships.</summary>
public sealed class SchoolPageTests(SharingHub hub) : IClassFixture<SharingHub>
{
    private const string Password = "两江汇流处有一座学校";

    [Fact]
    public async Task An_invited_teacher_joins_by_a_link_that_is_shown_once_and_works_once()
    {
        var form = (await hub.Admin.OpenAsync("/school")).Form("invite").Filled(("displayName", "语文教师"));
        using var made = await hub.Admin.Client.PostAsync("/school", form);
        var html = await made.Content.ReadAsStringAsync();
        var link = new Uri(new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html).QuerySelector("#secret")!.GetAttribute("value")!);
        Assert.Equal(hub.App.Address.Authority, link.Authority);
        using var again = await hub.Admin.Client.PostAsync("/school", form);
        Assert.Contains("只显示一次", await again.Content.ReadAsStringAsync());
        Assert.DoesNotContain(link.AbsolutePath, await again.Content.ReadAsStringAsync());

        using var browser = hub.App.Browser();
        using var nobody = new HubPerson("", "yuwen-teacher", Password, browser);
        var offer = await nobody.OpenAsync(link.AbsolutePath);
        Assert.Contains(SharingHub.OwnName, offer.Text);
        Assert.Contains("no-referrer", offer.Headers["Referrer-Policy"]);
        Assert.Equal("语文教师", offer.Document.QuerySelector("#accept-displayName")!.GetAttribute("value"));
        var differ = await nobody.SendAsync(link.AbsolutePath, "accept", ("userName", "yuwen-teacher"), ("password", Password), ("again", "不一样的密码在这里"));
        Assert.Contains("两次输入的密码不一样", differ.Text);
        Assert.Equal("yuwen-teacher", differ.Document.QuerySelector("#accept-userName")!.GetAttribute("value"));
        Assert.DoesNotContain(Password, differ.Html);
        var weak = await nobody.SendAsync(link.AbsolutePath, "accept", ("userName", "yuwen-teacher"), ("password", "1234567890"), ("again", "1234567890"));
        Assert.Equal(422, weak.Status);
        Assert.NotNull(weak.Document.QuerySelector("#accept-password[aria-invalid]"));
        Assert.Contains("现在可以用您的用户名和密码登录", (await nobody.SendAsync(link.AbsolutePath, "accept", ("userName", "yuwen-teacher"), ("password", Password), ("again", Password))).Text);
        Assert.Equal(404, (await nobody.OpenAsync(link.AbsolutePath)).Status);
        Assert.Contains("语文教师", (await hub.Admin.OpenAsync("/school")).Text);
    }

    [Fact]
    public async Task A_password_is_changed_and_this_session_goes_on()
    {
        using var person = await hub.App.PersonAsync(hub.Own, userName: "changes-password");
        Assert.Contains("现在的密码不对", (await person.SendAsync("/account", "password", ("current", "猜一个不对的密码"), ("next", Password), ("again", Password))).Text);
        var changed = await person.SendAsync("/account", "password", ("current", person.Password), ("next", Password), ("again", Password));
        Assert.Contains("密码已更改", changed.Text);
        Assert.Contains("changes-password", changed.Text);
    }

    [Fact]
    public async Task Members_are_made_admins_given_new_passwords_and_removed()
    {
        using var person = await hub.App.PersonAsync(hub.Own, userName: "will-leave");
        await ChangeAsync("role", person.Id, "角色已更改");
        Assert.Equal(200, (await person.OpenAsync("/school/reviews")).Status);
        Assert.Contains("/invitation/", (await ChangeAsync("password", person.Id, "新密码链接")).Html);
        await ChangeAsync("remove", person.Id, "已移出学校");
        Assert.Equal("/sign-in?return=%2Fmine", (await person.OpenAsync("/mine")).Address);
    }

    [Fact]
    public async Task A_teacher_sees_colleagues_and_changes_none()
    {
        var page = await hub.Teacher.OpenAsync("/school");
        Assert.Contains("人员2", page.Text);
        Assert.DoesNotContain(hub.Admin.UserName, page.Text);
        Assert.Equal(2, page.Document.Forms.Length); // the search box and signing out
        foreach (var address in new[] { "/school/keys", "/school/audit", "/school/reviews", "/partnerships/new" })
            Assert.Equal(403, (await hub.Teacher.OpenAsync(address)).Status);
    }

    [Fact]
    public async Task A_key_is_shown_once_and_revoked()
    {
        var form = (await hub.Admin.OpenAsync("/school/keys")).Form("make").Filled(("name", "区教育云"));
        using var made = await hub.Admin.Client.PostAsync("/school/keys", form);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await made.Content.ReadAsStringAsync());
        var key = page.QuerySelector("#secret")!.GetAttribute("value");
        Assert.Contains(SharingHub.OwnName, (await hub.App.QueryAsync("{ viewer { school { name } } }", key: key)).ToString());
        Assert.DoesNotContain(key!, (await hub.Admin.OpenAsync("/school/keys")).Html);
        var revoked = await hub.Admin.SendAsync("/school/keys", "revoke");
        Assert.Contains("密钥已撤销", revoked.Text);
        Assert.True((await hub.App.AskAsync("{ viewer { name } }", key: key)).TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task The_audit_log_says_who_did_what()
    {
        await hub.App.SignInAsync(hub.Admin.Id, hub.Admin.UserName, hub.Admin.Password);
        var page = await hub.Admin.OpenAsync("/school/audit?action=sign-in");
        Assert.Contains("登录", page.Document.QuerySelector("tbody")!.TextContent);
        Assert.DoesNotContain("发出邀请", page.Document.QuerySelector("tbody")!.TextContent);
        Assert.Contains("没有符合条件的记录", (await hub.Admin.OpenAsync("/school/audit?from=2099-01-01")).Text);
    }

    [Fact]
    public async Task A_partnership_is_proposed_accepted_given_its_papers_and_ended()
    {
        var proposed = await hub.Admin.SendAsync("/partnerships/new", "new", ("name", "科学联合教研"), ("kind", "PAIR"), ("schoolIds", hub.Partner), ("subjects", "science"));
        Assert.Contains("等待答复", proposed.Text);
        var space = proposed.Address.Split('?')[0];
        Assert.Equal(404, (await hub.Stranger.OpenAsync(space)).Status);
        Assert.Contains("等待本校答复", (await hub.PartnerAdmin.OpenAsync("/partnerships")).Text);
        Assert.Empty((await hub.PartnerTeacher.OpenAsync(space)).Document.QuerySelectorAll("main form"));
        Assert.Equal(422, (await hub.PartnerAdmin.SendAsync(space, "decline", ("reason", ""))).Status);
        Assert.Contains("生效中", (await hub.PartnerAdmin.SendAsync(space, "accept")).Text);
        Assert.Contains("科学", (await hub.Teacher.OpenAsync(space)).Text);

        var upload = await hub.Admin.UploadAsync("结对协议.pdf", "%PDF-1.4\n%%EOF"u8.ToArray());
        var papers = await hub.Admin.SendAsync(space, "agreement", ("upload", $"{upload}/结对协议.pdf"));
        Assert.Contains("结对协议.pdf", papers.Text);
        using var file = await hub.PartnerTeacher.Client.GetAsync(papers.Link("结对协议.pdf"));
        Assert.Equal("%PDF-1.4\n%%EOF"u8.ToArray(), await file.Content.ReadAsByteArrayAsync());

        var ended = await hub.PartnerAdmin.SendAsync(space, "end", ("reason", "双方约定结束"));
        Assert.Contains("双方约定结束", ended.Text);
        Assert.Contains("已结束", (await hub.Teacher.OpenAsync("/partnerships")).Text);
    }

    private async Task<Page> ChangeAsync(string form, string person, string said)
    {
        var page = await hub.Admin.OpenAsync("/school");
        var row = page.Document.Forms.Single(f => f.QuerySelector($"input[name=do][value={form}]") is not null && f.QuerySelector("input[name=for]")?.GetAttribute("value") == person);
        using var response = await hub.Admin.Client.PostAsync("/school", row.Filled());
        var after = await hub.Admin.ReadAsync(response);
        Assert.Contains(said, after.Text);
        return after;
    }
}
