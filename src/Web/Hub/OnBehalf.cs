using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ResourceHub.Web.Hub;

/// <summary>The API answers as the person at the browser: of what the browser sent only the session goes on, and where it came from.</summary>
internal static class OnBehalf
{
    public const string Session = "hub-session";

    public static void OnBehalfOf(this HttpRequestMessage request, HttpContext? browser)
    {
        if (browser is null) return;
        if (browser.Request.Cookies[Session] is { Length: > 0 } session) request.Headers.TryAddWithoutValidation(HeaderNames.Cookie, $"{Session}={session}");
        if (browser.Connection.RemoteIpAddress is { } ip) request.Headers.TryAddWithoutValidation("X-Forwarded-For", ip.ToString());
        // A session renewed on the way is to stay Secure; and the log has one id for the page and what it asked.
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", browser.Request.Scheme);
        request.Headers.TryAddWithoutValidation("X-Request-Id", browser.TraceIdentifier);
    }

    /// <summary>A session that the API renewed or ended is renewed or ended in the browser; no other cookie passes.</summary>
    public static void PassSessionTo(this HttpResponseMessage response, HttpContext? browser)
    {
        if (browser is null || browser.Response.HasStarted || !response.Headers.TryGetValues(HeaderNames.SetCookie, out var cookies)) return;
        foreach (var cookie in cookies.Where(c => c.StartsWith(Session + "=", StringComparison.Ordinal))) browser.Response.Headers.Append(HeaderNames.SetCookie, cookie);
    }
}
