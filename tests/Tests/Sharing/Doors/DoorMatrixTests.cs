using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Changes;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Checks;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>
/// Everybody at every door for everything: what is open shows, what is closed answers byte for byte like what never was. Who may see what is said once, in
/// the issue's words (<see cref="InWords"/>).
/// </summary>
[Collection(nameof(DoorWorld))]
public sealed class DoorMatrixTests(DoorWorld world, ITestOutputHelper output)
{
    [Fact]
    public async Task Every_door_shows_a_resource_to_whom_it_is_open_and_to_others_what_it_shows_of_nothing()
    {
        var doors = ResourceDoors.Of(world).ToList();
        var (open, shut) = await new DoorMatrix(world, output).TryAsync(doors, world.Subjects, Target.Absent);
        Assert.True(open + shut >= 500 && open >= 300 && shut >= 300);
    }

    [Fact]
    public async Task The_feed_shows_what_is_open_says_gone_of_what_was_and_nothing_of_the_rest()
    {
        List<string> wrong = [];
        var cells = 0;
        foreach (var actor in world.Actors.Where(a => !a.IsRefused))
        {
            var entries = await FeedAsync(actor);
            foreach (var subject in world.Subjects)
            {
                cells++;
                var expected = world.MaySee(actor, subject.Resource) ? $"CHANGED {subject.Target.Title}" : world.Saw(actor, subject) ? "WITHDRAWN " : null;
                var said = entries.GetValueOrDefault(subject.Target.Id);
                if (said != expected) wrong.Add($"{subject.Name}, {actor.Name}: said {said ?? "nothing"}, not {expected ?? "nothing"}");
            }
            if (entries.Count > world.Subjects.Count) wrong.Add($"{actor.Name}: {entries.Count} entries");
        }
        output.WriteLine($"{cells} cells");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(401, (await Door.AskAsync(world["revoked"], "{ changes { nodes { kind } } }", new { })).Status);
    }

    /// <summary>In pages of 3, so that the cursors are tried as well: each resource must come once.</summary>
    private static async Task<Dictionary<string, string>> FeedAsync(Actor actor)
    {
        Dictionary<string, string> entries = [];
        string? since = null;
        while (true)
        {
            var answer = await Door.AskAsync(actor, "query($since: String) { changes(since: $since, first: 3) { nodes { kind resourceId resource { title } school { name } } pageInfo { hasNextPage endCursor } } }", new { since });
            var page = JsonSerializer.Deserialize<JsonElement>(answer.Body).GetProperty("data").GetProperty("changes");
            foreach (var node in page.GetProperty("nodes").EnumerateArray())
            {
                var title = node.GetProperty("resource") is { ValueKind: JsonValueKind.Object } resource ? resource.GetProperty("title").GetString() : null;
                if (title is null) Assert.Equal(JsonValueKind.Null, node.GetProperty("school").ValueKind);
                entries.Add(node.GetProperty("resourceId").GetString()!, $"{node.GetProperty("kind").GetString()} {title}");
            }
            since = page.GetProperty("pageInfo").GetProperty("endCursor").GetString();
            if (!page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean()) return entries;
        }
    }

    [Fact]
    public async Task A_subscription_opens_to_whom_the_resource_is_open()
    {
        const string changed = "subscription($id: ID!) { resourceChanged(id: $id) { title } }";
        List<string> wrong = [];
        var cells = 0;
        foreach (var actor in world.Actors.Where(a => !a.IsRefused))
        {
            var absent = Target.Absent();
            var nothing = absent.Blank(await FollowAsync(actor, changed, absent.Id)).WithoutRequestNumber();
            foreach (var subject in world.Subjects)
            {
                cells++;
                var answer = subject.Target.Blank(await FollowAsync(actor, changed, subject.Target.Id)).WithoutRequestNumber();
                if (answer != (world.MaySee(actor, subject.Resource) ? Listens : nothing)) wrong.Add($"{subject.Name}, {actor.Name}: {answer}");
            }
        }
        output.WriteLine($"{cells} cells");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Nothing_can_be_done_to_what_is_not_there_for_somebody()
    {
        List<string> wrong = [];
        var cells = 0;
        foreach (var (mutation, input) in ResourceMutations)
        {
            foreach (var actor in world.Actors)
            {
                var own = actor.Asker?.School is { } school ? GlobalId.Of<School>(school) : world.Owner;
                var query = $"mutation($id: ID!) {{ {mutation}(input: {{ resourceId: $id {input.Replace("{pair}", world.ActivePair).Replace("{school}", own)} }}) {{ errors {{ code message path }} resource {{ title }} }} }}";
                var absent = Target.Absent();
                var nothing = await Door.AskAsync(actor, query, new { id = absent.Id });
                foreach (var subject in world.Subjects.Where(s => !world.MaySee(actor, s.Resource)))
                {
                    cells++;
                    var answer = await Door.AskAsync(actor, query, new { id = subject.Target.Id });
                    if (subject.Target.Blank(answer.Body) != absent.Blank(nothing.Body)) wrong.Add($"{subject.Name}, {actor.Name}, {mutation}: {answer}, but {nothing}");
                }
            }
        }
        output.WriteLine($"{cells} cells");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    private static readonly (string Mutation, string Input)[] ResourceMutations =
    [
        ("updateResource", "title: \"改名\""), ("attachFile", "uploadId: \"none\""), ("submitForReview", ""), ("approveResource", ""), ("returnResource", "reasons: [OTHER]"), ("recallFromReview", ""),
        ("publishResource", "visibility: PUBLIC"), ("shareResource", "partnershipIds: [\"{pair}\"]"), ("unshareResource", "partnershipIds: [\"{pair}\"]"), ("setVisibility", "visibility: SCHOOL"),
        ("withdrawResource", ""), ("deleteResource", ""), ("restoreResource", ""), ("markPupils", "showsPupils: true"), ("recordConsent", "holder: \"教务处\", scope: PUBLIC"), ("withdrawConsent", ""),
        ("adaptResource", "schoolId: \"{school}\""),
    ];

    private const string Listens = "listens";

    /// <summary>Opens a stream and closes it: that it listens shows on the wire inside, because an open one has nothing to say.</summary>
    private async Task<string> FollowAsync(Actor actor, string query, string id)
    {
        var wire = world.Hub.Services.GetRequiredService<ChangeWire>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables = new { id } }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await actor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        if (wire.Ears == 0) return (await new StreamReader(body).ReadToEndAsync()).WithoutRequestNumber();
        using var enough = new CancellationTokenSource();
        var reading = body.ReadAsync(new byte[100], enough.Token).AsTask();
        await enough.CancelAsync();
        await Task.WhenAny(reading);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (wire.Ears > 0) await tick.WaitForNextTickAsync();
        return Listens;
    }
}
