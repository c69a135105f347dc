using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ResourceHub.Api.Files;

public static class UploadEndpoint
{
    public static IServiceCollection AddUploads(this IServiceCollection services) => services;

    public static void MapUploads(this IEndpointRouteBuilder app) => _ = app;
}
