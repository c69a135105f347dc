using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Engines;
using ResourceHub.Host.Moving;
using ResourceHub.Tests.Engines.Azure;
using ResourceHub.Tests.Engines.Postgres;

namespace ResourceHub.Tests.Processes;

/// <summary>A whole hub moves to other engines and back, and answers as before.</summary>
public sealed class MoveTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Everything =
        """
        { schools(first: 10) { edges { node { name } } }
          search(text: "通分", first: 10) { totalCount edges { node { id title state school { name } files { id name size sha256 downloadUrl extraction { state } } } highlights { field text } } facets { name values { code count } } }
          changes(first: 100) { edges { node { kind resourceId } } } }
        """;

    [Fact]
    public async Task A_hub_moves_to_PostgreSQL_and_Azure_though_it_is_stopped_again_and_again_and_back_and_answers_the_same()
    {
        var (data, far, back) = (Folder(), Folder(), Folder());
        var server = await PostgresServer.SharedAsync();
        var blobs = azurite.Settings;
        var distributed = new Dictionary<string, string?>(PostgresServer.HubOn(await server.EmptyDatabaseAsync())) { ["Blobs"] = "azure", ["Azure:ConnectionString"] = blobs.ConnectionString, ["Azure:Container"] = blobs.Container };

        string before, session, bytes, cursor;
        await using (var hub = await HubApp.StartAsync(data: data))
        {
            bytes = await FillAsync(hub);
            session = await SignInAsync(hub);
            cursor = (await hub.QueryAsync("{ changes(first: 1) { pageInfo { endCursor } } }", key: HubApp.AdminKey)).GetProperty("changes").GetProperty("pageInfo").GetProperty("endCursor").GetString()!;
            before = await AnswersAsync(hub, session, cursor);
            var running = await Assert.ThrowsAsync<SettingsException>(() => MoveAsync(Settings(null, data), Settings(distributed, far), TextWriter.Null));
            Assert.StartsWith($"A hub is running on {data}: stop it", running.Message);
        }

        // Each time a little later: while blobs are copied, rows, while both ends are compared.
        var stop = 4;
        for (; !await TryMoveAsync(Settings(null, data), Settings(distributed, far), stop); stop += 9) Assert.True(stop < 400, "It never ends.");
        Assert.True(stop > 60, $"It was done after {stop} lines already.");

        await using (var hub = await HubApp.StartAsync(new(distributed), far))
        {
            await hub.IdleAsync();
            Assert.Equal(before, await AnswersAsync(hub, session, cursor));
            using var client = hub.Client(HubApp.AdminKey);
            Assert.Equal(bytes, await client.GetStringAsync(Address(before)));
            await hub.PublishAsync(await hub.ResourceAsync(await hub.SchoolAsync("新学校"), "圆的面积"));
            await hub.IdleAsync();
            before = await AnswersAsync(hub, session, cursor);
        }

        Assert.True(await MoveAsync(Settings(distributed, far), Settings(null, back), TextWriter.Null));
        await using (var hub = await HubApp.StartAsync(data: back))
        {
            await hub.IdleAsync();
            Assert.Equal(before, await AnswersAsync(hub, session, cursor));
            await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
            Assert.Null((await AuditChain.VerifyAsync(db, default)).Flaw);
            // Numbers go on after the last that was ever given out.
            var last = await db.Changes.MaxAsync(c => c.Seq);
            await hub.ResourceAsync(await hub.SchoolAsync("又一所学校"), "圆的周长");
            Assert.True(await db.Changes.MaxAsync(c => c.Seq) > last);
        }
        foreach (var folder in (string[])[data, far, back]) Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task No_hub_starts_on_a_half_filled_record_and_no_move_goes_into_a_hub_that_is_there()
    {
        var (data, other) = (Folder(), Folder());
        await using (var hub = await HubApp.StartAsync(data: data)) await hub.SchoolAsync("江北实验小学");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => MoveAsync(Settings(null, data), Settings(null, other), new StoppingWriter(12)));
        var refused = await Assert.ThrowsAsync<CannotStartException>(() => HubApp.StartAsync(data: other));
        Assert.Contains("is being filled from sqlite:" + data, refused.Message);
        Assert.True(await MoveAsync(Settings(null, data), Settings(null, other), TextWriter.Null));
        var full = await Assert.ThrowsAsync<SettingsException>(() => MoveAsync(Settings(null, data), Settings(null, other), TextWriter.Null));
        Assert.Contains("holds a hub already", full.Message);
        var same = await Assert.ThrowsAsync<SettingsException>(() => MoveAsync(Settings(null, data), Settings(null, data), TextWriter.Null));
        Assert.Contains("are the same hub", same.Message);
        foreach (var folder in (string[])[data, other]) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("migrate needs --to", "--from", "sqlite:a")]
    [InlineData("a secret on the command line", "--to", "postgres:Host=db;Database=hub;Password=p")]
    [InlineData("a secret on the command line", "--to", "azure:DefaultEndpointsProtocol=https;AccountKey=k")]
    [InlineData("neither a settings file", "--to", "mysql:db")]
    [InlineData("--to names nothing", "--to")]
    [InlineData("does not know --force", "--to", "sqlite:a", "--force")]
    public void What_a_move_is_told_wrongly_is_said_in_a_sentence(string sentence, params string[] args)
        => Assert.Contains(sentence, Assert.Throws<SettingsException>(() => MoveSettings.Read(args, new ConfigurationBuilder().Build())).Message);

    [Fact]
    public void What_the_target_does_not_say_is_as_at_the_source()
    {
        var (from, to) = MoveSettings.Read(["--from", "sqlite:/srv/hub", "--to", "postgres:Host=db;Database=hub", "--to", "azure:https://x.blob.core.windows.net"], new ConfigurationBuilder().Build());
        Assert.Equal(("sqlite", "/srv/hub", null), (from["Hub:Database"], from["Hub:Data"], from["Hub:Blobs"]));
        Assert.Equal(("postgres", "/srv/hub", "azure", "Host=db;Database=hub"), (to["Hub:Database"], to["Hub:Data"], to["Hub:Blobs"], to["Hub:Postgres:ConnectionString"]));
    }

    [Fact]
    public async Task Every_place_where_the_record_names_a_blob_is_known_to_the_move()
    {
        await using var record = await TempRecord.StartAsync();
        await using var db = record.CreateDbContext();
        var named = db.Model.GetEntityTypes().SelectMany(t => t.GetProperties()).Where(p => p.Name.EndsWith("Sha256", StringComparison.Ordinal)).Select(p => $"{p.DeclaringType.ShortName()}.{p.Name}");
        Assert.Equal(["AgreementFile.Sha256", "FileExtraction.PosterSha256", "ResourceFile.Sha256", "Upload.Sha256"], named.Order(StringComparer.Ordinal));
    }

    private static async Task<string> FillAsync(HubApp hub)
    {
        var school = await hub.SchoolAsync("江北实验小学");
        await hub.PartnershipAsync("成渝协同", school, await hub.SchoolAsync("巴中第一实验小学"));
        var text = string.Concat(Enumerable.Range(0, 700).Select(n => $"第{n}段：先通分，再比较两个分数的大小。\n\n"));
        await hub.ShareAsync(school, "通分（一）", Encoding.UTF8.GetBytes(text), "教案.txt");
        for (var i = 2; i < 5; i++) await hub.PublishAsync(await hub.ResourceAsync(school, $"通分（{i}）"));
        var gone = await hub.ResourceAsync(school, "删去的一课");
        await hub.QueryAsync("mutation($id: ID!) { deleteResource(input: { resourceId: $id }) { errors { message } } }", new { id = gone }, HubApp.AdminKey);
        await hub.UploadAsync("尚未关联"u8.ToArray(), "另一个.txt");
        using var teacher = await hub.PersonAsync(school);
        await hub.IdleAsync();
        return text;
    }

    private static async Task<string> SignInAsync(HubApp hub)
    {
        using var browser = hub.Browser();
        using var answer = await browser.PostAsJsonAsync("/accounts/sign-in", new { userName = "person-1", password = "江北的春天来得特别早" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>What the operator, a teacher whose session began before, and a portal with an old cursor are told.</summary>
    private static async Task<string> AnswersAsync(HubApp hub, string session, string cursor)
    {
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = hub.Address };
        browser.DefaultRequestHeaders.Add("Cookie", session);
        using var teacher = await browser.PostAsJsonAsync("/graphql", new { query = "{ viewer { isSignedIn name } search(text: \"通分\") { totalCount } }" });
        var since = await hub.QueryAsync("query($since: String) { changes(since: $since, first: 100) { edges { node { kind resourceId } } } }", new { since = cursor }, HubApp.AdminKey);
        return $"{await hub.QueryAsync(Everything, key: HubApp.AdminKey)}\n{await teacher.Content.ReadAsStringAsync()}\n{since}";
    }

    private static string Address(string answers) => answers[answers.IndexOf("/files/", StringComparison.Ordinal)..].Split('"')[0];

    private static IConfiguration Settings(Dictionary<string, string?>? engines, string data)
        => new ConfigurationBuilder().AddInMemoryCollection((engines ?? []).Select(s => KeyValuePair.Create($"Hub:{s.Key}", s.Value)).Append(KeyValuePair.Create<string, string?>("Hub:Data", data))).Build();

    private static async Task<bool> MoveAsync(IConfiguration source, IConfiguration target, TextWriter say, CancellationToken ct = default)
    {
        await using var from = MoveSide.Of(source);
        await using var to = MoveSide.Of(target);
        if (say is StoppingWriter stopping) ct = stopping.Stopped;
        return await new Move(from, to, say).RunAsync(ct);
    }

    /// <summary>False when it was stopped after so many lines.</summary>
    private static async Task<bool> TryMoveAsync(IConfiguration source, IConfiguration target, int lines)
    {
        try
        {
            Assert.True(await MoveAsync(source, target, new StoppingWriter(lines)));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string Folder() => Directory.CreateTempSubdirectory("hub-move-").FullName;

    /// <summary>Stops the move after it has said so many lines.</summary>
    private sealed class StoppingWriter(int lines) : StringWriter
    {
        private readonly CancellationTokenSource stop = new();
        private int left = lines;

        public CancellationToken Stopped => stop.Token;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (--left == 0) stop.Cancel();
        }
    }
}
