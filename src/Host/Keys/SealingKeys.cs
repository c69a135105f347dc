using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using ResourceHub.Core;
using ResourceHub.Core.Keys;
using ResourceHub.Engines;

namespace ResourceHub.Host.Keys;

/// <summary>
/// Where a process has the keys from that sessions and forms are sealed with. All that can open the record share those in it: a browser may meet another process
/// at each request. Pages alone with no such record have keys of their own, for their forms only (ADR 9).
/// </summary>
internal static class SealingKeys
{
    public static void AddSealingKeys(this IServiceCollection services, HubSettings settings, Roles roles)
    {
        // The name is said so that processes started from other folders can open what others sealed.
        var protection = services.AddDataProtection().SetApplicationName("ResourceHub");
        if (!roles.HasRecord && !EngineCatalog.IsShared(settings))
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Join(settings.Data, "form-keys")));
            return;
        }
        if (!roles.HasRecord) services.AddSingleton<SharedKeys>().AddRecord(settings);
        services.AddSingleton<KeysInRecord>();
        services.AddOptions<KeyManagementOptions>().Configure<KeysInRecord>((options, keys) => options.XmlRepository = keys);
    }
}
