using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using ResourceHub.Web.Forms;
using ResourceHub.Web.Hub;
using ResourceHub.Web.Language;

namespace ResourceHub.Web.Pages;

/// <summary>What pages with forms share: who is there, what was sent, and where to go when it is done.</summary>
public abstract class OwnPage : ComponentBase
{
    [Inject] protected HubClient Hub { get; set; } = null!;
    [Inject] protected SignedIn SignedIn { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;
    [Inject] protected Posted Posted { get; set; } = null!;
    [Inject] protected Texts T { get; set; } = null!;
    [CascadingParameter] public required HttpContext Http { get; set; }

    protected Me Me { get; private set; } = Me.Nobody;

    /// <summary>What kept the sent form from being done.</summary>
    protected IReadOnlyList<Problem> Problems { get; private set; } = [];

    protected HubFailure? Failure { get; private set; }

    /// <summary>True when somebody is signed in and may be here; else the page has been left for another one, or shows why not.</summary>
    protected async Task<bool> EnterAsync(Func<Me, bool>? mayEnter = null)
    {
        Me = await SignedIn.MeAsync();
        if (!Me.IsSignedIn)
        {
            Navigation.NavigateTo("/sign-in?return=" + Uri.EscapeDataString(Http.Request.Path + Http.Request.QueryString));
            return false;
        }
        if (mayEnter?.Invoke(Me) != false)
        {
            if (!Posted.IsTrusted) Show(new Problem("STALE_FORM", "", null));
            return true;
        }
        Forbid();
        return false;
    }

    protected async Task<T?> AskAsync<T>(string document, object variables) where T : class
    {
        var answer = await Hub.AskAsync<T>(document, variables, Http.RequestAborted);
        if (answer.Data is not null) return answer.Data;
        Failure = answer.Failure;
        if (answer.Failure is HubFailure.Refused { Code: "FORBIDDEN" or "UNAUTHENTICATED" }) Forbid();
        else Http.Response.StatusCode = answer.Failure is HubFailure.Unreachable ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
        return null;
    }

    /// <summary>Makes a change; its problems are shown by the page.</summary>
    protected async Task<Done> ChangeAsync(string change, object input)
    {
        var done = await Hub.ChangeAsync(change, input, Http.RequestAborted);
        if (!done.IsDone) Show([.. done.Errors]);
        return done;
    }

    protected void Show(params IReadOnlyList<Problem> problems)
    {
        Problems = problems;
        if (Http.Response.StatusCode == StatusCodes.Status200OK) Http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    /// <summary>After a form: a page is fetched anew, and says what was done.</summary>
    /// <param name="said">Key of the message: <c>said.</c>…</param>
    protected void Go(string address, string? said = null)
        => Navigation.NavigateTo(said is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}said={said}");

    protected void Forbid()
    {
        Failure = new HubFailure.Refused("FORBIDDEN", "");
        Http.Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
