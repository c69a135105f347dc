using System.Buffers;
using System.Text;
using GraphQL.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.People;
using ResourceHub.Api.Resources;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.GraphQL;

/// <summary>/graphql by the GraphQL-over-HTTP specification: POST and GET, both media types.</summary>
public static class GraphQLEndpoint
{
    internal static readonly Refusal TookTooLong = new("TIMEOUT", "查询用时过长，已停止；请缩小范围。The query took too long and was stopped; ask for less.");

    public static IServiceCollection AddHubGraphQL(this IServiceCollection services)
    {
        services.AddSingleton(_ => HubSchema.Build());
        services.AddSingleton<GraphQLRunner>();
        services.AddSingleton<StreamPlaces>();
        services.AddSingleton<StreamedAnswer>();
        services.AddScoped<LiveViewer>();
        services.AddScoped(scope => scope.GetRequiredService<LiveViewer>().Current);
        return services.AddLoaders();
    }

    public static void MapHubGraphQL(this IEndpointRouteBuilder app)
    {
        // A mistake in the schema stops the start.
        app.ServiceProvider.GetRequiredService<ISchema>();
        app.MapMethods("/graphql", ["GET", "POST"], AnswerAsync);
        IdePage.Map(app);
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        if (IdePage.IsAskedFor(http.Request))
        {
            await IdePage.SendAsync(http);
            return;
        }
        if (AnswerType.Choose(http.Request) is not { } type)
        {
            await RefuseAsync(http, AnswerType.Json, 406, new Refusal("NOT_ACCEPTABLE", "Answers are application/graphql-response+json, application/json or text/event-stream."));
            return;
        }
        using var time = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        time.CancelAfter(GraphQLLimits.Time);
        try
        {
            await RunAsync(http, type, time);
        }
        catch (MalformedRequestException wrong)
        {
            await RefuseAsync(http, type, 400, new Refusal("BAD_REQUEST", wrong.Message));
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await RefuseAsync(http, type, 503, TookTooLong);
        }
    }

    private static async Task RunAsync(HttpContext http, AnswerType type, CancellationTokenSource time)
    {
        var ct = time.Token;
        var isPost = HttpMethods.IsPost(http.Request.Method);
        GraphQLRequest request;
        if (isPost)
        {
            if (!IsJson(http.Request.ContentType))
            {
                await RefuseAsync(http, type, 415, new Refusal("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8."));
                return;
            }
            var body = await ReadBodyAsync(http.Request, ct);
            if (body is null)
            {
                await RefuseAsync(http, type, 413, new Refusal("REQUEST_TOO_LARGE", $"请求最大 {GraphQLLimits.BodyBytes / 1024} KB。A request may have at most {GraphQLLimits.BodyBytes / 1024} KB."));
                return;
            }
            try
            {
                request = GraphQLRequest.Read(body.Value);
            }
            finally
            {
                http.Request.BodyReader.AdvanceTo(body.Value.End);
            }
        }
        else request = GraphQLRequest.Read(http.Request.Query);
        var viewer = http.Viewer();
        http.RequestServices.GetRequiredService<RequestSession>().Of(http);
        http.RequestServices.GetRequiredService<LiveViewer>().Set(viewer, stop => RequestViewer.FindAgainAsync(http, stop));
        if (type == AnswerType.Stream)
        {
            time.CancelAfter(Timeout.InfiniteTimeSpan);
            if (await http.RequestServices.GetRequiredService<StreamedAnswer>().SendAsync(http, request, isPost, viewer) is { } none) await RefuseAsync(http, type, none.Status, none.Refusal);
            return;
        }
        var ran = await http.RequestServices.GetRequiredService<GraphQLRunner>().RunAsync(request, isPost, viewer, http.RequestServices, time);
        if (ran is { IsMutation: true, Result: null, Refusal: null })
        {
            http.Response.Headers.Allow = "POST";
            await RefuseAsync(http, type, 405, new Refusal("METHOD_NOT_ALLOWED", "Mutations are sent by POST."));
        }
        else if (ran.Refusal is { } refusal) await RefuseAsync(http, type, refusal.Status ?? type.RefusedStatus, refusal);
        else if (http.RequestServices.GetRequiredService<RequestSession>().RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
            await type.SendAsync(http.Response, 429, ran.Result!, GraphQLAnswer.Write);
        }
        else if (ran.Result!.Errors?.Any(GraphQLAnswer.IsAway) is true)
        {
            http.Response.Headers.RetryAfter = $"{RecordAway.RetryAfterSeconds}";
            await type.SendAsync(http.Response, 503, ran.Result, GraphQLAnswer.Write);
        }
        else await type.SendAsync(http.Response, ran.Result.Executed ? 200 : type.RefusedStatus, ran.Result, GraphQLAnswer.Write);
    }

    /// <summary>The whole body, not yet consumed; null when it is larger than allowed.</summary>
    private static async ValueTask<ReadOnlySequence<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > GraphQLLimits.BodyBytes) return null;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(ct);
            if (read.Buffer.Length > GraphQLLimits.BodyBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted) return read.Buffer;
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is "application/json" or "application/json; charset=utf-8") return true;
        return Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Encoding is UTF8Encoding);
    }

    private static Task RefuseAsync(HttpContext http, AnswerType type, int status, Refusal refusal) => type.SendAsync(http.Response, status, refusal, GraphQLAnswer.Write);
}
