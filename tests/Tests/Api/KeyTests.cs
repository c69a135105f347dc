using System.Net;
using System.Text;

namespace ResourceHub.Tests.Api;

/// <summary>Keys and promised work: the operator's matters.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private HubApp hub = null!;

    public async Task InitializeAsync() => hub = await HubApp.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task A_key_stands_for_its_school_and_role_until_it_is_revoked()
    {
        var school = await hub.SchoolAsync("新村实验小学");
        var made = (await hub.QueryAsync(
            """mutation($s: ID!) { createApiKey(input: { name: "门户", schoolId: $s, role: TEACHER, scopes: ["read", "write"] }) { secret apiKey { id name role scopes school { name } } errors { code } } }""",
            new { s = school }, HubApp.AdminKey)).GetProperty("createApiKey");
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal("""{"viewer":{"isSignedIn":true,"name":"门户","role":"TEACHER","scopes":["read","write"],"school":{"name":"新村实验小学"},"partnerships":[]}}""",
            (await hub.QueryAsync("{ viewer { isSignedIn name role scopes school { name } partnerships { name } } }", key: secret)).ToString());
        var revoked = await hub.QueryAsync("mutation($k: ID!) { revokeApiKey(input: { apiKeyId: $k }) { apiKey { name } errors { code } } }", new { k = made.GetProperty("apiKey").GetProperty("id").GetString() }, HubApp.AdminKey);
        Assert.Equal("""{"apiKey":{"name":"门户"},"errors":[]}""", revoked.GetProperty("revokeApiKey").ToString());
        using var client = hub.Client(secret);
        using var answer = await client.PostAsync("/graphql", new StringContent("""{"query":"{ __typename }"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task The_same_request_for_a_key_is_answered_again_without_the_secret()
    {
        const string create = """mutation { createApiKey(input: { name: "门户", clientMutationId: "k1" }) { secret apiKey { id } errors { code } } }""";
        var first = (await hub.QueryAsync(create, key: HubApp.AdminKey)).GetProperty("createApiKey");
        var again = (await hub.QueryAsync(create, key: HubApp.AdminKey)).GetProperty("createApiKey");
        Assert.NotNull(first.GetProperty("secret").GetString());
        Assert.Null(again.GetProperty("secret").GetString());
        Assert.Equal(first.GetProperty("apiKey").ToString(), again.GetProperty("apiKey").ToString());
    }

    [Theory]
    [InlineData("{ jobs { nodes { id } } }", """{"jobs":null}""", "SCHOOL_ADMIN")]
    [InlineData("{ apiKeys { nodes { name } } }", """{"apiKeys":null}""", "TEACHER")]
    public async Task Jobs_are_for_hub_admins_and_keys_for_admins_only(string query, string data, string role)
    {
        var other = await hub.KeyAsync(await hub.SchoolAsync("新村实验小学"), role, "read", "write", "admin");
        foreach (var key in new[] { null, other })
        {
            var answer = await hub.AskAsync(query, key: key);
            Assert.Equal(data, answer.GetProperty("data").ToString());
            Assert.Equal("FORBIDDEN", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
        Assert.NotEqual(data, (await hub.QueryAsync(query, key: HubApp.AdminKey)).ToString());
    }

    [Theory]
    [InlineData("Sm9iOjE")]
    [InlineData("Sm9iOng")]
    [InlineData("x")]
    public async Task Retrying_what_is_no_failed_job_says_so(string id)
    {
        var answer = await hub.AskAsync("mutation($id: ID!) { retryJob(input: { jobId: $id }) { errors { code path } } }", new { id }, HubApp.AdminKey);
        if (id == "Sm9iOjE") Assert.Equal("""{"errors":[{"code":"NOT_FOUND","path":["jobId"]}]}""", answer.GetProperty("data").GetProperty("retryJob").ToString());
        else Assert.Equal("INVALID_ID", answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }
}
