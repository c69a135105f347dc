using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>What somebody sees who cannot be signed in: what is wrong and what to do, Chinese first. They stand alone, as nobody is signed in and the trouble may be anywhere.</summary>
internal sealed partial class SignInPages(EntraRules rules, ILogger<SignInPages> log)
{
    private const string Style = ":root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:10vh auto;padding:0 1rem}h1{font-size:1.4rem}a{color:inherit}";
    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    public Task UnreachableAsync(HttpContext http, Exception away, string? back)
    {
        LogUnreachable(away.Message);
        http.Response.Headers.RetryAfter = "60";
        return RefuseAsync(http, 503, AccountProblems.Unreachable, back);
    }

    /// <summary>The issuer does not take the hub's word, as when the secret has run out. Nothing that a teacher could do.</summary>
    public Task MisunderstoodAsync(HttpContext http, Exception wrong, string? back)
    {
        LogMisunderstood(wrong.GetType().Name, Code(wrong));
        return RefuseAsync(http, 502, EntraProblems.Misunderstood, back);
    }

    /// <param name="back">Where they wanted to go: trying again leads there.</param>
    public Task RefuseAsync(HttpContext http, int status, Problem problem, string? back)
    {
        http.Response.StatusCode = status;
        var ask = rules.AskWhom is { } whom ? $"<p>请联系 <span lang=\"en\">Ask</span>: <strong>{WebUtility.HtmlEncode(whom)}</strong></p>" : "";
        return WriteAsync(http, "没有登录成功 Not signed in", $"""
            <h1>没有登录成功</h1>
            <p>{WebUtility.HtmlEncode(problem.Message)}</p>
            {ask}
            <p><a href="/accounts/sign-in?return={WebUtility.HtmlEncode(Uri.EscapeDataString(back is ['/', ..] ? back : "/"))}">重新登录 <span lang="en">Sign in again</span></a></p>
            <p><a href="/">不登录，返回首页 <span lang="en">Go on without signing in</span></a></p>
            """);
    }

    /// <summary>On to the issuer's own way out, which leads back to an address of the hub.</summary>
    public Task LeaveAsync(HttpContext http, string endSession, string back)
    {
        var address = $"{endSession}{(endSession.Contains('?', StringComparison.Ordinal) ? '&' : '?')}client_id={Uri.EscapeDataString(rules.ClientId)}&post_logout_redirect_uri={Uri.EscapeDataString(back)}";
        http.Response.Headers["Refresh"] = $"0;url={address}";
        return WriteAsync(http, "正在退出 Signing out", $"""
            <h1>已退出本平台</h1>
            <p><a href="{WebUtility.HtmlEncode(address)}">继续退出统一身份认证 <span lang="en">Sign out of your organisation's account too</span></a></p>
            """);
    }

    private static Task WriteAsync(HttpContext http, string title, string body)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'sha256-{StyleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"""
            <!doctype html>
            <html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title><style>{Style}</style></head>
            <body><main>
            {body}
            </main></body></html>
            """, http.RequestAborted);
    }

    /// <summary>The issuer's error word, such as invalid_client; what it says beside that may name people.</summary>
    private static string Code(Exception wrong) => wrong.Data["error"] as string ?? "";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody can sign in: {Why}")]
    private partial void LogUnreachable(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The issuer refused the hub: {Kind} {Code}")]
    private partial void LogMisunderstood(string kind, string code);
}
