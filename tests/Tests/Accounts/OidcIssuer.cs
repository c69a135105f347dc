using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ResourceHub.Tests.Accounts;

/// <summary>A real OpenID Connect issuer (npm oidc-provider) in a process of its own on a loopback port. No live Entra tenant is used by any test.</summary>
public sealed class OidcIssuer : IAsyncLifetime
{
    public const string Audience = "api://hub";

    private readonly HttpClient client = new();
    private Process? node;
    private Uri? control;

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var folder = Folder();
        Assert.True(Directory.Exists(Path.Join(folder, "node_modules", "oidc-provider")), "The test issuer is not installed: run ./hub test, which installs it (or npm ci in tests/Conformance).");
        var start = new ProcessStartInfo("node", ["oidc-issuer.mjs"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            node = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Fail("Node is not installed: the test issuer needs it. Install Node 20.12 or newer, then run ./hub test.");
        }
        var complained = new StringBuilder();
        node!.ErrorDataReceived += (_, line) => complained.AppendLine(line.Data);
        node.BeginErrorReadLine();
        string? said;
        do said = await node.StandardOutput.ReadLineAsync();
        while (said is not (null or ['{', ..]));
        Assert.True(said is not null, $"The test issuer did not start: {complained}");
        var at = JsonDocument.Parse(said).RootElement;
        (Address, control) = (at.GetProperty("issuer").GetString()!, new Uri(at.GetProperty("control").GetString()!));
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        if (node is null) return;
        node.StandardInput.Close(); // it ends when its input does
        await node.WaitForExitAsync();
        node.Dispose();
    }

    /// <param name="state">users, apps, redirect, signInAs, accessTokenSeconds, mode (up, gone, silent, broken); what is left out stays.</param>
    public Task SetAsync(object state) => TellAsync("/set", state);

    /// <summary>A new signing key; the old one is gone.</summary>
    public Task RotateAsync() => TellAsync("/rotate", new { });

    /// <summary>How often its configuration and its keys were fetched.</summary>
    public async Task<(int Configuration, int Keys)> FetchesAsync()
    {
        var counts = await TellAsync("/count", new { });
        int Of(string path) => counts.TryGetProperty(path, out var n) ? n.GetInt32() : 0;
        return (Of("/.well-known/openid-configuration"), Of("/jwks"));
    }

    /// <summary>A token with any claims and any header, signed as the header's alg says with the current key or a stranger's.</summary>
    public async Task<string> ForgeAsync(Dictionary<string, object> claims, object? header = null, string key = "current")
        => (await TellAsync("/sign", new { claims, header = header ?? new { }, key })).GetProperty("token").GetString()!;

    /// <summary>The claims of a good token of a person for the API, to be spoilt.</summary>
    public Dictionary<string, object> GoodClaims(string subject, DateTimeOffset now) => new()
    {
        ["iss"] = Address,
        ["aud"] = Audience,
        ["sub"] = subject,
        ["client_id"] = "hub-tool",
        ["scope"] = "access_as_user",
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
    };

    /// <summary>A token for the API by client credentials: a program for itself.</summary>
    public async Task<string> AppTokenAsync(string resource = Audience)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, $"{Address}/token") { Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", resource)]) };
        ask.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("hub-portal:portal-secret-for-tests"u8));
        using var answer = await client.SendAsync(ask);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>Tokens by the code flow with PKCE: a program for a person who signs in.</summary>
    public async Task<(string Access, string Id)> PersonTokensAsync(string user, string scope = "access_as_user")
    {
        await SetAsync(new { signInAs = user });
        var verifier = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var challenge = Base64Url(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var next = new Uri($"{Address}/auth?client_id=hub-tool&response_type=code&scope=openid%20{scope}&redirect_uri=http://127.0.0.1/done&code_challenge={challenge}&code_challenge_method=S256&resource={Audience}");
        while (next.AbsolutePath != "/done")
        {
            using var step = await browser.GetAsync(next);
            Assert.True(step.Headers.Location is not null, await step.Content.ReadAsStringAsync());
            next = new Uri(next, step.Headers.Location!);
        }
        var code = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(next.Query)["code"].ToString();
        using var answer = await client.PostAsync($"{Address}/token", new FormUrlEncodedContent(
            [new("grant_type", "authorization_code"), new("client_id", "hub-tool"), new("code", code), new("code_verifier", verifier), new("redirect_uri", "http://127.0.0.1/done")]));
        var tokens = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("id_token").GetString()!);
    }

    private async Task<JsonElement> TellAsync(string verb, object told)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(control!, verb), told);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Join(at.FullName, "ResourceHub.sln"))) return Path.Join(at.FullName, "tests", "Conformance");
        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
