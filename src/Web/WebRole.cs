using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ResourceHub.Web;

/// <summary>The role that paired schools use: server-rendered pages that speak only GraphQL.</summary>
public static class WebRole
{
    public static IServiceCollection AddWeb(this IServiceCollection services) => services;

    public static void MapWeb(this IEndpointRouteBuilder app) => _ = app;
}
