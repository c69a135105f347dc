using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ResourceHub.Core;

namespace ResourceHub.Engines.EntraId;

/// <summary>
/// Sends somebody to the issuer and back, by the framework's OpenID Connect handler, after making sure that the issuer is there: a browser sent to one that
/// does not answer would show an error of its own that helps nobody.
/// </summary>
internal sealed class SignInDoor(Issuer issuer, SignInPages pages, HubSettings settings) : IAuthenticationSignOutHandler
{
    /// <summary>What the accounts name as the way elsewhere.</summary>
    public const string Scheme = "hub-elsewhere";

    /// <summary>The handler of OpenID Connect behind it.</summary>
    public const string OpenId = "hub-openid";

    public const string CallbackPath = "/accounts/callback";
    public const string SignedOutPath = "/accounts/signed-out";

    /// <summary>Somebody who leaves does not wait for an issuer that is slow.</summary>
    private static readonly TimeSpan LeavingWaits = TimeSpan.FromSeconds(2);

    private HttpContext http = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        http = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    public async Task ChallengeAsync(AuthenticationProperties? properties)
    {
        try
        {
            await issuer.ReachAsync(http.RequestAborted);
        }
        catch (IssuerUnreachableException away)
        {
            await pages.UnreachableAsync(http, away, properties?.RedirectUri);
            return;
        }
        try
        {
            await http.ChallengeAsync(OpenId, properties);
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            await pages.UnreachableAsync(http, away, properties?.RedirectUri);
        }
        catch (OpenIdConnectProtocolException refused)
        {
            // Where the issuer offers it, the request is pushed there first (RFC 9126), so a wrong secret or address shows before anybody leaves.
            await pages.MisunderstoodAsync(http, refused, properties?.RedirectUri);
        }
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    /// <summary>The hub's own session has ended already; the issuer's ends too where it offers that and answers.</summary>
    public async Task SignOutAsync(AuthenticationProperties? properties)
    {
        try
        {
            var known = await issuer.ReachAsync(http.RequestAborted).WaitAsync(LeavingWaits);
            if (known.EndSessionEndpoint is { Length: > 0 } address)
            {
                // A page in between: a form may lead to this site only, and browsers hold a redirect of a form's answer to that as well.
                var back = $"{settings.PublicAddress?.TrimEnd('/') ?? $"{http.Request.Scheme}://{http.Request.Host}"}{SignedOutPath}";
                await pages.LeaveAsync(http, address, back);
                return;
            }
        }
        catch (Exception away) when (away is IssuerUnreachableException or TimeoutException)
        {
            // Signed out here is what was asked for.
        }
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = properties?.RedirectUri ?? "/";
    }
}
