using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>What the hub does at the turns of a sign-in; state, nonce, PKCE and the checks of the id token are the framework's.</summary>
internal static class SignInEvents
{
    /// <summary>The proxy in front may be known by another name than the request says.</summary>
    public static void NameOwnAddress(RedirectContext sent)
    {
        if (sent.HttpContext.RequestServices.GetRequiredService<HubSettings>().PublicAddress is { } own) sent.ProtocolMessage.RedirectUri = own.TrimEnd('/') + SignInDoor.CallbackPath;
    }

    /// <summary>Everything was checked: whoever this is here gets the hub's own session, and what the issuer said of them is let go.</summary>
    public static async Task TakeInAsync(TicketReceivedContext received)
    {
        var http = received.HttpContext;
        var services = http.RequestServices;
        var (ct, origin, back) = (http.RequestAborted, OriginOf(http), received.ReturnUri);
        var who = EntraIdentity.Of((ClaimsIdentity)received.Principal!.Identity!, services.GetRequiredService<EntraRules>());
        var met = who is null || who.IsApp ? AccountProblems.NotAuthenticated : await services.GetRequiredService<EntraPeople>().MeetAsync(who, isSignIn: true, origin, ct);
        var audit = services.GetRequiredService<AuditLog>();
        if (met.Value is not { } person)
        {
            var problem = met.Problems[0];
            await audit.WriteAsync(Viewer.Anonymous with { Origin = origin }, new AuditNote(AuditActions.SignIn, Result: AuditResult.Refused, Detail: problem.Code), ct);
            await services.GetRequiredService<SignInPages>().RefuseAsync(http, 403, problem, back);
            received.HandleResponse();
            return;
        }
        await audit.WriteAsync(person.AsActor(origin), new AuditNote(AuditActions.SignIn, nameof(Person), person.Id, person.SchoolId), ct);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        received.Principal = new Session(person.Id, person.SessionStamp, now.UtcDateTime).ToPrincipal();
        // Not longer for being used: when the day is over the issuer is asked again, who may have let the person go.
        received.Properties = new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now.AddHours(services.GetRequiredService<HubSettings>().SessionHours), AllowRefresh = false };
    }

    public static async Task FailAsync(RemoteFailureContext failed)
    {
        var pages = failed.HttpContext.RequestServices.GetRequiredService<SignInPages>();
        var back = failed.Properties?.RedirectUri;
        await (failed.Failure switch
        {
            IssuerUnreachableException or HttpRequestException or TaskCanceledException => pages.UnreachableAsync(failed.HttpContext, failed.Failure, back),
            // Gone back, waited too long, another browser, "cancel" at the issuer: all come down to trying again.
            AuthenticationFailureException { InnerException: null } => pages.RefuseAsync(failed.HttpContext, 400, EntraProblems.Interrupted, back),
            _ => pages.MisunderstoodAsync(failed.HttpContext, failed.Failure!, back),
        });
        failed.HandleResponse();
    }

    public static Task ReturnAsync(RemoteSignOutContext returned)
    {
        returned.HttpContext.Response.Redirect("/");
        returned.HandleResponse();
        return Task.CompletedTask;
    }

    private static RequestOrigin OriginOf(HttpContext http)
        => new(http.Connection.RemoteIpAddress is { } ip ? (ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToString() : null, http.TraceIdentifier);
}
