using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Folder;

/// <summary>Blobs as files of a folder, for one machine.</summary>
public static class FolderEngine
{
    public static IServiceCollection AddFolder(this IServiceCollection services, string folder) => services
        .AddSingleton<IBlobStore>(s => new FolderBlobStore(folder, s.GetRequiredService<HubSettings>().ReserveBytes, s.GetRequiredService<TimeProvider>()))
        .AddSingleton<ITrials<IBlobStore>>(s => new FolderTrials(Path.GetDirectoryName(folder)!, s.GetRequiredService<TimeProvider>()));
}
