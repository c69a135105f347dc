using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>What a door answers: status, type and body.</summary>
public sealed record Answer(int Status, string? Type, string Body)
{
    /// <summary>One line of a long answer, for a test that fails.</summary>
    public override string ToString() => $"{Status} {Type} {(Body.Length > 400 ? Body[..400] + "…" : Body)}";
}

/// <summary>A way to ask for a resource.</summary>
/// <param name="Knock">Asks for the target as this actor.</param>
/// <param name="Shows">Whether the answer shows the target, or any sign of it.</param>
internal sealed record Door(string Name, Func<Actor, Target, Task<Answer>> Knock, Func<Answer, Target, bool> Shows)
{
    /// <summary>Whether this door is open to the actor, where that is not the same as seeing the resource.</summary>
    public Func<DoorWorld, Actor, Subject, bool>? Opens { get; init; }

    /// <summary>Pages know sessions only: a key that is sent to one is not looked at.</summary>
    public bool IsPage { get; init; }

    /// <summary>Whether a closed door must answer exactly as it does for what never was. Not where an answer is about other resources as well.</summary>
    public bool HidesWhole { get; init; } = true;

    public bool Refuses(Actor actor) => actor.IsRefused && !IsPage;

    public bool IsOpen(DoorWorld world, Actor actor, Subject subject)
    {
        actor = actor with { IsRefused = Refuses(actor) };
        return Opens?.Invoke(world, actor, subject) ?? world.MaySee(actor, subject.Resource);
    }

    /// <summary>A GraphQL document with the variables id, file, oldFile, word and fileWord as far as it declares them.</summary>
    public static Door Asking(string name, string query, Func<Answer, Target, bool> shows) => new(name, (actor, target) => AskAsync(actor, query, VariablesOf(query, target)), shows);

    /// <summary>An address under which something is given away or not.</summary>
    public static Door At(string name, Func<Target, string> address, HttpMethod? method = null, string? range = null, Func<Answer, Target, bool>? shows = null) => new(name, async (actor, target) =>
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address(target));
        if (range is not null) request.Headers.TryAddWithoutValidation("Range", range);
        using var answer = await actor.Client.SendAsync(request);
        return await ReadAsync(answer);
    }, shows ?? ((answer, _) => answer.Status is >= 200 and < 300));

    public static async Task<Answer> AskAsync(Actor actor, string query, object variables)
    {
        using var answer = await actor.Client.PostAsJsonAsync("/graphql", new { query, variables });
        return await ReadAsync(answer);
    }

    /// <summary>Without what differs each time for reasons of its own: the token of the form in a page's head, and the number of the request, which errors and pages name.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage answer)
    {
        var said = Regex.Replace(await answer.Content.ReadAsStringAsync(), @"CfDJ8[\w-]+", "{token}").WithoutRequestNumber();
        if (answer.Headers.TryGetValues("X-Request-Id", out var numbers)) said = said.Replace(numbers.Single(), "{request}");
        return new((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), said);
    }

    private static Dictionary<string, string> VariablesOf(string query, Target target)
    {
        Dictionary<string, string> all = new() { ["id"] = target.Id, ["file"] = target.FileId, ["oldFile"] = target.OldFileId, ["word"] = target.Word, ["fileWord"] = target.FileWord, ["title"] = target.Title };
        return all.Where(v => Regex.IsMatch(query, $@"\${v.Key}\b")).ToDictionary();
    }
}
