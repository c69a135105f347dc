using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using ResourceHub.Api.Audit;
using ResourceHub.Api.Files;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>Signing in and out, by a browser's form or by JSON.</summary>
public static class SignInEndpoint
{
    private const int MostBytes = 16 * 1024;

    private static readonly Problem Unreadable = new("BAD_REQUEST", "请用表单或 JSON 提交 userName 和 password。Send userName and password as a form or as JSON.");
    private static readonly Problem CrossSite = new("CROSS_SITE", "此表单须从本站页面提交。This form must be sent from a page of this hub.");

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/accounts");
        accounts.MapGet("/sign-in", Begin);
        accounts.MapPost("/sign-in", SignInAsync);
        accounts.MapPost("/sign-out", SignOutAsync);
    }

    private sealed record Body(string? UserName, string? Password, string? ReturnUrl);

    /// <summary>To the page that asks for name and password, or to where the organisation's people sign in.</summary>
    private static IResult Begin(IAccounts accounts, string? @return = null)
    {
        var back = LocalReturn.Of(@return);
        return accounts.Elsewhere is { } scheme ? TypedResults.Challenge(new AuthenticationProperties { RedirectUri = back }, [scheme]) : SeeOther($"/sign-in?return={Uri.EscapeDataString(back)}");
    }

    private static async Task<IResult> SignInAsync(HttpContext http, IAccounts accounts, Attempts attempts, AuditQueue audit, HubSettings settings, CancellationToken ct)
    {
        var isForm = http.Request.HasFormContentType;
        if (!isForm && !http.Request.HasJsonContentType()) return Refusal.Of(415, Unreadable);
        if (!SameSite.Sent(http.Request, settings, needsProof: isForm)) return Refusal.Of(403, CrossSite);
        if (await ReadAsync(http, isForm, ct) is not { UserName: { } name, Password: { } password } body) return Refusal.Of(400, Unreadable);
        if (accounts.Elsewhere is not null) return Refuse(isForm, body, 400, new SignIn.Refused(AccountProblems.Elsewhere), http);
        if (attempts.SignIn(http.Origin(), name) is { } wait)
        {
            audit.Note(Viewer.Anonymous with { Origin = http.Origin() }, new AuditNote(AuditActions.NotAuthenticated, Result: AuditResult.Refused, Detail: "too many sign-ins"));
            return Refuse(isForm, body, 429, new SignIn.Refused(AccountProblems.TooManyAttempts(wait), wait), http);
        }
        switch (await accounts.SignInAsync(name, password, http.Origin(), ct))
        {
            case SignIn.Opened opened:
                await Sessions.BeginAsync(http, opened.Person);
                return isForm ? SeeOther(LocalReturn.Of(body.ReturnUrl)) : TypedResults.NoContent();
            case SignIn.Refused refused:
                return Refuse(isForm, body, refused.Problem.Code == "LOCKED_OUT" ? 423 : 401, refused, http);
            case var other:
                throw new InvalidOperationException($"{other} is no outcome of a sign-in.");
        }
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, IAccounts accounts, AuditLog audit, HubSettings settings, CancellationToken ct)
    {
        if (!SameSite.Sent(http.Request, settings, needsProof: http.Request.HasFormContentType)) return Refusal.Of(403, CrossSite);
        var viewer = http.Viewer();
        await Sessions.EndAsync(http);
        if (viewer is { IsSignedIn: true, IsKey: false }) await audit.WriteAsync(viewer, new AuditNote(AuditActions.SignOut, nameof(Person), viewer.ActorId, viewer.SchoolId), ct);
        if (!http.Request.HasFormContentType) return TypedResults.NoContent();
        return accounts.Elsewhere is { } scheme ? TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [scheme]) : SeeOther("/");
    }

    private static IResult Refuse(bool isForm, Body body, int status, SignIn.Refused refused, HttpContext http)
    {
        if (isForm) return SeeOther($"/sign-in?problem={refused.Problem.Code}&return={Uri.EscapeDataString(LocalReturn.Of(body.ReturnUrl))}");
        if (refused.RetryAfter is { } wait) http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
        return Refusal.Of(status, refused.Problem);
    }

    private static async Task<Body?> ReadAsync(HttpContext http, bool isForm, CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = MostBytes;
        try
        {
            if (!isForm) return await http.Request.ReadFromJsonAsync<Body>(ct);
            var form = await http.Request.ReadFormAsync(ct);
            return new Body(form["userName"], form["password"], form["returnUrl"]);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidDataException or BadHttpRequestException)
        {
            return null; // not what was asked for, or too large
        }
    }

    /// <summary>303: whatever was posted, the next page is fetched.</summary>
    private static SeeOtherResult SeeOther(string address) => new SeeOtherResult(address);

    private sealed class SeeOtherResult(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = StatusCodes.Status303SeeOther;
            http.Response.Headers.Location = address;
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }
    }
}
