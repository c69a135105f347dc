using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Schools;
using ResourceHub.Indexer;

namespace ResourceHub.Tests.Sharing;

/// <summary>What is taken back is gone at the next request, while the index still has it: the indexer stands still all the time.</summary>
public class RevocationTests : IAsyncLifetime
{
    private const string Seen = """
        query($id: ID!, $file: ID!, $word: String!, $title: String!) {
          search(text: $word) { totalCount edges { node { title } } facets { values { count } } }
          all: search(filter: { subject: ["mathematics"] }) { totalCount facets(names: [SUBJECT]) { values { count } } }
          suggest(text: $title) { text }
          resource(id: $id) { title }
          nodes(ids: [$id, $file]) { id }
        }
        """;

    private const string Word = "zqgeheimnis";
    private const string Title = "圆的面积 " + Word;

    private HubApp hub = null!;
    private HubPerson admin = null!, taker = null!;
    private string owner = null!, taking = null!, pair = null!, id = null!, file = null!;

    /// <summary>What the hub runs on; the embedded engines unless a derived class says otherwise.</summary>
    protected virtual Task<Dictionary<string, string?>> EnginesAsync() => Task.FromResult(new Dictionary<string, string?>());

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(await EnginesAsync());
        (owner, taking) = (await hub.SchoolAsync("主校"), await hub.SchoolAsync("伙伴校"));
        pair = await hub.PartnershipAsync("结对", owner, taking);
        (admin, taker) = (await hub.PersonAsync(owner, "SCHOOL_ADMIN"), await hub.PersonAsync(taking));
        id = (await hub.QueryAsync(
            "mutation($owner: ID!, $title: String!) { createResource(input: { schoolId: $owner, title: $title, kind: \"recorded-class\", licence: \"cc-by\", stage: \"primary\", grades: [\"g6\"], subject: \"mathematics\" }) { resource { id } errors { message } } }",
            new { owner, title = Title }, HubApp.AdminKey)).GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString()!;
        file = (await hub.AttachAsync(id, Encoding.UTF8.GetBytes("半径的平方"), "课件.txt")).GetProperty("id").GetString()!;
    }

    public async Task DisposeAsync()
    {
        admin.Dispose();
        taker.Dispose();
        await hub.DisposeAsync();
    }

    /// <summary>By the hub's own office, which needs no review.</summary>
    private async Task ShareAsync()
    {
        await hub.QueryAsync("mutation($id: ID!, $pair: ID!) { shareResource(input: { resourceId: $id, partnershipIds: [$pair] }) { errors { message } } }", new { id, pair }, HubApp.AdminKey);
        await hub.IdleAsync();
    }

    private async Task StopIndexerAsync()
    {
        await hub.IdleAsync();
        await hub.Services.GetServices<IHostedService>().OfType<JobRunner>().Single().StopAsync(default);
    }

    private async Task<string> SeenAsync(HttpClient client)
    {
        using var answer = await client.PostAsync("/graphql", new StringContent(JsonSerializer.Serialize(new { query = Seen, variables = new { id, file, word = Word, title = Title } }), Encoding.UTF8, "application/json"));
        var data = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync()).GetProperty("data");
        using var bytes = await client.GetAsync($"/files/{file}");
        return string.Join(' ', new object[]
        {
            data.GetProperty("search").GetProperty("totalCount").GetInt32(), data.GetProperty("search").GetProperty("edges").GetArrayLength(), Counted(data.GetProperty("search")) > 0,
            data.GetProperty("all").GetProperty("totalCount").GetInt32(), Counted(data.GetProperty("all")), data.GetProperty("suggest").GetArrayLength(),
            data.GetProperty("resource").ValueKind, data.GetProperty("nodes")[0].ValueKind, data.GetProperty("nodes")[1].ValueKind, (int)bytes.StatusCode,
        });
    }

    private static int Counted(JsonElement search) => search.GetProperty("facets").EnumerateArray().SelectMany(f => f.GetProperty("values").EnumerateArray()).Sum(v => v.GetProperty("count").GetInt32());

    private const string There = "1 1 True 1 1 1 Object Object Object 200";
    private const string Gone = "0 0 False 0 0 0 Null Null Null 404";

    /// <summary>Everything is there, the act, nothing is there: with no job done in between.</summary>
    private async Task GoesAsync(Func<Task> act, HttpClient? client = null)
    {
        client ??= taker.Client;
        await StopIndexerAsync();
        Assert.Equal(There, await SeenAsync(client));
        await act();
        Assert.Equal(Gone, await SeenAsync(client));
    }

    /// <param name="input">With $id and $pair for what they stand for.</param>
    private Task<JsonElement> DoAsync(string mutation, string input)
    {
        var query = $"mutation {{ {mutation}(input: {{ {input.Replace("$id", $"\"{id}\"").Replace("$pair", $"\"{pair}\"")} }}) {{ errors {{ code message }} }} }}";
        return admin.QueryAsync(query);
    }

    private Task<JsonElement> OfPersonAsync(string mutation, string input = "")
        => hub.QueryAsync($"mutation {{ {mutation}(input: {{ personId: \"{taker.Id}\" {input} }}) {{ errors {{ code message }} }} }}", key: HubApp.AdminKey);

    [Theory]
    [InlineData("withdrawResource", "resourceId: $id")]
    [InlineData("unshareResource", "resourceId: $id, partnershipIds: [$pair]")]
    [InlineData("setVisibility", "resourceId: $id, visibility: SCHOOL")]
    [InlineData("deleteResource", "resourceId: $id")]
    public async Task What_the_school_takes_back_from_its_partners(string mutation, string input)
    {
        await ShareAsync();
        await GoesAsync(() => DoAsync(mutation, input));
    }

    [Fact]
    public async Task What_a_partnership_opened_when_it_ends()
    {
        await ShareAsync();
        var today = TimeProvider.System.Today().ToString("yyyy-MM-dd");
        await GoesAsync(() => DoAsync("endPartnership", $"partnershipId: $pair, on: \"{today}\", reason: \"期满\""));
    }

    [Fact]
    public async Task What_showed_pupils_when_their_consent_is_withdrawn()
    {
        await DoAsync("markPupils", "resourceId: $id, showsPupils: true");
        await DoAsync("recordConsent", "resourceId: $id, holder: \"教务处\", scope: PARTNERS");
        await ShareAsync();
        await GoesAsync(() => DoAsync("withdrawConsent", "resourceId: $id"));
    }

    [Fact]
    public async Task All_of_it_for_somebody_who_leaves_and_nothing_for_who_stays()
    {
        await ShareAsync();
        using var stays = await hub.PersonAsync(taking);
        await GoesAsync(() => OfPersonAsync("removeMember"));
        Assert.Equal(There, await SeenAsync(stays.Client));
    }

    [Fact]
    public async Task What_the_old_school_was_given_for_somebody_who_moves()
    {
        await ShareAsync();
        var elsewhere = await hub.SchoolAsync("他校");
        await GoesAsync(() => OfPersonAsync("moveMember", $", schoolId: \"{elsewhere}\", role: SCHOOL_ADMIN"));
    }

    [Fact]
    public async Task What_was_public_for_everybody()
    {
        await hub.PublishAsync(id);
        using var anybody = hub.Client();
        await GoesAsync(() => DoAsync("setVisibility", "resourceId: $id, visibility: SCHOOL"), anybody);
    }

    [Fact]
    public async Task What_was_closed_is_found_by_those_it_is_still_open_to_once_the_index_knows()
    {
        await ShareAsync();
        await StopIndexerAsync();
        await DoAsync("unshareResource", "resourceId: $id, partnershipIds: [$pair]");
        await hub.Services.GetServices<IHostedService>().OfType<JobRunner>().Single().StartAsync(default);
        hub.Services.GetRequiredService<JobQueue>().Wake();
        await hub.IdleAsync();
        Assert.Equal(There, await SeenAsync(admin.Client));
        Assert.Equal(Gone, await SeenAsync(taker.Client));
    }

    [Fact]
    public async Task A_stream_ends_within_5_seconds_when_its_person_leaves()
    {
        await ShareAsync();
        using var stream = await EventReader.OpenAsync(new HttpClient(new Borrowed(taker.Client)) { BaseAddress = hub.Address }, "subscription($id: ID!) { resourceChanged(id: $id) { title } }", new { id });
        Assert.Equal(HttpStatusCode.OK, stream.Answer.StatusCode);
        var began = Stopwatch.GetTimestamp();
        await OfPersonAsync("removeMember");
        Assert.Equal("complete", await stream.NextAsync());
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }

    /// <summary>Sends by another client, which stays its owner's.</summary>
    private sealed class Borrowed(HttpClient client) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri) { Content = request.Content };
            foreach (var header in request.Headers) copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
            return await client.SendAsync(copy, HttpCompletionOption.ResponseHeadersRead, ct);
        }
    }
}
