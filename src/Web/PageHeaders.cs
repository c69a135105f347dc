using Microsoft.AspNetCore.Http;
using ResourceHub.Web.Hub;

namespace ResourceHub.Web;

/// <summary>What every page tells the browser: nothing runs on it (but our own script, where a page has one), nothing frames it, nothing of another origin is loaded.</summary>
public static class PageHeaders
{
    public static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy("'none'");
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // search words stay with the hub
        // In a staff room the next person must not find the last one's pages by going back.
        headers.CacheControl = http.Request.Cookies.ContainsKey(OnBehalf.Session) ? "private, no-store" : "private, no-cache";
        headers.Vary = "Cookie";
    }

    public static void AllowOwnScript(HttpResponse response) => response.Headers.ContentSecurityPolicy = Policy("'self'");

    private static string Policy(string script) => $"default-src 'self'; script-src {script}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
