using Microsoft.AspNetCore.Components;
using ResourceHub.Web.Addresses;
using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Pages;

/// <summary>A page on which the owner school does something with one resource.</summary>
public abstract class OwnResourcePage : OwnPage
{
    [Parameter] public string Id { get; set; } = "";

    protected OwnResource? Of { get; private set; }

    protected string Back => ResourceAddress.Of(Id);

    /// <summary>Does what was sent, which usually goes elsewhere; else shows the resource as it is now.</summary>
    /// <param name="act">True when the page has been left.</param>
    protected async Task OpenAsync(Func<Task<bool>> act)
    {
        if (!await EnterAsync() || await act()) return;
        var answer = await AskAsync<Answer>("OwnResource", new { id = Id, lang = T.Lang });
        Of = answer?.Resource;
        if (answer is null) return;
        if (Of is null) Navigation.NotFound();
        else if (!Me.IsOf(Of.School)) Forbid();
    }

    /// <summary>Makes a change of this resource; when done, goes back to it.</summary>
    protected async Task<bool> DoAsync(string change, object input, string said, string? address = null)
    {
        var done = await ChangeAsync(change, input);
        if (done.IsDone) Go(address ?? Back, said);
        return done.IsDone;
    }

    private sealed record Answer(OwnResource? Resource);
}
