using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Audit;

namespace ResourceHub.Tests.Accounts;

/// <summary>People come by a link that works once, for seven days, until it is revoked.</summary>
public sealed class InvitationTests : IAsyncLifetime
{
    private const string Invite = "mutation($s: ID, $n: String!, $r: Role!) { inviteMember(input: { schoolId: $s, displayName: $n, role: $r }) { invitation { id kind role displayName isOpen } secret url errors { code path } } }";
    private const string Accept = "mutation($s: String!, $u: String, $p: String!, $n: String) { acceptInvitation(input: { secret: $s, userName: $u, password: $p, displayName: $n }) { person { displayName role school { name } } errors { code path } } }";
    private const string Offer = "query($s: String!) { invitation(secret: $s) { kind displayName role school { name } } }";
    private const string Password = "一句容易记住的话就很好";

    private readonly ManualClock clock = new();
    private HubApp hub = null!;
    private string school = "";
    private HubPerson admin = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(change: services => services.AddSingleton<TimeProvider>(clock));
        school = await hub.SchoolAsync("新村实验小学");
        admin = await hub.PersonAsync(school, "SCHOOL_ADMIN");
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_school_admin_invites_a_teacher_who_joins_with_a_name_and_password_of_their_own()
    {
        var made = await InviteAsync(school);
        Assert.Equal("""{"kind":"JOIN","role":"TEACHER","displayName":"语文教师","isOpen":true}""", Without(made.GetProperty("invitation"), "id"));
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal($"/invitation/{secret}", made.GetProperty("url").GetString());
        Assert.Equal("""{"invitation":{"kind":"JOIN","displayName":"语文教师","role":"TEACHER","school":{"name":"新村实验小学"}}}""", (await hub.QueryAsync(Offer, new { s = secret })).ToString());
        var joined = await hub.QueryAsync(Accept, new { s = secret, u = "yuwen", p = Password, n = "新来的语文教师" });
        Assert.Equal("""{"person":{"displayName":"新来的语文教师","role":"TEACHER","school":{"name":"新村实验小学"}},"errors":[]}""", joined.GetProperty("acceptInvitation").ToString());
        using var teacher = await hub.SignInAsync("", "yuwen", Password);
        Assert.Equal("""{"viewer":{"name":"新来的语文教师"}}""", (await teacher.QueryAsync("{ viewer { name } }")).ToString());
    }

    [Fact]
    public async Task A_link_works_once_and_used_expired_revoked_and_invented_links_are_answered_alike()
    {
        var used = await SecretAsync();
        await hub.QueryAsync(Accept, new { s = used, u = "first", p = Password });
        var revoked = await InviteAsync(school);
        await admin.QueryAsync("mutation($i: ID!) { revokeInvitation(input: { invitationId: $i }) { invitation { isOpen } errors { code } } }", new { i = revoked.GetProperty("invitation").GetProperty("id").GetString() });
        var expired = await SecretAsync();
        clock.Advance(TimeSpan.FromDays(7));
        foreach (var secret in new[] { used, revoked.GetProperty("secret").GetString(), expired, new string('0', 64), "" })
        {
            Assert.Equal("""{"data":{"invitation":null}}""", (await hub.AskAsync(Offer, new { s = secret })).ToString());
            Assert.Equal("""{"data":{"acceptInvitation":{"person":null,"errors":[{"code":"INVALID_INVITATION","path":["secret"]}]}}}""", (await hub.AskAsync(Accept, new { s = secret, u = "second", p = Password })).ToString());
        }
    }

