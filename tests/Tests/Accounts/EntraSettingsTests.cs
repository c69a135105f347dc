using ResourceHub.Core.People;
using ResourceHub.Engines;

namespace ResourceHub.Tests.Accounts;

/// <summary>Settings that cannot work stop the start with one sentence that says what to change.</summary>
public sealed class EntraSettingsTests
{
    private static readonly Dictionary<string, string?> OfIssuer = new()
    {
        ["Accounts"] = "entra",
        ["Entra:Authority"] = "https://sign-in.example.edu.cn",
        ["Entra:ClientId"] = "hub",
        ["Entra:ClientSecret"] = "secret",
        ["Entra:Audience"] = "api://hub",
        ["Entra:Roles:Teacher"] = "TEACHER",
        ["Entra:Schools:a"] = "A",
    };

    private static readonly Dictionary<string, string?> OfEntra = new()
    {
        ["Accounts"] = "entra",
        ["Entra:TenantId"] = "11111111-2222-3333-4444-555555555555",
        ["Entra:ClientId"] = "hub",
        ["Entra:ClientSecret"] = "secret",
        ["Entra:Roles:Teacher"] = "TEACHER",
        ["Entra:Schools:11111111-2222-3333-4444-555555555555"] = "A",
    };

    [Theory]
    [InlineData("Authority", null, "needs to know where people sign in")]
    [InlineData("Authority", "http://sign-in.example.edu.cn", "must be https")]
    [InlineData("Authority", "sign-in.example.edu.cn", "is no issuer's address")]
    [InlineData("Authority", "https://sign-in.example.edu.cn?x=1", "is no issuer's address")]
    [InlineData("TenantId", "organizations", "both an Authority and a TenantId")]
    [InlineData("Instance", "https://login.partner.microsoftonline.cn", "goes with Hub:Entra:TenantId")]
    [InlineData("ClientId", null, "Hub:Entra:ClientId is missing")]
    [InlineData("ClientSecret", "", "Hub__Entra__ClientSecret")]
    [InlineData("Audience", null, "Hub:Entra:Audience is missing")]
    [InlineData("Roles:Teacher", "teacher", "Hub:Entra:Roles:Teacher=teacher is unknown")]
    [InlineData("DefaultRole", "HUB_ADMIN", "can only be TEACHER")]
    [InlineData("Scopes:x", "everything", "Hub:Entra:Scopes:x=everything is unknown")]
    public Task Of_another_issuer(string setting, string? value, string said) => AssertStopsAsync(OfIssuer, setting, value, said);

    [Theory]
    [InlineData("TenantId", "common", "lets in private accounts")]
    [InlineData("TenantId", "a/b", "is no tenant")]
    [InlineData("Instance", "http://login.microsoftonline.com", "is no address of Entra")]
    [InlineData("Tenants:0,Tenants:1,SchoolClaim", "groups", "SchoolClaim must be tid with several tenants")]
    [InlineData("Tenants:0,Tenants:1,Roles:Office", "HUB_ADMIN", "Hub:Entra:HubTenant is missing")]
    public Task Of_entra(string setting, string? value, string said) => AssertStopsAsync(OfEntra, setting, value, said);

    [Fact]
    public async Task Somebody_must_get_a_role()
    {
        var settings = new Dictionary<string, string?>(OfIssuer);
        settings.Remove("Entra:Roles:Teacher");
        await AssertStopsAsync(settings, "AskWhom", "x", "Nobody would have a role");
    }

    [Fact]
    public async Task Several_tenants_must_be_listed()
    {
        var settings = new Dictionary<string, string?>(OfEntra) { ["Entra:TenantId"] = "organizations" };
        settings.Remove("Entra:Schools:11111111-2222-3333-4444-555555555555");
        await AssertStopsAsync(settings, "AskWhom", "x", "lets in people of listed tenants only");
    }

    [Fact]
    public async Task An_unknown_way_of_accounts_names_the_known_ones()
        => await AssertStopsAsync(OfEntra, "../Accounts", "azure", "it can be local or entra");

    [Fact]
    public async Task Http_is_taken_for_an_issuer_on_this_machine()
    {
        await using var hub = await HubApp.StartAsync(new(OfIssuer) { ["Entra:Authority"] = "http://localhost:1" });
        Assert.False((await hub.QueryAsync("{ viewer { isSignedIn } }")).GetProperty("viewer").GetProperty("isSignedIn").GetBoolean());
    }

    [Fact]
    public void The_scope_of_tokens_is_access_as_user_when_none_is_named()
    {
        var rules = ResourceHub.Engines.EntraId.EntraRules.Read(new EntraSettings { TenantId = "t", ClientId = "c", ClientSecret = "s", DefaultRole = "TEACHER" });
        Assert.Equal("access_as_user", Assert.Single(rules.Scopes).Key);
        Assert.Equal(["c", "api://c"], rules.Audiences);
        Assert.Equal("https://login.microsoftonline.com/t/v2.0", rules.Authority);
    }

    /// <param name="setting">Names under Hub:Entra; the last one gets the value, those before it get "a", "b" …</param>
    private static async Task AssertStopsAsync(Dictionary<string, string?> good, string setting, string? value, string said)
    {
        var settings = new Dictionary<string, string?>(good);
        var names = setting.Split(',');
        foreach (var (name, i) in names.SkipLast(1).Select((name, i) => (name, i))) settings[$"Entra:{name}"] = ((char)('a' + i)).ToString();
        settings[names[^1] == "../Accounts" ? "Accounts" : $"Entra:{names[^1]}"] = value;
        var stopped = await Assert.ThrowsAsync<SettingsException>(() => HubApp.StartAsync(settings));
        Assert.Contains(said, stopped.Message);
        Assert.DoesNotContain("\n", stopped.Message);
    }
}
