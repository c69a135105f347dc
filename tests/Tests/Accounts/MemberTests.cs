using System.Text.Json;

namespace ResourceHub.Tests.Accounts;

/// <summary>People have one school at a time; what they may do follows them at the next request, what they made stays where it is.</summary>
public sealed class MemberTests : IAsyncLifetime
{
    private const string Viewer = "{ viewer { isSignedIn role school { name } } }";
    private const string SetRole = "mutation($p: ID!, $r: Role!) { setRole(input: { personId: $p, role: $r }) { person { role } errors { code message } } }";
    private const string Move = "mutation($p: ID!, $s: ID, $r: Role!) { moveMember(input: { personId: $p, schoolId: $s, role: $r }) { person { role school { name } places { role school { name } until } } errors { code } } }";
    private const string Remove = "mutation($p: ID!) { removeMember(input: { personId: $p }) { person { leftAt } errors { code message } } }";

    private HubApp hub = null!;
    private string xincun = "";
    private string paotong = "";
    private HubPerson admin = null!;
    private HubPerson teacher = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        xincun = await hub.SchoolAsync("新村实验小学");
        paotong = await hub.SchoolAsync("泡桐树小学");
        admin = await hub.PersonAsync(xincun, "SCHOOL_ADMIN");
        teacher = await hub.PersonAsync(xincun);
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        teacher.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_teacher_who_leaves_has_no_access_at_the_next_request_and_the_school_keeps_what_they_made()
    {
        var made = (await teacher.QueryAsync("mutation($s: ID!) { createResource(input: { schoolId: $s, title: \"分数\", kind: \"lesson-plan\" }) { resource { id } errors { message } } }", new { s = xincun }))
            .GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString();
        Assert.NotEqual(JsonValueKind.Null, (await admin.QueryAsync(Remove, new { p = teacher.Id })).GetProperty("removeMember").GetProperty("person").GetProperty("leftAt").ValueKind);
        Assert.Equal("""{"viewer":{"isSignedIn":false,"role":null,"school":null}}""", (await teacher.QueryAsync(Viewer)).ToString());
        using var browser = hub.Browser();
        using var again = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(browser, "/accounts/sign-in", new { userName = teacher.UserName, password = teacher.Password });
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Contains("INVALID_CREDENTIALS", await again.Content.ReadAsStringAsync());
        Assert.Equal("""{"resource":{"title":"分数","school":{"name":"新村实验小学"}}}""", (await admin.QueryAsync("query($r: ID!) { resource(id: $r) { title school { name } } }", new { r = made })).ToString());
    }

