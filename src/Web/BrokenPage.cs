using System.Net;
using Microsoft.AspNetCore.Http;
using ResourceHub.Web.Language;

namespace ResourceHub.Web;

/// <summary>What a browser shows when a page broke on our side. Written without the pages' own parts, as one of them may be what broke.</summary>
public static class BrokenPage
{
    public static Task WriteAsync(HttpContext http)
    {
        var texts = Texts.For(http);
        PageHeaders.Write(http);
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="{texts.Lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{texts["broken.title"]}</title><link rel="stylesheet" href="{PageFiles.CssAddress}"></head>
            <body><main id="content" class="wide"><section class="notice"><h1>{texts["broken.title"]}</h1><p>{texts["broken.advice"]}</p>
            <p class="hint">{texts["request-number"]} <code>{WebUtility.HtmlEncode(http.TraceIdentifier)}</code></p><p><a class="button" href="/">{texts["home.back"]}</a></p></section></main></body></html>
            """, http.RequestAborted);
    }
}
