using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ResourceHub.Web.Forms;

/// <summary>
/// A form is posted to the page it stands on. Here it is read and its antiforgery token checked, then the page runs as if it were opened: it finds what was
/// sent in <see cref="Posted"/>, does it, and goes elsewhere or shows itself again with the problems. The framework's own dispatch would first need the form
/// to be rendered once more, which a form sent twice no longer is, and would read a whole film into a temporary file.
/// </summary>
internal static class PostedForms
{
    private static readonly object Key = new();

    public static void UsePostedForms(this IApplicationBuilder app) => app.Use(ReadAsync);

    public static Posted Of(HttpContext http) => http.Items[Key] as Posted ?? Posted.Nothing;

    private static async Task ReadAsync(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        {
            await next(http);
            return;
        }
        // A film is larger than any form; the hub's own limit counts where it is handed on.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size && http.Request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true) size.MaxRequestBodySize = null;
        Posted posted;
        try
        {
            posted = await Posted.ReadAsync(http.Request, http.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            http.Response.StatusCode = e.StatusCode;
            return;
        }
        http.Request.Headers[FormToken.Header] = posted[FormToken.Field] ?? "";
        var isGood = await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        if (!isGood) http.Response.StatusCode = StatusCodes.Status400BadRequest;
        http.Items[Key] = isGood ? posted : posted.Untrusted();
        http.Request.Method = HttpMethods.Get;
        // What is gone to after a form is fetched, never posted again.
        http.Response.OnStarting(() =>
        {
            if (http.Response.StatusCode == StatusCodes.Status302Found) http.Response.StatusCode = StatusCodes.Status303SeeOther;
            return Task.CompletedTask;
        });
        await next(http);
    }
}

/// <summary>Names of the antiforgery token and cookie.</summary>
internal static class FormToken
{
    public const string Field = "token";
    public const string Header = "X-Form-Token";
    public const string Cookie = "hub-form";
}
