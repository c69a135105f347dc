using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ResourceHub.Host;

/// <summary>Every answer says which request it answers, in X-Request-Id: the same in the log and in the audit log. A trusted proxy may give its own.</summary>
internal static partial class RequestIds
{
    public const string Header = "X-Request-Id";

    public static void UseRequestIds(this WebApplication app, TrustedProxies proxies) => app.Use((http, next) =>
    {
        var given = http.Request.Headers[Header].ToString();
        http.TraceIdentifier = proxies.Trusts(http.Connection.RemoteIpAddress) && Plain().IsMatch(given) ? given : Guid.CreateVersion7().ToString("n");
        http.Response.Headers[Header] = http.TraceIdentifier;
        Activity.Current?.SetTag("hub.request_id", http.TraceIdentifier);
        return next(http);
    });

    [GeneratedRegex(@"^[0-9A-Za-z._-]{8,64}\z")]
    private static partial Regex Plain();
}
