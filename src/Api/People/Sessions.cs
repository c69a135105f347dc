using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Schools;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>The session cookie: sealed by the framework, unreadable to scripts, sent to this site only.</summary>
public static class Sessions
{
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Session.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(Session.Scheme).Configure<HubSettings>((cookie, settings) =>
        {
            cookie.Cookie.Name = Session.Scheme;
            cookie.Cookie.Path = "/";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            // Secure wherever the browser came by https; a hub tried out on localhost has none.
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.Cookie.IsEssential = true;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(settings.SessionHours);
            cookie.SlidingExpiration = true;
        });
        return services.AddSingleton<Attempts>().AddSingleton<KeyRates>().AddScoped<RequestSession>().AddScoped<SchoolPeople>();
    }

    /// <summary>Begins a session, in place of the one there was.</summary>
    /// <param name="since">When the person last proved who they are; now when null.</param>
    public static Task BeginAsync(HttpContext http, Person person, DateTime? since = null)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        return http.SignInAsync(Session.Scheme, new Session(person.Id, person.SessionStamp, since ?? now).ToPrincipal());
    }

    public static Task EndAsync(HttpContext http) => http.SignOutAsync(Session.Scheme);

    /// <summary>The viewer of the request's session, read from the record; anonymous where no cookie was sent, null where it opens nothing any more.</summary>
    public static async Task<Viewer?> ViewerAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.Cookies.ContainsKey(Session.Scheme)) return Viewer.Anonymous;
        var ticket = await http.AuthenticateAsync(Session.Scheme);
        if (Session.Of(ticket.Principal) is not { } session) return null;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        // Told apart here as well: a stream outlives the moment at which the framework looked.
        return now - session.Since < Session.Longest && (ticket.Properties?.ExpiresUtc is not { } end || now < end) ? await http.RequestServices.GetRequiredService<Viewers>().OfPersonAsync(session.PersonId, session.Stamp, ct) : null;
    }
}
