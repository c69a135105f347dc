using Microsoft.AspNetCore.Routing;

namespace ResourceHub.Api.Files;

public static class DownloadEndpoint
{
    public static void MapDownloads(this IEndpointRouteBuilder app) => _ = app;
}