    [Fact]
    public async Task A_school_takes_in_who_left_another_and_their_history_is_kept()
    {
        using var receiving = await hub.PersonAsync(paotong, "SCHOOL_ADMIN");
        Assert.Equal("NOT_FOUND", await CodeAsync(receiving.AskAsync(Move, new { p = teacher.Id, s = paotong, r = "TEACHER" })));
        await admin.QueryAsync(Remove, new { p = teacher.Id });
        Assert.Equal("FORBIDDEN", await CodeAsync(receiving.AskAsync(Move, new { p = teacher.Id, s = xincun, r = "TEACHER" })));
        var moved = (await receiving.QueryAsync(Move, new { p = teacher.Id, s = paotong, r = "TEACHER" })).GetProperty("moveMember").GetProperty("person");
        Assert.Equal("泡桐树小学", moved.GetProperty("school").GetProperty("name").GetString());
        Assert.Equal(["泡桐树小学 Null", "新村实验小学 String"], moved.GetProperty("places").EnumerateArray().Select(p => $"{p.GetProperty("school").GetProperty("name").GetString()} {p.GetProperty("until").ValueKind}"));
        // The old session is over; the same name and password open the new place.
        Assert.False((await teacher.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        using var again = await hub.SignInAsync(teacher.Id, teacher.UserName, teacher.Password);
        Assert.Equal("""{"viewer":{"isSignedIn":true,"role":"TEACHER","school":{"name":"泡桐树小学"}}}""", (await again.QueryAsync(Viewer)).ToString());
        Assert.Equal("""{"person":null}""", (await admin.QueryAsync("query($p: ID!) { person(id: $p) { id } }", new { p = teacher.Id })).ToString());
    }

    [Fact]
    public async Task A_hub_admin_moves_somebody_at_once()
    {
        using var office = await hub.PersonAsync(null, "HUB_ADMIN");
        await office.QueryAsync(Move, new { p = teacher.Id, s = paotong, r = "TEACHER" });
        Assert.False((await teacher.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        Assert.Equal("INVALID_STATE", await CodeAsync(office.AskAsync(Move, new { p = teacher.Id, s = paotong, r = "TEACHER" })));
        await office.QueryAsync(Move, new { p = teacher.Id, r = "HUB_ADMIN" });
        using var again = await hub.SignInAsync(teacher.Id, teacher.UserName, teacher.Password);
        Assert.Equal("""{"viewer":{"isSignedIn":true,"role":"HUB_ADMIN","school":null}}""", (await again.QueryAsync(Viewer)).ToString());
    }

    [Fact]
    public async Task A_role_counts_at_the_next_request_and_the_session_goes_on()
    {
        await admin.QueryAsync(SetRole, new { p = teacher.Id, r = "SCHOOL_ADMIN" });
        Assert.Equal("""{"viewer":{"isSignedIn":true,"role":"SCHOOL_ADMIN","school":{"name":"新村实验小学"}}}""", (await teacher.QueryAsync(Viewer)).ToString());
        Assert.Equal("INVALID_ROLE", await CodeAsync(admin.AskAsync(SetRole, new { p = teacher.Id, r = "HUB_ADMIN" })));
    }

    [Fact]
    public async Task A_school_keeps_at_least_one_admin()
    {
        foreach (var answer in new[] { await admin.AskAsync(Remove, new { p = admin.Id }), await admin.AskAsync(SetRole, new { p = admin.Id, r = "TEACHER" }), await hub.AskAsync(Move, new { p = admin.Id, s = paotong, r = "TEACHER" }, HubApp.AdminKey) })
            Assert.Equal("INVALID_STATE", answer.GetProperty("data").EnumerateObject().Single().Value.GetProperty("errors")[0].GetProperty("code").GetString());
        Assert.Contains("最后一名管理员", (await admin.AskAsync(Remove, new { p = admin.Id })).ToString());
        await admin.QueryAsync(SetRole, new { p = teacher.Id, r = "SCHOOL_ADMIN" });
        await admin.QueryAsync(Remove, new { p = admin.Id });
        Assert.False((await admin.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
    }

    [Fact]
    public async Task Members_and_invitations_are_for_their_own_school()
    {
        const string query = "query($s: ID!) { school(id: $s) { mayApproveOwn members { totalCount nodes { displayName userName role } } invitations { totalCount nodes { displayName isOpen usedAt } } } }";
        var mine = (await admin.QueryAsync(query, new { s = xincun })).GetProperty("school");
        Assert.Equal(["人员1 person-1", "人员2 person-2"], mine.GetProperty("members").GetProperty("nodes").EnumerateArray().Select(m => $"{m.GetProperty("displayName").GetString()} {m.GetProperty("userName").GetString()}"));
        Assert.Equal(2, mine.GetProperty("invitations").GetProperty("totalCount").GetInt32());
        var asTeacher = (await teacher.QueryAsync(query, new { s = xincun })).GetProperty("school");
        Assert.Equal(["人员1 ", "人员2 person-2"], asTeacher.GetProperty("members").GetProperty("nodes").EnumerateArray().Select(m => $"{m.GetProperty("displayName").GetString()} {m.GetProperty("userName").GetString()}"));
        Assert.Equal(JsonValueKind.Null, asTeacher.GetProperty("invitations").ValueKind);
        Assert.Equal("""{"school":{"mayApproveOwn":null,"members":null,"invitations":null}}""", (await teacher.QueryAsync(query, new { s = paotong })).ToString());
        Assert.Equal("""{"school":{"mayApproveOwn":null,"members":null,"invitations":null}}""", (await hub.QueryAsync(query, new { s = xincun })).ToString());
        var page = (await admin.QueryAsync("query($s: ID!) { school(id: $s) { members(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } } }", new { s = xincun })).GetProperty("school").GetProperty("members");
        Assert.Equal(admin.Id, page.GetProperty("nodes")[0].GetProperty("id").GetString());
        var next = await admin.QueryAsync("query($s: ID!, $a: String) { school(id: $s) { members(first: 1, after: $a) { nodes { id } pageInfo { hasNextPage } } } }", new { s = xincun, a = page.GetProperty("pageInfo").GetProperty("endCursor").GetString() });
        Assert.Equal((teacher.Id, false), (next.GetProperty("school").GetProperty("members").GetProperty("nodes")[0].GetProperty("id").GetString(), next.GetProperty("school").GetProperty("members").GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()));
    }

    [Fact]
    public async Task Who_may_not_know_a_person_gets_the_answer_for_nobody()
    {
        using var stranger = await hub.PersonAsync(paotong, "SCHOOL_ADMIN");
        var absent = Convert.ToBase64String("Person:00000000000000000000000000000001"u8).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        const string query = "query($p: ID!) { person(id: $p) { displayName } node(id: $p) { id } }";
        Assert.Equal((await stranger.QueryAsync(query, new { p = absent })).ToString(), (await stranger.QueryAsync(query, new { p = teacher.Id })).ToString());
        Assert.Equal((await hub.QueryAsync(query, new { p = absent })).ToString(), (await hub.QueryAsync(query, new { p = teacher.Id })).ToString());
        Assert.Equal("人员2", (await admin.QueryAsync(query, new { p = teacher.Id })).GetProperty("person").GetProperty("displayName").GetString());
        foreach (var (mutation, variables) in new (string, Func<string, object>)[] { (SetRole, p => new { p, r = "TEACHER" }), (Remove, p => new { p }) })
            Assert.Equal((await stranger.AskAsync(mutation, variables(absent))).ToString(), (await stranger.AskAsync(mutation, variables(teacher.Id))).ToString());
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_and_this_one_goes_on()
    {
        const string change = "mutation($c: String!, $n: String!) { changePassword(input: { current: $c, next: $n }) { person { id } errors { code path } } }";
        using var elsewhere = await hub.SignInAsync(teacher.Id, teacher.UserName, teacher.Password);
        Assert.Equal("""[{"code":"WRONG_PASSWORD","path":["current"]}]""", (await teacher.AskAsync(change, new { c = "wrong password", n = "这是一句全新的密码话" })).GetProperty("data").GetProperty("changePassword").GetProperty("errors").ToString());
        Assert.Equal("""[{"code":"WEAK_PASSWORD","path":["next"]}]""", (await teacher.AskAsync(change, new { c = teacher.Password, n = "1234567890" })).GetProperty("data").GetProperty("changePassword").GetProperty("errors").ToString());
        await teacher.QueryAsync(change, new { c = teacher.Password, n = "这是一句全新的密码话" });
        Assert.True((await teacher.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        Assert.False((await elsewhere.QueryAsync(Viewer)).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
        (await hub.SignInAsync(teacher.Id, teacher.UserName, "这是一句全新的密码话")).Dispose();
        Assert.Equal("FORBIDDEN", await CodeAsync(hub.AskAsync(change, new { c = "x", n = "这是一句全新的密码话" }, HubApp.AdminKey)));
    }

    [Fact]
    public async Task A_school_admin_sets_how_the_school_works_and_a_teacher_does_not()
    {
        const string update = "mutation($s: ID!, $own: Boolean, $short: String, $name: String) { updateSchool(input: { schoolId: $s, mayApproveOwn: $own, shortName: $short, name: $name }) { school { name shortName mayApproveOwn } errors { code } } }";
        var changed = await admin.QueryAsync(update, new { s = xincun, own = true, @short = " 新村 " });
        Assert.Equal("""{"name":"新村实验小学","shortName":"新村","mayApproveOwn":true}""", changed.GetProperty("updateSchool").GetProperty("school").ToString());
        Assert.Equal("FORBIDDEN", await CodeAsync(teacher.AskAsync(update, new { s = xincun, own = false })));
        Assert.Equal("FORBIDDEN", await CodeAsync(admin.AskAsync(update, new { s = paotong, own = false })));
        Assert.Equal("FORBIDDEN", await CodeAsync(admin.AskAsync(update, new { s = xincun, name = "别的校名" })));
        Assert.Equal("ALREADY_EXISTS", await CodeAsync(hub.AskAsync(update, new { s = xincun, name = "泡桐树小学" }, HubApp.AdminKey)));
    }

    private static async Task<string?> CodeAsync(Task<JsonElement> answer) => (await answer).GetProperty("data").EnumerateObject().Single().Value.GetProperty("errors")[0].GetProperty("code").GetString();
}
