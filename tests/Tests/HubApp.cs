using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Host;

namespace ResourceHub.Tests;

/// <summary>The real hub on a port of its own: real SQLite, Lucene and folder in a temporary data folder, reached through its real door.</summary>
public sealed class HubApp : IAsyncDisposable
{
    /// <summary>The operator's first key in every test.</summary>
    public const string AdminKey = "hub_test_bootstrap_key_of_the_operator";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly WebApplication app;
    private readonly bool ownsData;
    private int people;

    private HubApp(WebApplication app, string data, bool ownsData)
    {
        this.app = app;
        this.ownsData = ownsData;
        Data = data;
        Address = new Uri(app.Urls.First());
    }

    public string Data { get; }
    public Uri Address { get; }
    public IServiceProvider Services => app.Services;

    /// <param name="settings">Hub settings by name, such as MaxUploadBytes = "1000".</param>
    /// <param name="data">A data folder to start on again; a new one, removed at the end, when null.</param>
    /// <param name="change">For what settings cannot say, such as another clock.</param>
    public static async Task<HubApp> StartAsync(Dictionary<string, string?>? settings = null, string? data = null, Action<IServiceCollection>? change = null)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("hub-test-").FullName;
        var values = new Dictionary<string, string?>
        {
            ["Hub:Data"] = folder,
            ["Hub:BootstrapKey"] = AdminKey,
            ["Hub:ReserveBytes"] = "0",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        };
        foreach (var (name, value) in settings ?? []) values[$"Hub:{name}"] = value;
        var app = HubHost.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(values);
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            change?.Invoke(builder.Services);
        });
        try
        {
            await HubHost.StartAsync(app);
        }
        catch
        {
            // What a refused start had taken is free again.
            await app.DisposeAsync();
            throw;
        }
        return new HubApp(app, folder, data is null);
    }

    /// <summary>A client that sends this key; nobody's when null. The caller disposes it.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = Patience };
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Asks GraphQL and returns the whole answer, errors included.</summary>
    public async Task<JsonElement> AskAsync(string query, object? variables = null, string? key = null)
    {
        using var client = Client(key);
        using var answer = await client.PostAsJsonAsync("/graphql", new { query, variables });
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Asks GraphQL and returns <c>data</c>; request errors and errors of a payload fail the test.</summary>
    public async Task<JsonElement> QueryAsync(string query, object? variables = null, string? key = null)
    {
        return DataOf(query, await AskAsync(query, variables, key));
    }

    internal static JsonElement DataOf(string query, JsonElement answer)
    {
        if (answer.TryGetProperty("errors", out var errors)) Assert.Fail($"{query}\n{errors}");
        var data = answer.GetProperty("data");
        foreach (var field in data.EnumerateObject())
            if (field.Value.ValueKind == JsonValueKind.Object && field.Value.TryGetProperty("errors", out var problems) && problems.GetArrayLength() > 0)
                Assert.Fail($"{query}\n{problems}");
        return data;
    }

    /// <summary>Makes a school and returns its id.</summary>
    public async Task<string> SchoolAsync(string name)
        => (await QueryAsync("mutation($name: String!) { createSchool(input: { name: $name }) { school { id } errors { message } } }", new { name }, AdminKey))
            .GetProperty("createSchool").GetProperty("school").GetProperty("id").GetString()!;

    /// <summary>Makes a key of a school's person and returns its secret.</summary>
    public async Task<string> KeyAsync(string schoolId, string role = "TEACHER", params string[] scopes)
        => (await QueryAsync(
                $$"""mutation($schoolId: ID!, $scopes: [String!]) { createApiKey(input: { name: "test", schoolId: $schoolId, role: {{role}}, scopes: $scopes }) { secret errors { message } } }""",
                new { schoolId, scopes = scopes is [] ? ["read", "write"] : scopes }, AdminKey))
            .GetProperty("createApiKey").GetProperty("secret").GetString()!;

    /// <summary>Makes a person of a school (a hub admin when null) and signs them in. The caller disposes them.</summary>
    public async Task<HubPerson> PersonAsync(string? schoolId, string role = "TEACHER", string? userName = null)
    {
        const string password = "江北的春天来得特别早";
        var number = Interlocked.Increment(ref people);
        userName ??= $"person-{number}";
        var invited = await QueryAsync(
            $$"""mutation($schoolId: ID, $name: String!) { inviteMember(input: { schoolId: $schoolId, displayName: $name, role: {{role}} }) { secret errors { message } } }""",
            new { schoolId, name = $"人员{number}" }, AdminKey);
        var joined = await QueryAsync(
            "mutation($secret: String!, $userName: String!, $password: String!) { acceptInvitation(input: { secret: $secret, userName: $userName, password: $password }) { person { id } errors { message } } }",
            new { secret = invited.GetProperty("inviteMember").GetProperty("secret").GetString(), userName, password });
        return await SignInAsync(joined.GetProperty("acceptInvitation").GetProperty("person").GetProperty("id").GetString()!, userName, password);
    }

    /// <summary>Signs somebody in again, as in another browser.</summary>
    public async Task<HubPerson> SignInAsync(string id, string userName, string password)
    {
        var browser = Browser();
        using var answer = await browser.PostAsJsonAsync("/accounts/sign-in", new { userName, password });
        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
        return new HubPerson(id, userName, password, browser);
    }

    /// <summary>A client that keeps cookies and follows no redirects. The caller disposes it.</summary>
    public HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address, Timeout = Patience };

    /// <summary>Makes a partnership of schools, in force from the given day (yesterday when null), and returns its id.</summary>
    public async Task<string> PartnershipAsync(string name, params string[] schoolIds)
        => (await QueryAsync(
                "mutation($name: String!, $schoolIds: [ID!]!) { createPartnership(input: { kind: PAIR, name: $name, schoolIds: $schoolIds, from: \"2020-09-01\" }) { partnership { id } errors { message } } }",
                new { name, schoolIds }, AdminKey))
            .GetProperty("createPartnership").GetProperty("partnership").GetProperty("id").GetString()!;

    /// <summary>Makes a draft resource and returns its id.</summary>
    public async Task<string> ResourceAsync(string schoolId, string title, string kind = "lesson-plan", string? key = null)
        => (await QueryAsync(
                """
                mutation($schoolId: ID!, $title: String!, $kind: String!) {
                  createResource(input: { schoolId: $schoolId, title: $title, kind: $kind, licence: "cc-by" }) { resource { id } errors { message } } }
                """,
                new { schoolId, title, kind }, key ?? AdminKey))
            .GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString()!;

    /// <summary>Uploads bytes through the tus door and returns the upload's id.</summary>
    public async Task<string> UploadAsync(byte[] content, string name, string? key = null)
    {
        using var client = Client(key ?? AdminKey);
        return await UploadAsync(client, content, name);
    }

    /// <summary>The same by whoever the client is.</summary>
    public static async Task<string> UploadAsync(HttpClient client, byte[] content, string name)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "/uploads");
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", content.Length.ToString());
        create.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        using var created = await client.SendAsync(create);
        created.EnsureSuccessStatusCode();
        var location = created.Headers.Location!;
        if (content.Length > 0)
        {
            using var patch = new HttpRequestMessage(HttpMethod.Patch, location) { Content = new ByteArrayContent(content) };
            patch.Headers.Add("Tus-Resumable", "1.0.0");
            patch.Headers.Add("Upload-Offset", "0");
            patch.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            using var patched = await client.SendAsync(patch);
            patched.EnsureSuccessStatusCode();
        }
        return location.ToString().Split('/')[^1];
    }

    /// <summary>Uploads bytes and makes them a file of the resource.</summary>
    public async Task<JsonElement> AttachAsync(string resourceId, byte[] content, string name, string? key = null)
    {
        var uploadId = await UploadAsync(content, name, key);
        var data = await QueryAsync(
            """
            mutation($resourceId: ID!, $uploadId: String!, $name: String) {
              attachFile(input: { resourceId: $resourceId, uploadId: $uploadId, name: $name }) { resource { files { id name size sha256 downloadUrl } } errors { message code } } }
            """,
            new { resourceId, uploadId, name }, key ?? AdminKey);
        return data.GetProperty("attachFile").GetProperty("resource").GetProperty("files").EnumerateArray().Last();
    }

    /// <summary>Publishes a resource for everybody.</summary>
    public Task PublishAsync(string resourceId, string visibility = "PUBLIC")
        => QueryAsync($$"""mutation($resourceId: ID!) { publishResource(input: { resourceId: $resourceId, visibility: {{visibility}} }) { errors { message } } }""", new { resourceId }, AdminKey);

    /// <summary>A published resource with one file that has been read and indexed; returns the resource's id.</summary>
    public async Task<string> ShareAsync(string schoolId, string title, byte[] content, string name, string kind = "lesson-plan")
    {
        var id = await ResourceAsync(schoolId, title, kind);
        await AttachAsync(id, content, name);
        await PublishAsync(id);
        await IdleAsync();
        return id;
    }

    /// <summary>Waits until no promised work is left; failed jobs stay and do not count.</summary>
    public async Task IdleAsync()
    {
        var databases = Services.GetRequiredService<IDbContextFactory<HubDb>>();
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            await using var db = await databases.CreateDbContextAsync(limit.Token);
            if (!await db.Jobs.AnyAsync(j => j.State != JobState.Failed, limit.Token)) return;
        }
        while (await tick.WaitForNextTickAsync(limit.Token));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        if (ownsData) Directory.Delete(Data, recursive: true);
    }
}
