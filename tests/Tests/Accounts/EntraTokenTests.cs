using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;

namespace ResourceHub.Tests.Accounts;

/// <summary>Tokens for the API, from a real issuer on this machine and forged beside it. No live Entra tenant was used.</summary>
public sealed class EntraTokenTests(EntraHub world) : IClassFixture<EntraHub>, IAsyncLifetime
{
    public Task InitializeAsync() => world.ResetAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_token_by_the_code_flow_asks_and_writes_as_the_person_it_is_about()
    {
        var (token, _) = await world.Issuer.PersonTokensAsync("teacher");
        var viewer = (await world.App.QueryAsync(EntraHub.Asking, key: token)).GetProperty("viewer");
        Assert.Equal("""{"isSignedIn":true,"name":"教师甲","role":"TEACHER","school":{"name":"华新实验小学"},"scopes":["read","write"],"notice":null}""", viewer.ToString());
        await world.App.ResourceAsync(world.HuaxinId, "凭令牌新建的教案", key: token);
    }

    [Fact]
    public async Task A_token_that_may_only_read_does_not_write()
    {
        var (token, _) = await world.Issuer.PersonTokensAsync("teacher", "resources.read");
        var answer = await world.App.AskAsync("mutation($s: ID!) { createResource(input: { schoolId: $s, title: \"x\", kind: \"slides\" }) { errors { code } } }", new { s = world.HuaxinId }, token);
        Assert.Contains("FORBIDDEN", answer.ToString());
    }

    [Fact]
    public async Task A_token_by_client_credentials_is_a_program_with_the_role_it_was_given()
    {
        var viewer = (await world.App.QueryAsync(EntraHub.Asking, key: await world.Issuer.AppTokenAsync())).GetProperty("viewer");
        Assert.Equal("""{"isSignedIn":true,"name":"hub-portal","role":"TEACHER","school":{"name":"华新实验小学"},"scopes":["read","write"],"notice":null}""", viewer.ToString());
        await world.Issuer.SetAsync(new { apps = new Dictionary<string, object> { ["hub-portal"] = new { tid = "tenant-huaxin", roles = new[] { "Something.Else" } } } });
        await AssertRefusedAsync(await world.Issuer.AppTokenAsync(), HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task First_requests_at_the_same_time_make_one_person()
    {
        await world.UserAsync("newcomer", new { name = "教师丙", tid = "tenant-bazhong", roles = new[] { "Teacher" } });
        var (token, _) = await world.Issuer.PersonTokensAsync("newcomer");
        var viewers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.App.QueryAsync(EntraHub.Asking, key: token)));
        Assert.All(viewers, v => Assert.Equal(EntraHub.Bazhong, v.GetProperty("viewer").GetProperty("school").GetProperty("name").GetString()));
        await using var db = await world.App.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        var person = await db.People.Include(p => p.Places).SingleAsync(p => p.ExternalId == $"{world.Issuer.Address}|newcomer");
        Assert.Single(person.Places);
    }

