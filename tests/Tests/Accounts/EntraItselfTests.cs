using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;

namespace ResourceHub.Tests.Accounts;

/// <summary>The way through Microsoft.Identity.Web, with Entra's answers pretended (<see cref="PretendEntra"/>): no live Entra tenant was used.</summary>
public sealed class EntraItselfTests : IAsyncLifetime
{
    private readonly PretendEntra entra = PretendEntra.Only;
    private HubApp single = null!;
    private HubApp several = null!;

    public async Task InitializeAsync()
    {
        single = await StartAsync(PretendEntra.Huaxin, []);
        several = await StartAsync("organizations", new() { [$"Entra:Schools:{PretendEntra.Bazhong}"] = EntraHub.Bazhong });
    }

    public async Task DisposeAsync()
    {
        await single.DisposeAsync();
        await several.DisposeAsync();
    }

    [Fact]
    public async Task Tokens_are_taken_from_the_tenant_in_both_versions_and_for_both_names_of_the_audience()
    {
        var claims = PretendEntra.ApiClaims(PretendEntra.Huaxin);
        await AssertAnsweredAsync(single, claims, HttpStatusCode.OK, EntraHub.Huaxin);
        claims["aud"] = $"api://{PretendEntra.ClientId}";
        (claims["iss"], claims["ver"]) = ($"https://sts.windows.net/{PretendEntra.Huaxin}/", "1.0");
        await AssertAnsweredAsync(single, claims, HttpStatusCode.OK, EntraHub.Huaxin);
        await using var db = await single.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        Assert.Equal($"{PretendEntra.Huaxin}|22222222-0000-0000-0000-000000000001", (await db.People.SingleAsync()).ExternalId);
        Assert.All(entra.Asked, asked => Assert.StartsWith(PretendEntra.Host, asked));
    }

