using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ResourceHub.Core;

namespace ResourceHub.Api.Files;

/// <summary>A refusal as it is sent, with the id of the request that it answers: who reports it names the line of the log.</summary>
internal sealed class Refused(int status, Problem problem) : IResult, IStatusCodeHttpResult
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int? StatusCode => status;

    public Task ExecuteAsync(HttpContext httpContext)
        => TypedResults.Json(new { errors = new[] { new { message = problem.Message, extensions = new { code = problem.Code, requestId = httpContext.TraceIdentifier } } } }, Readable, statusCode: status)
            .ExecuteAsync(httpContext);
}
