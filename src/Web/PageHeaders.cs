using Microsoft.AspNetCore.Http;

namespace ResourceHub.Web;

/// <summary>What every page tells the browser: nothing runs on it, nothing frames it, nothing of another origin is loaded.</summary>
public static class PageHeaders
{
    public static void Write(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // search words stay with the hub
        headers.CacheControl = "private, no-cache";
        headers.Vary = "Cookie";
    }
}
