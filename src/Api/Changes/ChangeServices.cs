using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Changes;

internal static class ChangeServices
{
    public static IServiceCollection AddChanges(this IServiceCollection services)
    {
        services.AddSingleton<ChangeWire>();
        services.AddHostedService(s => s.GetRequiredService<ChangeWire>());
        services.AddSingleton(s => new ChangeFollower(s.GetRequiredService<ChangeWire>(), s.GetRequiredService<ResourceRows>(), s.GetRequiredService<IDbContextFactory<HubDb>>(), s.GetRequiredService<TimeProvider>()));
        return services;
    }
}