    [Theory]
    [InlineData("aud", "api://another", 401)]
    [InlineData("iss", "http://127.0.0.1:1", 401)]
    [InlineData("exp", -6 * 60, 401)]
    [InlineData("exp", -4 * 60, 200)] // clocks may be five minutes apart
    [InlineData("exp", null, 401)]
    [InlineData("nbf", 6 * 60, 401)]
    [InlineData("nbf", 4 * 60, 200)]
    [InlineData("sub", null, 401)]
    [InlineData("scope", "something.else", 403)]
    [InlineData("scope", null, 403)]
    public async Task A_claim_that_is_not_as_it_should_be_decides(string claim, object? value, int status)
    {
        var now = world.Clock.GetUtcNow();
        var claims = world.Issuer.GoodClaims("forged", now);
        if (value is null) claims.Remove(claim);
        else claims[claim] = value is int seconds ? now.AddSeconds(seconds).ToUnixTimeSeconds() : value;
        await AssertRefusedAsync(await world.Issuer.ForgeAsync(claims), (HttpStatusCode)status, status == 403 ? "FORBIDDEN" : "UNAUTHENTICATED");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")] // with the public key, which everybody has, as its secret
    [InlineData("RS256 by another key")]
    [InlineData("tampered")]
    [InlineData("without signature")]
    [InlineData("another type")]
    public async Task A_signature_that_is_not_the_issuers_is_refused(string how)
    {
        var claims = world.Issuer.GoodClaims("forged", world.Clock.GetUtcNow());
        var good = await world.Issuer.ForgeAsync(claims);
        await AssertRefusedAsync(good, HttpStatusCode.OK, "");
        claims["sub"] = "office";
        var parts = good.Split('.');
        await AssertRefusedAsync(how switch
        {
            "tampered" => $"{parts[0]}.{Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(claims))).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.{parts[2]}",
            "without signature" => $"{parts[0]}.{parts[1]}.",
            "RS256 by another key" => await world.Issuer.ForgeAsync(claims, key: "stranger"),
            "another type" => await world.Issuer.ForgeAsync(claims, new { typ = "logout+jwt" }),
            _ => await world.Issuer.ForgeAsync(claims, new { alg = how }),
        }, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task An_id_token_is_not_one_for_the_api()
    {
        var (_, id) = await world.Issuer.PersonTokensAsync("teacher");
        await AssertRefusedAsync(id, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        // Entra writes the same audience into both: then the missing scope tells them apart, though the id token carries roles.
        var claims = world.Issuer.GoodClaims("forged", world.Clock.GetUtcNow());
        claims.Remove("scope");
        claims.Remove("client_id");
        claims["roles"] = new[] { "Office" };
        await AssertRefusedAsync(await world.Issuer.ForgeAsync(claims), HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task A_token_for_another_api_of_the_same_issuer_is_refused()
        => await AssertRefusedAsync(await world.Issuer.AppTokenAsync("api://another"), HttpStatusCode.Unauthorized, "UNAUTHENTICATED");

    [Fact]
    public async Task A_new_key_of_the_issuer_counts_at_the_first_request_and_the_old_one_no_more()
    {
        var old = await world.Issuer.ForgeAsync(world.Issuer.GoodClaims("forged", world.Clock.GetUtcNow()));
        await AssertRefusedAsync(old, HttpStatusCode.OK, "");
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        await world.Issuer.RotateAsync();
        await AssertRefusedAsync(await world.Issuer.ForgeAsync(world.Issuer.GoodClaims("forged", world.Clock.GetUtcNow())), HttpStatusCode.OK, "");
        await AssertRefusedAsync(old, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_storm_of_unknown_keys_asks_the_issuer_once_in_five_minutes()
    {
        await world.App.QueryAsync(EntraHub.Asking, key: await world.Issuer.AppTokenAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(6));
        var claims = world.Issuer.GoodClaims("forged", world.Clock.GetUtcNow());
        var made = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => world.Issuer.ForgeAsync(claims, new { kid = $"unknown-{i}" }, "stranger")));
        var before = await world.Issuer.FetchesAsync();
        await Task.WhenAll(made.Select(token => AssertRefusedAsync(token, HttpStatusCode.Unauthorized, "UNAUTHENTICATED")));
        Assert.Equal((before.Configuration + 1, before.Keys + 1), await world.Issuer.FetchesAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(4.9));
        await AssertRefusedAsync(made[0], HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        Assert.Equal((before.Configuration + 1, before.Keys + 1), await world.Issuer.FetchesAsync());
        world.Clock.Advance(TimeSpan.FromMinutes(0.2));
        await AssertRefusedAsync(made[1], HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
        Assert.Equal((before.Configuration + 2, before.Keys + 2), await world.Issuer.FetchesAsync());
    }

    [Fact]
    public async Task What_the_directory_says_counts_with_the_next_token_and_an_older_token_does_not_undo_it()
    {
        var now = world.Clock.GetUtcNow();
        async Task<string?> SchoolOfAsync(string tenant, DateTimeOffset issued)
        {
            var claims = world.Issuer.GoodClaims("mover", issued);
            claims["exp"] = now.AddHours(1).ToUnixTimeSeconds();
            claims["tid"] = tenant;
            claims["roles"] = new[] { "Teacher" };
            var viewer = (await world.App.QueryAsync(EntraHub.Asking, key: await world.Issuer.ForgeAsync(claims))).GetProperty("viewer");
            return viewer.GetProperty("school") is { ValueKind: JsonValueKind.Object } school ? school.GetProperty("name").GetString() : null;
        }
        Assert.Equal(EntraHub.Huaxin, await SchoolOfAsync("tenant-huaxin", now));
        Assert.Equal(EntraHub.Bazhong, await SchoolOfAsync("tenant-bazhong", now.AddSeconds(2)));
        Assert.Equal(EntraHub.Bazhong, await SchoolOfAsync("tenant-huaxin", now.AddSeconds(-2)));
        Assert.Null(await SchoolOfAsync("tenant-nowhere", now.AddSeconds(4)));
        await using var db = await world.App.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        var person = await db.People.Include(p => p.Places).SingleAsync(p => p.ExternalId == $"{world.Issuer.Address}|mover");
        Assert.Equal(2, person.Places.Count(p => p.Until is not null));
        Assert.Equal(2, person.Places.Count);
    }

    private async Task AssertRefusedAsync(string token, HttpStatusCode status, string code)
    {
        using var client = world.App.Client(token);
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = "{ viewer { isSignedIn } }" });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode} {text}");
        Assert.Contains(status == HttpStatusCode.OK ? "\"isSignedIn\":true" : $"\"code\":\"{code}\"", text);
    }
}
