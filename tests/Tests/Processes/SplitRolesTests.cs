using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Files;
using ResourceHub.Tests.Engines.Azure;
using ResourceHub.Tests.Engines.Elasticsearch;
using ResourceHub.Tests.Engines.Postgres;
using ResourceHub.Tests.Web;

namespace ResourceHub.Tests.Processes;

/// <summary>
/// Two processes of the API, two that index and one with pages, on a real PostgreSQL and a real Azurite (Elasticsearch is imitated), behind one address: the way the hub was
/// made for is gone while one of each is killed and another started.
/// </summary>
public sealed class SplitRolesTests(Azurite azurite) : IClassFixture<Azurite>, IAsyncLifetime
{
    private const string Password = "江北的春天来得特别早";
    private const string InsideTheFile = "割补法";

    private readonly Imitation cluster = new();
    private readonly List<IDisposable> clients = [];
    private StubServer stub = null!;
    private string database = null!;
    private Fleet fleet = null!;
    private PatientClient office = null!;

    public async Task InitializeAsync()
    {
        stub = await StubServer.StartAsync(cluster.Answer);
        database = await (await PostgresServer.SharedAsync()).EmptyDatabaseAsync();
        var blobs = azurite.Settings;
        fleet = await Fleet.StartAsync(new(PostgresServer.HubOn(database))
        {
            ["Search"] = "elasticsearch",
            ["Elasticsearch:Nodes"] = stub.Address.ToString(),
            ["Blobs"] = "azure",
            ["Azure:ConnectionString"] = blobs.ConnectionString,
            ["Azure:Container"] = blobs.Container,
            ["LeaseSeconds"] = "3",
        }, "Api", "Api", "Indexer", "Indexer", "Web");
        var operatorOf = Client();
        operatorOf.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", HubApp.AdminKey);
        office = new PatientClient(operatorOf);
    }

    public async Task DisposeAsync()
    {
        clients.ForEach(c => c.Dispose());
        if (fleet is not null) await fleet.DisposeAsync();
        await stub.DisposeAsync();
    }

