using System.Text.Json;

namespace ResourceHub.Tests.Api;

/// <summary>Changes through GraphQL: what they answer, what they refuse, and that asking twice changes once.</summary>
public sealed class MutationTests : IAsyncLifetime
{
    private const string Create =
        """
        mutation($input: CreateResourceInput!) { createResource(input: $input) { resource { id title contributors { name role } } clientMutationId errors { __typename code path message } } }
        """;

    private HubApp hub = null!;
    private string school = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        school = await hub.SchoolAsync("新村实验小学");
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private async Task<JsonElement> CreateAsync(object input, string? key = HubApp.AdminKey) => (await hub.AskAsync(Create, new { input }, key)).GetProperty("data").GetProperty("createResource");

    private static string[] Codes(JsonElement payload) => [.. payload.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()!)];

    [Fact]
    public async Task The_same_key_gives_the_first_answer_again_and_another_input_is_refused()
    {
        var input = new { schoolId = school, title = "分数", kind = "lesson-plan", clientMutationId = "once" };
        var first = await CreateAsync(input);
        var again = await CreateAsync(input);
        var other = await CreateAsync(input with { title = "小数" });
        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal("once", first.GetProperty("clientMutationId").GetString());
        Assert.Equal(["IDEMPOTENCY_KEY_REUSED"], Codes(other));
        Assert.Equal("ConflictError", other.GetProperty("errors")[0].GetProperty("__typename").GetString());
        Assert.Equal(JsonValueKind.Null, other.GetProperty("resource").ValueKind);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_with_the_fields_it_is_about()
    {
        var wrong = await CreateAsync(new { schoolId = school, title = " \u0007\n ", kind = "homework", licence = "free", grades = new[] { "g13" }, chapter = new string('章', 300) });
        Assert.Equal(["REQUIRED title", "UNKNOWN_CODE kind", "UNKNOWN_CODE grades", "UNKNOWN_CODE licence", "TOO_LONG chapter"],
            wrong.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("code").GetString()} {e.GetProperty("path")[0].GetString()}"));
        Assert.All(wrong.GetProperty("errors").EnumerateArray(), e => Assert.Equal("InvalidInputError", e.GetProperty("__typename").GetString()));
    }

    [Fact]
    public async Task A_title_is_cleaned_of_what_no_reader_sees_and_one_of_300_characters_is_refused()
    {
        var clean = await CreateAsync(new { schoolId = school, title = "圆的\u0007面积\n教学\u202E设计", kind = "lesson-plan", contributors = new[] { new { name = "数学组" } } });
        Assert.Equal("圆的 面积 教学设计", clean.GetProperty("resource").GetProperty("title").GetString());
        Assert.Equal("author", clean.GetProperty("resource").GetProperty("contributors")[0].GetProperty("role").GetString());
        Assert.Equal(["TOO_LONG"], Codes(await CreateAsync(new { schoolId = school, title = new string('长', 300), kind = "lesson-plan" })));
    }

    [Fact]
    public async Task Ids_of_nothing_of_another_type_and_of_another_school_are_told_apart_only_where_that_tells_nothing()
    {
        var other = await hub.SchoolAsync("泡桐树小学");
        var teacher = await hub.KeyAsync(school);
        var resource = await hub.ResourceAsync(school, "分数");
        foreach (var malformed in new[] { "", "x", resource, "U2Nob29sOg", "学校" })
        {
            var answer = await hub.AskAsync(Create, new { input = new { schoolId = malformed, title = "x", kind = "lesson-plan" } }, teacher);
            Assert.Equal("INVALID_ID", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
        var absent = Convert.ToBase64String("School:00000000000000000000000000000001"u8).TrimEnd('=');
        var foreign = await CreateAsync(new { schoolId = other, title = "x", kind = "lesson-plan" }, teacher);
        var missing = await CreateAsync(new { schoolId = absent, title = "x", kind = "lesson-plan" }, teacher);
        Assert.Equal(foreign.ToString(), missing.ToString());
        Assert.Equal(["NOT_FOUND"], Codes(missing));
    }

    [Fact]
    public async Task Nobody_and_readers_change_nothing_and_a_teacher_does_not_publish()
    {
        var input = new { schoolId = school, title = "分数", kind = "lesson-plan" };
        Assert.Equal(["UNAUTHENTICATED"], Codes(await CreateAsync(input, null)));
        var reader = await hub.AskAsync(Create, new { input }, await hub.KeyAsync(school, "TEACHER", "read"));
        Assert.Equal("FORBIDDEN", reader.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var teacher = await hub.KeyAsync(school);
        var resource = await hub.ResourceAsync(school, "分数", key: teacher);
        var published = await hub.AskAsync("mutation($id: ID!) { publishResource(input: { resourceId: $id, visibility: PUBLIC }) { resource { id } errors { __typename code } } }", new { id = resource }, teacher);
        Assert.Equal("""{"data":{"publishResource":{"resource":null,"errors":[{"__typename":"NotAllowedError","code":"REVIEW_REQUIRED"}]}}}""", published.ToString());
    }

    [Fact]
    public async Task A_file_is_attached_once_and_its_name_is_no_path()
    {
        var resource = await hub.ResourceAsync(school, "分数");
        var upload = await hub.UploadAsync("通分"u8.ToArray(), "../../etc/通分.txt");
        const string attach = """
            mutation($input: AttachFileInput!) { attachFile(input: $input) { resource { version files { name size } } errors { __typename code path } } }
            """;
        var input = new { resourceId = resource, uploadId = upload, clientMutationId = "a" };
        var first = await hub.AskAsync(attach, new { input }, HubApp.AdminKey);
        var again = await hub.AskAsync(attach, new { input }, HubApp.AdminKey);
        Assert.Equal("""{"data":{"attachFile":{"resource":{"version":2,"files":[{"name":"通分.txt","size":6}]},"errors":[]}}}""", first.ToString());
        Assert.Equal(first.ToString(), again.ToString());
        var gone = await hub.AskAsync(attach, new { input = new { resourceId = resource, uploadId = upload } }, HubApp.AdminKey);
        Assert.Equal("""{"data":{"attachFile":{"resource":null,"errors":[{"__typename":"NotFoundError","code":"UPLOAD_NOT_FOUND","path":["uploadId"]}]}}}""", gone.ToString());
    }

    [Fact]
    public async Task Sharing_says_who_sees_it_now_and_ending_the_partnership_closes_it()
    {
        var partner = await hub.SchoolAsync("泡桐树小学");
        var partnership = await hub.PartnershipAsync("友好学校", school, partner);
        var teacher = await hub.KeyAsync(partner);
        var resource = await hub.ResourceAsync(school, "分数");
        var shared = await hub.QueryAsync(
            "mutation($r: ID!, $p: [ID!]!) { shareResource(input: { resourceId: $r, partnershipIds: $p }) { audience resource { visibility sharedWith { name } } errors { code } } }",
            new { r = resource, p = new[] { partnership } }, HubApp.AdminKey);
        Assert.Contains("新村实验小学、泡桐树小学", shared.GetProperty("shareResource").GetProperty("audience").GetString());
        const string look = "query($r: ID!) { resource(id: $r) { title sharedWith { name } } }";
        Assert.Equal("""{"resource":{"title":"分数","sharedWith":[{"name":"友好学校"}]}}""", (await hub.QueryAsync(look, new { r = resource }, teacher)).ToString());
        var ended = await hub.QueryAsync(
            "mutation($p: ID!) { endPartnership(input: { partnershipId: $p, on: \"2020-09-02\", reason: \"协议到期\" }) { partnership { state endReason } errors { code } } }", new { p = partnership }, HubApp.AdminKey);
        Assert.Equal("""{"state":"ENDED","endReason":"协议到期"}""", ended.GetProperty("endPartnership").GetProperty("partnership").ToString());
        Assert.Equal("""{"resource":null}""", (await hub.QueryAsync(look, new { r = resource }, teacher)).ToString());
    }
}
