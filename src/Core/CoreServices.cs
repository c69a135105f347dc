using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core;

public static class CoreServices
{
    public static IServiceCollection AddCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<ChangeDesk>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<ResourceLibrary>();
        services.AddSingleton<ResourceAudience>();
        services.AddSingleton<SchoolDirectory>();
        return services;
    }
}