    [Fact]
    public async Task A_plan_goes_its_way_while_one_process_of_each_role_is_killed_and_another_started()
    {
        var (own, partners) = (await SchoolAsync("重庆市江北区华新实验小学"), await SchoolAsync("巴中第一实验小学"));
        var partnership = (await office.ChangeAsync("createPartnership", new() { ["kind"] = "PAIR", ["name"] = "成渝协同", ["schoolIds"] = new[] { own, partners }, ["from"] = "2020-09-01" }, "partnership { id }")).GetProperty("partnership").GetProperty("id").GetString()!;
        var people = await Task.WhenAll(JoinAsync(own, "TEACHER", "teacher"), JoinAsync(own, "SCHOOL_ADMIN", "admin"), JoinAsync(partners, "TEACHER", "partner"));
        var (teacher, admin, partner) = (new PatientClient(people[0].Client), people[1], people[2]);
        var id = (await teacher.ChangeAsync("createResource", new() { ["schoolId"] = own, ["title"] = "平行四边形的面积", ["kind"] = "lesson-plan", ["stage"] = "primary", ["grades"] = new[] { "g5" }, ["subject"] = "mathematics", ["licence"] = "cc-by" }, "resource { id }"))
            .GetProperty("resource").GetProperty("id").GetString()!;
        using var bystanders = new CancellationTokenSource();
        var meanwhile = OthersWorkAsync(own, bystanders.Token);

        // The API that a file is sent to is killed in the middle of it; the sender goes on at another.
        var file = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 10_000).Select(n => $"第{n}步：用{InsideTheFile}把平行四边形变成长方形。\n\n")));
        var location = await teacher.BeginAsync(file.Length);
        await KillInTheMiddleAsync(teacher, location, file);
        var replaced = fleet.StartAsync("Api");
        await teacher.ResumeAsync(location, file);
        var attached = (await teacher.ChangeAsync("attachFile", new() { ["resourceId"] = id, ["uploadId"] = location.Split('/')[^1], ["name"] = "教案.txt" }, "resource { files { sha256 downloadUrl } }")).GetProperty("resource").GetProperty("files")[0];
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), attached.GetProperty("sha256").GetString());

        // The indexer that reads it is killed while it does.
        await KillTheReadingAsync();
        await Task.WhenAll(replaced, fleet.StartAsync("Indexer"));

        // The page was given by one process and its form is taken by another.
        await teacher.ChangeAsync("submitForReview", new() { ["resourceId"] = id, ["visibility"] = "PARTNERS", ["partnershipIds"] = new[] { partnership } });
        var queue = await admin.OpenAsync("/school/reviews");
        var review = queue.Link("平行四边形的面积");
        var page = await admin.OpenAsync(review);
        fleet.Kill(fleet.Of("Web")[0]);
        await fleet.StartAsync("Web");

        using var follower = Client();
        follower.DefaultRequestHeaders.Add("Cookie", await SessionAsync("partner"));
        using var events = await EventReader.OpenAsync(follower, "subscription($id: ID!) { partnershipActivity(id: $id) { kind resource { title } } }", new { id = partnership });
        using (var sent = await admin.Client.PostAsync(review, page.Form("approve").Filled()))
            Assert.Contains("已通过并发布", (await admin.ReadAsync(sent)).Text);
        Assert.Contains("平行四边形的面积", await EventAsync(events));

        await bystanders.CancelAsync();
        var asked = await meanwhile;
        await IdleAsync();
        var found = (await new PatientClient(partner.Client).AskAsync("query($text: String) { search(text: $text) { totalCount edges { node { title } } } }", new { text = InsideTheFile })).GetProperty("search");
        Assert.Equal("平行四边形的面积", Assert.Single(found.GetProperty("edges").EnumerateArray()).GetProperty("node").GetProperty("title").GetString());
        Assert.Equal(file, await partner.Client.GetByteArrayAsync(attached.GetProperty("downloadUrl").GetString()));
        await CheckRecordAsync(asked);
    }

    /// <summary>Drafts are made all the time, each asked for until it is answered; returns how many.</summary>
    private async Task<int> OthersWorkAsync(string school, CancellationToken until)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var asked = 0;
        while (!until.IsCancellationRequested)
        {
            await office.ChangeAsync("createResource", new() { ["schoolId"] = school, ["title"] = $"草稿 {asked++}", ["kind"] = "lesson-plan" });
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
        return asked;
    }

    private async Task KillInTheMiddleAsync(PatientClient teacher, string location, byte[] file)
    {
        var other = new TaskCompletionSource();
        var body = new SlowBody(file, other.Task);
        using var piece = PatientClient.Piece(location, 0, body);
        var sending = teacher.Http.SendAsync(piece);
        await body.HalfSent.WaitAsync(TimeSpan.FromSeconds(30));
        var serving = await fleet.Door.ServingAsync(new Uri(fleet.Door.Address, location).AbsolutePath);
        fleet.Kill(fleet.Of("Api").Single(p => p.Address == serving));
        other.SetResult();
        try
        {
            using var answer = await sending;
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The door closed before all was sent.
        }
    }

    private async Task KillTheReadingAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (true)
        {
            foreach (var indexer in fleet.Of("Indexer"))
            {
                // What reads stands still from here on, so it is in the middle.
                if (await indexer.FreezeChildrenAsync() == 0) continue;
                fleet.Kill(indexer);
                return;
            }
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task<string> EventAsync(EventReader events)
    {
        while (await events.NextAsync() is { } said)
            if (said is not ("ping" or "complete") && said.Contains("SHARED", StringComparison.Ordinal)) return said;
        throw new InvalidOperationException("The stream was closed.");
    }

    private async Task IdleAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var api = fleet.Of("Api")[0];
        while ((await api.Client.GetFromJsonAsync<JsonElement>("/health/ready", limit.Token)).GetProperty("waiting").GetInt32() > 0) await tick.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>Nothing was lost, nothing done twice.</summary>
    private async Task CheckRecordAsync(int asked)
    {
        await using var services = PostgresServer.AddEngine(new ServiceCollection().AddSingleton(TimeProvider.System), database).BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        Assert.Null((await AuditChain.VerifyAsync(db, default)).Flaw);
        Assert.Empty(await db.Jobs.ToListAsync());
        Assert.Equal(ExtractionState.Done, (await db.Extractions.SingleAsync()).State);
        Assert.Equal(asked, await db.Resources.CountAsync(r => r.Title.StartsWith("草稿")));
        Assert.Equal(asked, await db.Resources.Where(r => r.Title.StartsWith("草稿")).Select(r => r.Title).Distinct().CountAsync());
        var everything = (await office.AskAsync("{ search(first: 1) { totalCount } }")).GetProperty("search").GetProperty("totalCount").GetInt32();
        Assert.Equal(asked + 1, everything);
    }

    private async Task<string> SchoolAsync(string name) => (await office.ChangeAsync("createSchool", new() { ["name"] = name }, "school { id }")).GetProperty("school").GetProperty("id").GetString()!;

    private async Task<HubPerson> JoinAsync(string school, string role, string userName)
    {
        var secret = (await office.ChangeAsync("inviteMember", new() { ["schoolId"] = school, ["displayName"] = userName, ["role"] = role }, "secret")).GetProperty("secret").GetString();
        var joined = await office.AskAsync(
            "mutation($secret: String!, $userName: String!, $password: String!) { acceptInvitation(input: { secret: $secret, userName: $userName, password: $password }) { person { id } errors { message } } }",
            new { secret, userName, password = Password });
        var browser = Client();
        using var signedIn = await browser.PostAsJsonAsync("/accounts/sign-in", new { userName, password = Password });
        Assert.Equal(HttpStatusCode.NoContent, signedIn.StatusCode);
        return new HubPerson(joined.GetProperty("acceptInvitation").GetProperty("person").GetProperty("id").GetString()!, userName, Password, browser);
    }

    private async Task<string> SessionAsync(string userName)
    {
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = fleet.Door.Address };
        using var signedIn = await browser.PostAsJsonAsync("/accounts/sign-in", new { userName, password = Password });
        return signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private HttpClient Client()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = fleet.Door.Address, Timeout = TimeSpan.FromSeconds(60) };
        clients.Add(client);
        return client;
    }
}
