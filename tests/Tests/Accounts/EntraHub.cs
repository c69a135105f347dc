using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using ResourceHub.Engines.EntraId;

namespace ResourceHub.Tests.Accounts;

/// <summary>A hub whose people sign in at a real issuer on this machine, with two schools that the issuer's tenants are mapped to. No live Entra tenant is used.</summary>
public sealed class EntraHub : IAsyncLifetime
{
    public const string Huaxin = "华新实验小学";
    public const string Bazhong = "巴中第一实验小学";
    public const string AskWhom = "区教研室 023-0000 0000";
    public const string Asking = "{ viewer { isSignedIn name role school { name } scopes notice } }";

    private HubApp? app;

    public OidcIssuer Issuer { get; } = new();
    public ShiftedClock Clock { get; } = new();
    public HubApp App => app ?? throw new InvalidOperationException("The hub has not been started.");
    public string HuaxinId { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await Issuer.InitializeAsync();
        app = await StartAsync();
        HuaxinId = await app.SchoolAsync(Huaxin);
        await app.SchoolAsync(Bazhong);
        await ResetAsync();
    }

    public async Task DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    /// <summary>A hub at this issuer; further settings change or add to the usual ones.</summary>
    public Task<HubApp> StartAsync(Dictionary<string, string?>? more = null, string? data = null)
    {
        var settings = Settings(Issuer.Address);
        foreach (var (name, value) in more ?? []) settings[name] = value;
        return HubApp.StartAsync(settings, data, services => services.AddSingleton<TimeProvider>(Clock)
            // Ten seconds of patience are for teachers, not for tests.
            .PostConfigure<HttpClientFactoryOptions>(EntraIdEngine.Backchannel, client => client.HttpClientActions.Add(c => c.Timeout = TimeSpan.FromSeconds(2))));
    }

    public static Dictionary<string, string?> Settings(string issuer) => new()
    {
        ["Accounts"] = "entra",
        ["Entra:Authority"] = issuer,
        ["Entra:ClientId"] = "hub-pages",
        ["Entra:ClientSecret"] = "pages-secret-for-tests",
        ["Entra:Audience"] = OidcIssuer.Audience,
        ["Entra:Schools:tenant-huaxin"] = Huaxin,
        ["Entra:Schools:tenant-bazhong"] = Bazhong,
        ["Entra:Roles:Teacher"] = "TEACHER",
        ["Entra:Roles:group-of-admins"] = "SCHOOL_ADMIN",
        ["Entra:Roles:Office"] = "HUB_ADMIN",
        ["Entra:Scopes:access_as_user"] = "read,write",
        ["Entra:Scopes:resources.read"] = "read",
        ["Entra:AskWhom"] = AskWhom,
    };

    /// <summary>The issuer is up and knows its usual people; nobody is signed in by itself.</summary>
    public async Task ResetAsync(HubApp? hub = null) => await Issuer.SetAsync(new
    {
        mode = "up",
        signInAs = (string?)null,
        accessTokenSeconds = 86_400, // tests put the hub's clock forward
        redirect = (hub ?? App).Address.ToString().TrimEnd('/'),
        apps = new Dictionary<string, object> { ["hub-portal"] = new { tid = "tenant-huaxin", roles = new[] { "Teacher" } } },
        users = new Dictionary<string, object>
        {
            ["teacher"] = new { name = "教师甲", tid = "tenant-huaxin", roles = new[] { "Teacher" } },
            ["admin"] = new { name = "管理员甲", tid = "tenant-huaxin", groups = new[] { "some-group", "group-of-admins" } },
            ["office"] = new { name = "教研员甲", tid = "tenant-office", roles = new[] { "Office" } },
            ["pupil"] = new { name = "学生甲", tid = "tenant-huaxin" },
            ["stranger"] = new { name = "教师乙", tid = "tenant-elsewhere", roles = new[] { "Teacher" } },
        },
    });

    /// <summary>Changes what the issuer says of one user, or makes one.</summary>
    public Task UserAsync(string user, object claims) => Issuer.SetAsync(new { users = new Dictionary<string, object> { [user] = claims } });

    /// <summary>A browser that follows redirects and keeps cookies. The caller disposes it.</summary>
    public static HttpClient Browser(HubApp hub, CookieContainer? cookies = null)
        => new(new HttpClientHandler { CookieContainer = cookies ?? new CookieContainer() }) { BaseAddress = hub.Address };

    /// <summary>Somebody signs in, by way of the issuer; returns their browser. The caller disposes it.</summary>
    public async Task<HttpClient> SignedInAsync(string user, HubApp? hub = null)
    {
        await Issuer.SetAsync(new { signInAs = user });
        var browser = Browser(hub ?? App);
        using var page = await browser.GetAsync("/accounts/sign-in?return=%2Fsearch%3Fq%3D1");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("/search?q=1", page.RequestMessage!.RequestUri!.PathAndQuery);
        return browser;
    }

    public static async Task<JsonElement> ViewerAsync(HttpClient browser)
    {
        using var answer = await browser.PostAsJsonAsync("/graphql", new { query = Asking });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("viewer");
    }
}

/// <summary>The real time, put forward as the test wants.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public void Advance(TimeSpan by) => ahead += by;
}
