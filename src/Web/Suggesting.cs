using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ResourceHub.Web.Addresses;
using ResourceHub.Web.Hub;
using ResourceHub.Web.Language;

namespace ResourceHub.Web;

/// <summary>What goes on from what is being typed, for the page's script: the hub asked for whoever sits at the browser, wherever the API is.</summary>
public static class Suggesting
{
    public static void MapSuggestions(this IEndpointRouteBuilder app) => app.MapGet("/suggest", SuggestAsync);

    private static async Task<JsonHttpResult<IReadOnlyList<Line>>> SuggestAsync(string? q, HubClient hub, Texts texts, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // What is longer is pasted, and nothing goes on from it.
        if (string.IsNullOrWhiteSpace(q) || q.Length > SearchState.TextLimit) return TypedResults.Json<IReadOnlyList<Line>>([]);
        // That search does not answer is said when it is asked; whoever types goes on typing.
        var found = (await hub.AskAsync<Answer>("Suggest", new { text = q }, ct)).Data?.Suggest ?? [];
        return TypedResults.Json<IReadOnlyList<Line>>([.. found.Select(s => new Line(s.Text, texts.Find("suggest." + s.Kind) ?? ""))]);
    }

    private sealed record Line(string Text, string Kind);

    private sealed record Answer(IReadOnlyList<Suggested> Suggest);

    private sealed record Suggested(string Text, string Kind);
}
