using Microsoft.AspNetCore.Http;
using ResourceHub.Web.Language;

namespace ResourceHub.Web.Hub;

/// <summary>Who is at the browser; asked once for a page, and not at all without a session.</summary>
public sealed class SignedIn(HubClient hub, IHttpContextAccessor browser, Texts texts)
{
    private Task<Me>? me;

    public Task<Me> MeAsync() => me ??= AskAsync();

    private async Task<Me> AskAsync()
    {
        if (browser.HttpContext is not { } http || !http.Request.Cookies.ContainsKey(OnBehalf.Session)) return Me.Nobody;
        return (await hub.AskAsync<Answer>("Me", new { lang = texts.Lang }, http.RequestAborted)).Data?.Viewer ?? Me.Nobody;
    }

    private sealed record Answer(Me Viewer);
}

/// <summary>Who is at the browser: Pages/Me.graphql.</summary>
/// <param name="Notice">What they should know on every page, such as whom to ask while they belong to no school.</param>
public sealed record Me(bool IsSignedIn, string? Name, string? Role, School? School, string? Notice = null)
{
    public static readonly Me Nobody = new(false, null, null, null);

    public bool IsHubAdmin => Role == "HUB_ADMIN";

    /// <summary>May run the school: members, reviews, keys.</summary>
    public bool RunsSchool => Role is "SCHOOL_ADMIN" or "HUB_ADMIN";

    public bool IsOf(School? school) => school is not null && (IsHubAdmin || School?.Id == school.Id);

    public bool Runs(School? school) => RunsSchool && IsOf(school);
}
