using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ResourceHub.Api.GraphQL;

public static class GraphQLEndpoint
{
    public static IServiceCollection AddHubGraphQL(this IServiceCollection services) => services;

    public static void MapHubGraphQL(this IEndpointRouteBuilder app) => _ = app;
}
