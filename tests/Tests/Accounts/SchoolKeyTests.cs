using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ResourceHub.Tests.Accounts;

/// <summary>A school's admins make its portals' keys: for their own school, with a limit, an end and no more rights than were given.</summary>
public sealed class SchoolKeyTests : IAsyncLifetime
{
    private const string Create = """
        mutation($s: ID, $role: Role, $scopes: [String!], $rpm: Int, $until: DateTime) {
          createApiKey(input: { name: "校园门户", schoolId: $s, role: $role, scopes: $scopes, requestsPerMinute: $rpm, expiresAt: $until }) {
            secret apiKey { id role scopes requestsPerMinute expiresAt lastUsedAt school { name } } errors { code path } } }
        """;

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
    public async Task A_school_admin_makes_lists_and_revokes_keys_of_their_own_school()
    {
        var made = (await admin.QueryAsync(Create, new { s = school, role = "TEACHER", scopes = new[] { "read", "write" } })).GetProperty("createApiKey");
        var secret = made.GetProperty("secret").GetString()!;
        Assert.StartsWith("hub_", secret);
        Assert.Equal("""{"viewer":{"role":"TEACHER","person":null,"school":{"name":"新村实验小学"}}}""", (await hub.QueryAsync("{ viewer { role person { id } school { name } } }", key: secret)).ToString());
        await hub.KeyAsync(await hub.SchoolAsync("泡桐树小学"));
        var list = (await admin.QueryAsync("{ apiKeys { totalCount nodes { name lastUsedAt revokedAt school { name } } } }")).GetProperty("apiKeys");
        Assert.Equal("""{"totalCount":1,"nodes":[{"name":"校园门户","lastUsedAt":"2026-03-02T08:00:00Z","revokedAt":null,"school":{"name":"新村实验小学"}}]}""", list.ToString());
        await admin.QueryAsync("mutation($k: ID!) { revokeApiKey(input: { apiKeyId: $k }) { errors { code } } }", new { k = made.GetProperty("apiKey").GetProperty("id").GetString() });
        using var client = hub.Client(secret);
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = "{ __typename }" });
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("UNAUTHENTICATED", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["key-made", "key-revoked"], (await admin.QueryAsync("{ auditEvents(filter: { action: [\"key-made\", \"key-revoked\"] }) { nodes { action } } }"))
            .GetProperty("auditEvents").GetProperty("nodes").EnumerateArray().Select(e => e.GetProperty("action").GetString()).Reverse());
    }

    [Fact]
    public async Task Nobody_makes_a_key_of_another_school_of_more_rights_or_by_a_key()
    {
        var other = await hub.SchoolAsync("泡桐树小学");
        using var teacher = await hub.PersonAsync(school);
        Assert.Equal("FORBIDDEN", await CodeAsync(teacher.AskAsync(Create, new { s = school })));
        Assert.Equal("FORBIDDEN", await CodeAsync(admin.AskAsync(Create, new { s = other })));
        Assert.Equal("FORBIDDEN", await CodeAsync(admin.AskAsync(Create, new { s = (string?)null })));
        Assert.Equal("UNKNOWN_SCOPE", await CodeAsync(admin.AskAsync(Create, new { s = school, scopes = new[] { "read", "admin" } })));
        Assert.Equal("INVALID_ROLE", await CodeAsync(admin.AskAsync(Create, new { s = school, role = "HUB_ADMIN" })));
        Assert.Equal("INVALID_LIMIT", await CodeAsync(admin.AskAsync(Create, new { s = school, rpm = 0 })));
        Assert.Equal("INVALID_EXPIRY", await CodeAsync(admin.AskAsync(Create, new { s = school, until = clock.UtcNow })));
        Assert.Equal("FORBIDDEN", await CodeAsync(hub.AskAsync(Create, new { s = school }, await hub.KeyAsync(school, "SCHOOL_ADMIN"))));
        var foreign = (await hub.QueryAsync(Create, new { s = other }, HubApp.AdminKey)).GetProperty("createApiKey").GetProperty("apiKey").GetProperty("id").GetString();
        Assert.Equal("NOT_FOUND", await CodeAsync(admin.AskAsync("mutation($k: ID!) { revokeApiKey(input: { apiKeyId: $k }) { errors { code } } }", new { k = foreign })));
    }

    [Fact]
    public async Task A_key_ends_at_its_time()
    {
        var secret = await SecretAsync(new { s = school, until = clock.UtcNow.AddDays(30) });
        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(secret, "{ __typename }"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(secret, "{ __typename }"));
    }

    [Fact]
    public async Task A_key_has_its_own_limit_and_the_others_go_on()
    {
        var (slow, other) = (await SecretAsync(new { s = school, rpm = 3 }), await SecretAsync(new { s = school }));
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await StatusAsync(slow, "{ __typename }"));
        using var client = hub.Client(slow);
        foreach (var path in new[] { "/graphql?query={__typename}", "/files/00000000000000000000000000000001", "/graphql?query={__typename}" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Contains("RATE_LIMITED", await answer.Content.ReadAsStringAsync());
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other, "{ __typename }"));
    }

    [Fact]
    public async Task A_key_without_a_scope_finds_the_door_shut_before_anything_runs()
    {
        var (reader, writer) = (await SecretAsync(new { s = school, scopes = new[] { "read" } }), await SecretAsync(new { s = school, scopes = new[] { "write" } }));
        var mutation = $"mutation {{ createResource(input: {{ schoolId: \"{school}\", title: \"分数\", kind: \"lesson-plan\" }}) {{ resource {{ title }} errors {{ code }} }} }}";
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(reader, "{ schools { totalCount } }"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(reader, mutation));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(writer, mutation));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(writer, "{ schools { totalCount } }"));
        using var client = hub.Client(writer);
        foreach (var path in new[] { "/graphql?query={__typename}", "/files/00000000000000000000000000000001", "/audit.csv" })
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("FORBIDDEN", await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task<string> SecretAsync(object input) => (await admin.QueryAsync(Create, input)).GetProperty("createApiKey").GetProperty("secret").GetString()!;

    private async Task<HttpStatusCode> StatusAsync(string key, string query)
    {
        using var client = hub.Client(key);
        using var answer = await client.PostAsJsonAsync("/graphql", new { query });
        return answer.StatusCode;
    }

    private static async Task<string?> CodeAsync(Task<JsonElement> answer) => (await answer).GetProperty("data").EnumerateObject().Single().Value.GetProperty("errors")[0].GetProperty("code").GetString();
}
