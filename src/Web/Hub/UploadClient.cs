using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Web.Hub;

/// <summary>Hands a file on to the API's tus door while the browser is still sending it.</summary>
public sealed partial class UploadClient(HttpClient http, HubAddress address, IHttpContextAccessor browser, ILogger<UploadClient> log)
{
    private const string Version = "1.0.0";
    private const string PieceType = "application/offset+octet-stream";

    private Uri Door => new(address.GraphQL, "uploads");

    /// <summary>The largest file the hub takes; null when it does not say.</summary>
    public async Task<long?> LimitAsync(CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, Door);
            using var response = await http.SendAsync(request, ct);
            return response.Headers.TryGetValues("Tus-Max-Size", out var said) && long.TryParse(said.First(), out var limit) ? limit : null;
        }
        catch (HttpRequestException e)
        {
            LogFailed(e, Door);
            return null;
        }
    }

    public async Task<Uploaded> SendAsync(Stream content, string name, long length, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Door) { Content = new StreamContent(content) };
            request.Headers.Add("Tus-Resumable", Version);
            request.Headers.Add("Upload-Length", length.ToString());
            request.Headers.Add("Upload-Metadata", "filename " + Convert.ToBase64String(Encoding.UTF8.GetBytes(name)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(PieceType);
            request.Content.Headers.ContentLength = length;
            request.OnBehalfOf(browser.HttpContext);
            using var response = await http.SendAsync(request, ct);
            if (response.StatusCode != HttpStatusCode.Created) return new Uploaded(null, await WhyAsync(response, ct));
            var stored = response.Headers.TryGetValues("Upload-Offset", out var offset) ? offset.First() : null;
            return stored == length.ToString() ? new Uploaded(response.Headers.Location!.ToString().Split('/')[^1], null) : new Uploaded(null, Cut);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            LogFailed(e, Door);
            return new Uploaded(null, Cut);
        }
    }

    private static readonly Problem Cut = new("UPLOAD_CUT", "", ["file"]);

    private static async Task<Problem> WhyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            var refused = await response.Content.ReadFromJsonAsync<Refusal>(ct);
            return refused?.Errors is [var error, ..] ? new Problem(error.Extensions?.Code ?? "", error.Message, ["file"]) : Cut;
        }
        catch (JsonException)
        {
            return Cut;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A file could not be handed on to {Door}")]
    private partial void LogFailed(Exception e, Uri door);

    private sealed record Refusal(List<RefusalError> Errors);

    private sealed record RefusalError(string Message, RefusalCode? Extensions);

    private sealed record RefusalCode(string? Code);
}

/// <summary>The upload's id, or why there is none.</summary>
public sealed record Uploaded(string? Id, Problem? Problem);
