using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Audit;
using ResourceHub.Api.Changes;
using ResourceHub.Api.Files;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Packs;
using ResourceHub.Api.People;

namespace ResourceHub.Api;

/// <summary>The role that portals see: GraphQL, and the two doors for bytes.</summary>
public static class ApiRole
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services.AddSessions().AddHubGraphQL().AddChanges().AddUploads().AddDownloads().AddAudit();

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("").AddEndpointFilter(RefusedKeys.FilterAsync).AddEndpointFilter(RequestViewer.FilterAsync);
        doors.MapSignIn();
        doors.MapHubGraphQL();
        doors.MapUploads();
        doors.MapDownloads();
        doors.MapPacks();
        doors.MapAgreements();
        doors.MapAuditExport();
    }
}
