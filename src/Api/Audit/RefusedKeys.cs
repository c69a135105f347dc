using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.People;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Audit;

/// <summary>Notes keys and tokens that open nothing: from where they were sent, never what was sent.</summary>
internal static class RefusedKeys
{
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        if (result is IStatusCodeHttpResult { StatusCode: StatusCodes.Status401Unauthorized } && http.Request.Headers.Authorization.Count > 0)
            http.RequestServices.GetRequiredService<AuditQueue>().Note(
                Viewer.Anonymous with { Origin = http.Origin() },
                new AuditNote(AuditActions.NotAuthenticated, Result: AuditResult.Refused, Detail: "key or token"));
        return result;
    }
}
