using Microsoft.Extensions.DependencyInjection;

namespace ResourceHub.Engines.Folder;

/// <summary>Blobs as files of a folder, for one machine.</summary>
public static class FolderEngine
{
    public static IServiceCollection AddFolder(this IServiceCollection services, string folder)
    {
        _ = folder;
        return services;
    }
}
