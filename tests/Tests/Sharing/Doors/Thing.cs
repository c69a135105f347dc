using ResourceHub.Core.People;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>Something other than a resource, at one door.</summary>
/// <param name="Ask">A GraphQL document with the variable id, or METHOD and address with {id}.</param>
/// <param name="Id">Of the thing; the like of it that never was is <paramref name="Absent"/>.</param>
/// <param name="IsOpen">To whom, in words.</param>
/// <param name="Shows">What an answer has in it only where it is open; null where the status tells.</param>
internal sealed record Thing(string Name, string Ask, string Id, string Absent, Func<Actor, bool> IsOpen, string? Shows)
{
    /// <summary>Whether a closed door must answer exactly as it does for what never was; not where the door itself is known to all.</summary>
    public bool HidesWhole { get; init; } = true;

    /// <summary>Who stands at this door at all; where it does something, those who may are left out.</summary>
    public Func<Actor, bool> Asked { get; init; } = _ => true;

    public bool ShownBy(Answer answer) => Shows is null ? answer.Status is >= 200 and < 300 : answer.Body.Contains(Shows);

    public async Task<Answer> KnockAsync(Actor actor, string id)
    {
        if (Ask.Contains('{') && Ask.Split(' ') is ["GET" or "HEAD" or "DELETE" or "PATCH", var address])
        {
            using var request = new HttpRequestMessage(new HttpMethod(Ask.Split(' ')[0]), address.Replace("{id}", id));
            if (address.StartsWith("/uploads", StringComparison.Ordinal)) request.Headers.Add("Tus-Resumable", "1.0.0");
            if (request.Method == HttpMethod.Patch)
            {
                request.Content = new ByteArrayContent([1]);
                request.Content.Headers.ContentType = new("application/offset+octet-stream");
                request.Headers.Add("Upload-Offset", "0");
            }
            using var sent = await actor.Client.SendAsync(request);
            var answer = await Door.ReadAsync(sent);
            return answer with { Body = answer.Body.Replace(id, "{id}") };
        }
        var said = await Door.AskAsync(actor, Ask, Ask.Contains("$id") ? new { id } : new { });
        return said with { Body = HidesWhole ? said.Body.Replace(id, "{id}") : said.Body };
    }
}

/// <summary>Who may, in words.</summary>
internal static class Who
{
    public static bool IsHubAdmin(Actor actor) => actor.Asker?.Role == Role.HubAdmin;

    public static Func<Actor, bool> OfSchools(params string[] schools) => actor => IsHubAdmin(actor) || actor.Asker?.School is { } school && schools.Any(s => DoorWorld.IdOf(s) == school);

    public static Func<Actor, bool> AdminsOf(string school) => actor => IsHubAdmin(actor) || actor.Asker is { Role: Role.SchoolAdmin } asker && asker.School == DoorWorld.IdOf(school);

    public static bool Everybody(Actor actor) => !actor.IsRefused;

    public static bool Nobody(Actor actor) => false;

    public static Func<Actor, bool> Only(params string[] names) => actor => names.Contains(actor.Name);
}