    [Theory]
    [InlineData("iss", "https://login.microsoftonline.com/11111111-0000-0000-0000-000000000003/v2.0")]
    [InlineData("iss", "https://login.example.com/11111111-0000-0000-0000-000000000001/v2.0")]
    [InlineData("tid", "11111111-0000-0000-0000-000000000003")]
    [InlineData("aud", "another")]
    [InlineData("aud", "api://another")]
    [InlineData("oid", null)]
    public async Task A_token_of_another_tenant_or_for_another_api_opens_nothing(string claim, string? value)
    {
        var claims = PretendEntra.ApiClaims(PretendEntra.Huaxin);
        if (value is null) claims.Remove(claim);
        else claims[claim] = value;
        await AssertAnsweredAsync(single, claims, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task Of_several_tenants_the_listed_ones_come_in_each_to_its_school()
    {
        await AssertAnsweredAsync(several, PretendEntra.ApiClaims(PretendEntra.Huaxin), HttpStatusCode.OK, EntraHub.Huaxin);
        await AssertAnsweredAsync(several, PretendEntra.ApiClaims(PretendEntra.Bazhong), HttpStatusCode.OK, EntraHub.Bazhong);
        await AssertAnsweredAsync(several, PretendEntra.ApiClaims(PretendEntra.Elsewhere), HttpStatusCode.Forbidden, "UNKNOWN_TENANT");
        var claims = PretendEntra.ApiClaims(PretendEntra.Huaxin);
        claims["iss"] = $"{PretendEntra.Host}/{PretendEntra.Bazhong}/v2.0";
        await AssertAnsweredAsync(several, claims, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task An_app_only_token_needs_a_role_and_an_id_token_is_none_for_the_api()
    {
        const string app = "33333333-0000-0000-0000-000000000001";
        var claims = PretendEntra.Claims(PretendEntra.Huaxin, app);
        claims["sub"] = app;
        await AssertAnsweredAsync(single, claims, HttpStatusCode.OK, EntraHub.Huaxin);
        claims.Remove("roles");
        await AssertAnsweredAsync(single, claims, HttpStatusCode.Forbidden, "FORBIDDEN");
        await AssertAnsweredAsync(single, PretendEntra.Claims(PretendEntra.Huaxin), HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task Somebody_signs_in_by_code_with_proof_and_the_hubs_secret()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = single.Address };
        var back = await ComeBackAsync(browser, PretendEntra.Claims(PretendEntra.Huaxin));
        Assert.Equal("/mine", back.Headers.Location!.ToString());
        var viewer = await EntraHub.ViewerAsync(browser);
        Assert.Equal(("教师甲", EntraHub.Huaxin), (viewer.GetProperty("name").GetString(), viewer.GetProperty("school").GetProperty("name").GetString()));
        Assert.Equal(("authorization_code", "secret of the hub", 43), (entra.Brought["grant_type"], entra.Brought["client_secret"], entra.Brought["code_verifier"].Length));
    }

    [Theory]
    [InlineData(PretendEntra.Elsewhere, false, HttpStatusCode.Forbidden, "没有加入本平台")] // a tenant that is not listed
    [InlineData(PretendEntra.Huaxin, true, HttpStatusCode.BadGateway, "请告诉平台管理员")] // another sign-in's answer
    public async Task Somebody_who_may_not_sign_in_gets_a_page(string tenant, bool wrongNonce, HttpStatusCode status, string words)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = several.Address };
        using var back = await ComeBackAsync(browser, PretendEntra.Claims(tenant), wrongNonce ? "of another sign-in" : null);
        Assert.Equal(status, back.StatusCode);
        Assert.Contains(words, await back.Content.ReadAsStringAsync());
        Assert.False((await EntraHub.ViewerAsync(browser)).GetProperty("isSignedIn").GetBoolean());
    }

    /// <summary>Goes to Entra and comes back from it with a code that is worth these claims.</summary>
    private async Task<HttpResponseMessage> ComeBackAsync(HttpClient browser, Dictionary<string, object> claims, string? nonce = null)
    {
        using var sent = await browser.GetAsync("/accounts/sign-in?return=%2Fmine");
        Assert.Equal($"{PretendEntra.Host}/{(browser.BaseAddress == single.Address ? PretendEntra.Huaxin : "organizations")}/oauth2/v2.0/authorize", sent.Headers.Location!.GetLeftPart(UriPartial.Path));
        var asked = QueryHelpers.ParseQuery(sent.Headers.Location.Query);
        Assert.Equal(("code", "S256", "openid profile", PretendEntra.ClientId), (asked["response_type"].ToString(), asked["code_challenge_method"].ToString(), asked["scope"].ToString(), asked["client_id"].ToString()));
        claims["nonce"] = nonce ?? asked["nonce"].ToString();
        entra.NextIdToken = entra.Sign(claims);
        return await browser.GetAsync($"/accounts/callback?code=a-code&state={Uri.EscapeDataString(asked["state"].ToString())}");
    }

    private async Task<HubApp> StartAsync(string tenant, Dictionary<string, string?> more)
    {
        var hub = await HubApp.StartAsync(new(more)
        {
            ["Accounts"] = "entra",
            ["Entra:TenantId"] = tenant,
            ["Entra:ClientId"] = PretendEntra.ClientId,
            ["Entra:ClientSecret"] = "secret of the hub",
            [$"Entra:Schools:{PretendEntra.Huaxin}"] = EntraHub.Huaxin,
            ["Entra:Roles:Teacher"] = "TEACHER",
        }, change: entra.Answer);
        await hub.SchoolAsync(EntraHub.Huaxin);
        await hub.SchoolAsync(EntraHub.Bazhong);
        return hub;
    }

    private async Task AssertAnsweredAsync(HubApp hub, Dictionary<string, object> claims, HttpStatusCode status, string words)
    {
        using var client = hub.Client(entra.Sign(claims));
        using var answer = await client.PostAsJsonAsync("/graphql", new { query = EntraHub.Asking });
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode && text.Contains(words, StringComparison.Ordinal), $"{answer.StatusCode} {text}");
    }
}
