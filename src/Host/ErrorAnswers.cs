using System.Text.Encodings.Web;
using System.Text.Json;
using ResourceHub.Core;
using ResourceHub.Web;

namespace ResourceHub.Host;

/// <summary>
/// Every error has a body that names its request, also where a door had no words of its own: an exception nobody expected, an address that is not there.
/// Programs get the shape that GraphQL errors have, browsers a page. What went wrong stands in the log, not in the answer.
/// </summary>
internal static class ErrorAnswers
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Problem Broken = new("INTERNAL_ERROR", "服务器内部错误，请稍后再试。Something went wrong here; try again later.");

    public static void UseErrorAnswers(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = http => SendAsync(http, Broken) });
        app.UseStatusCodePages(context => SendAsync(context.HttpContext, Of(context.HttpContext.Response.StatusCode)));
    }

    public static Task SendAsync(HttpContext http, Problem problem)
    {
        // The handler of exceptions takes all headers away.
        http.Response.Headers[RequestIds.Header] = http.TraceIdentifier;
        http.Response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(http.Request.Method)) return Task.CompletedTask;
        if (http.Response.StatusCode >= 500 && IsPage(http.Request)) return BrokenPage.WriteAsync(http);
        return http.Response.WriteAsJsonAsync(new { errors = new[] { new { message = problem.Message, extensions = new { code = problem.Code, requestId = http.TraceIdentifier } } } }, Readable, http.RequestAborted);
    }

    private static bool IsPage(HttpRequest request) => HttpMethods.IsGet(request.Method) && request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html");

    private static Problem Of(int status) => status switch
    {
        404 => new("NOT_FOUND", "没有这个地址。There is no such address."),
        405 => new("METHOD_NOT_ALLOWED", "这个地址不支持该方法。This address does not take that method."),
        >= 500 => Broken,
        _ => new("BAD_REQUEST", "请求无法处理。The request cannot be answered as it is."),
    };
}