    [Fact]
    public async Task Of_two_who_use_a_link_at_once_one_joins()
    {
        var secret = await SecretAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => hub.AskAsync(Accept, new { s = secret, u = $"one-of-{i}", p = Password })));
        Assert.Single(answers, a => a.GetProperty("data").GetProperty("acceptInvitation").GetProperty("person").ValueKind == JsonValueKind.Object);
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        Assert.Equal(1, await db.LocalAccounts.CountAsync(a => a.UserName.StartsWith("one-of-")));
        Assert.Equal(2, await db.People.CountAsync());
    }

    [Theory]
    [InlineData("short", "WEAK_PASSWORD")]
    [InlineData("九个字符不算长的密", "WEAK_PASSWORD")]
    [InlineData("1234567890", "WEAK_PASSWORD")]
    [InlineData("password2024!", "WEAK_PASSWORD")]
    [InlineData("ｐａｓｓｗｏｒｄ１２３４", "WEAK_PASSWORD")]
    [InlineData("qwertyuiop", "WEAK_PASSWORD")]
    [InlineData("aaaaaaaaaaaa", "WEAK_PASSWORD")]
    [InlineData("woaini5201314", "WEAK_PASSWORD")]
    [InlineData("zhang-laoshi1", "WEAK_PASSWORD")]
    [InlineData("laoshi-ZHANG-laoshi", null)]
    [InlineData("all lower case letters", null)]
    [InlineData("清晨的江北城真安静呀", null)]
    [InlineData("🌱🌲🌳🌴🌵🌾🌿🍀🍁🍂", null)]
    public async Task A_password_may_be_anything_that_is_long_enough_and_not_tried_first(string password, string? code)
    {
        var answer = (await hub.AskAsync(Accept, new { s = await SecretAsync(), u = "zhang-laoshi", p = password })).GetProperty("data").GetProperty("acceptInvitation");
        Assert.Equal(code is null ? "[]" : $$"""[{"code":"{{code}}","path":["password"]}]""", answer.GetProperty("errors").ToString());
        if (code is null) (await hub.SignInAsync("", "zhang-laoshi", password)).Dispose();
    }

    [Fact]
    public async Task A_password_of_201_characters_is_too_long_and_one_of_200_opens()
    {
        var secret = await SecretAsync();
        var longest = string.Concat(Enumerable.Repeat("春眠不觉晓处处闻啼鸟", 19)) + "夜来风雨声花落知多少";
        Assert.Equal("WEAK_PASSWORD", (await hub.AskAsync(Accept, new { s = secret, u = "long", p = longest + "x" })).GetProperty("data").GetProperty("acceptInvitation").GetProperty("errors")[0].GetProperty("code").GetString());
        await hub.QueryAsync(Accept, new { s = secret, u = "long", p = longest });
        (await hub.SignInAsync("", "long", longest)).Dispose();
    }

    [Fact]
    public async Task A_password_opens_in_whatever_form_the_keyboard_writes_it()
    {
        await hub.QueryAsync(Accept, new { s = await SecretAsync(), u = "cafe", p = "caf\u00e9 au lait ①" });
        (await hub.SignInAsync("", "CAFE", "cafe\u0301 ａｕ lait 1")).Dispose();
    }

    [Fact]
    public async Task A_user_name_is_taken_in_any_case_and_width_and_the_link_stays_good()
    {
        await hub.QueryAsync(Accept, new { s = await SecretAsync(), u = "lan", p = Password });
        var secret = await SecretAsync();
        Assert.Equal("""{"person":null,"errors":[{"code":"ALREADY_EXISTS","path":["userName"]}]}""", (await hub.AskAsync(Accept, new { s = secret, u = "ＬＡＮ", p = Password })).GetProperty("data").GetProperty("acceptInvitation").ToString());
        Assert.Equal("""{"person":null,"errors":[{"code":"REQUIRED","path":["userName"]}]}""", (await hub.AskAsync(Accept, new { s = secret, u = " ", p = Password })).GetProperty("data").GetProperty("acceptInvitation").ToString());
        await hub.QueryAsync(Accept, new { s = secret, u = "lan2", p = Password });
    }

    [Fact]
    public async Task Only_admins_invite_and_only_to_their_own_school()
    {
        var other = await hub.SchoolAsync("泡桐树小学");
        using var teacher = await hub.PersonAsync(school);
        Assert.Equal("FORBIDDEN", await CodeAsync(teacher.AskAsync(Invite, Of(school))));
        Assert.Equal("FORBIDDEN", await CodeAsync(admin.AskAsync(Invite, Of(other))));
        Assert.Equal("FORBIDDEN", await CodeAsync(admin.AskAsync(Invite, Of(null, "HUB_ADMIN"))));
        Assert.Equal("INVALID_ROLE", await CodeAsync(admin.AskAsync(Invite, Of(school, "HUB_ADMIN"))));
        Assert.Equal("UNAUTHENTICATED", await CodeAsync(hub.AskAsync(Invite, Of(school))));
        // A school's key reads and writes for it; people are not its matter.
        Assert.Equal("FORBIDDEN", await CodeAsync(hub.AskAsync(Invite, Of(school), await hub.KeyAsync(school, "SCHOOL_ADMIN"))));
    }

    [Fact]
    public async Task The_operators_key_invites_the_first_hub_admin()
    {
        using var office = await hub.PersonAsync(null, "HUB_ADMIN");
        Assert.Equal("""{"viewer":{"role":"HUB_ADMIN","canAdminister":true,"school":null}}""", (await office.QueryAsync("{ viewer { role canAdminister school { name } } }")).ToString());
        Assert.Equal((2, 2), (await CountAsync(AuditActions.InvitationMade), await CountAsync(AuditActions.InvitationUsed)));
    }

    [Fact]
    public async Task The_same_request_gives_the_same_invitation_without_its_secret()
    {
        const string invite = "mutation($s: ID) { inviteMember(input: { schoolId: $s, displayName: \"语文教师\", role: TEACHER, clientMutationId: \"i1\" }) { invitation { id } secret url errors { code } } }";
        var first = (await admin.QueryAsync(invite, new { s = school })).GetProperty("inviteMember");
        var again = (await admin.QueryAsync(invite, new { s = school })).GetProperty("inviteMember");
        Assert.Equal(first.GetProperty("invitation").ToString(), again.GetProperty("invitation").ToString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (again.GetProperty("secret").ValueKind, again.GetProperty("url").ValueKind));
    }

    [Fact]
    public async Task A_new_password_ends_all_sessions_and_the_lock_and_the_link_works_once()
    {
        using var teacher = await hub.PersonAsync(school);
        const string offer = "mutation($p: ID!) { offerNewPassword(input: { personId: $p }) { secret invitation { kind displayName } errors { code } } }";
        var earlier = (await admin.QueryAsync(offer, new { p = teacher.Id })).GetProperty("offerNewPassword").GetProperty("secret").GetString();
        var secret = (await admin.QueryAsync(offer, new { p = teacher.Id })).GetProperty("offerNewPassword").GetProperty("secret").GetString();
        Assert.Equal("""{"invitation":null}""", (await hub.QueryAsync(Offer, new { s = earlier })).ToString());
        await hub.QueryAsync(Accept, new { s = secret, p = "另一句容易记住的话也很好" });
        Assert.Equal("""{"viewer":{"isSignedIn":false}}""", (await teacher.QueryAsync("{ viewer { isSignedIn } }")).ToString());
        (await hub.SignInAsync(teacher.Id, teacher.UserName, "另一句容易记住的话也很好")).Dispose();
        Assert.Equal("INVALID_INVITATION", await CodeAsync(hub.AskAsync(Accept, new { s = secret, p = Password })));
        using var colleague = await hub.PersonAsync(school);
        Assert.Equal("FORBIDDEN", await CodeAsync(colleague.AskAsync(offer, new { p = teacher.Id })));
        using var stranger = await hub.PersonAsync(await hub.SchoolAsync("泡桐树小学"), "SCHOOL_ADMIN");
        Assert.Equal("NOT_FOUND", await CodeAsync(stranger.AskAsync(offer, new { p = teacher.Id })));
    }

    private async Task<int> CountAsync(string action)
    {
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        return await db.AuditEvents.CountAsync(e => e.Action == action);
    }

    private static object Of(string? schoolId, string role = "TEACHER") => new { s = schoolId, n = "语文教师", r = role };

    private async Task<JsonElement> InviteAsync(string schoolId) => (await admin.QueryAsync(Invite, Of(schoolId))).GetProperty("inviteMember");

    private async Task<string> SecretAsync() => (await InviteAsync(school)).GetProperty("secret").GetString()!;

    private static string Without(JsonElement all, string field) => "{" + string.Join(',', all.EnumerateObject().Where(p => p.Name != field).Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}")) + "}";

    private static async Task<string?> CodeAsync(Task<JsonElement> answer) => (await answer).GetProperty("data").EnumerateObject().Single().Value.GetProperty("errors")[0].GetProperty("code").GetString();
}
