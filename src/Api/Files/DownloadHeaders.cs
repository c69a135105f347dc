using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ResourceHub.Api.People;

namespace ResourceHub.Api.Files;

/// <summary>What every answer with a file's bytes says, so that nothing in the file can act on the hub's address.</summary>
internal static class DownloadHeaders
{
    public static void Write(HttpContext http, string name, bool asAttachment)
    {
        var headers = http.Response.Headers;
        headers.ContentDisposition = Disposition(name, asAttachment).ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        // What anybody may see may be kept, but is asked for again each time: a withdrawal counts at once. What somebody signed in sees is nobody else's.
        headers.CacheControl = http.Viewer().IsSignedIn ? "private, no-store" : "public, no-cache";
        headers.Vary = "Authorization, Cookie";
    }

    /// <summary>RFC 6266: the real name in UTF-8, and for old clients one of harmless ASCII.</summary>
    private static ContentDispositionHeaderValue Disposition(string name, bool asAttachment)
    {
        var disposition = new ContentDispositionHeaderValue(asAttachment ? "attachment" : "inline");
        disposition.SetHttpFileName(name);
        disposition.FileName = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-' or '_' or '(' or ')' ? c : '_'));
        return disposition;
    }
}
