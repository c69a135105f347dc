using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.AzureBlobs;

/// <summary>Blobs in an Azure storage account, for hubs that are more than one machine.</summary>
public static class AzureBlobsEngine
{
    /// <summary>What current accounts and the emulator both speak.</summary>
    private const BlobClientOptions.ServiceVersion Version = BlobClientOptions.ServiceVersion.V2025_11_05;

    public static IServiceCollection AddAzureBlobs(this IServiceCollection services)
    {
        services.AddSingleton(s => Read(s.GetRequiredService<IConfiguration>()));
        services.AddSingleton(s => new AzureBlobStore(Container(s.GetRequiredService<AzureSettings>()), s.GetRequiredService<AzureSettings>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IBlobStore>(s => s.GetRequiredService<AzureBlobStore>());
        services.AddSingleton<ITemporaryLinks>(s => s.GetRequiredService<AzureBlobStore>());
        services.AddSingleton<ITrials<IBlobStore>>(s => new AzureTrials(s.GetRequiredService<AzureSettings>(), s.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IPrepareAtStart>(s => s.GetRequiredService<AzureBlobStore>());
    }

    /// <exception cref="SettingsException">They cannot work.</exception>
    public static AzureSettings Read(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Hub:Azure").Get<AzureSettings>() ?? new AzureSettings();
        return settings.Check() is { } wrong ? throw new SettingsException(wrong) : settings;
    }

    public static BlobContainerClient Container(AzureSettings settings)
    {
        // A request that waits must be answered within ten seconds, if only by "later".
        var options = new BlobClientOptions(Version)
        {
            Retry = { Mode = RetryMode.Exponential, MaxRetries = 3, Delay = TimeSpan.FromMilliseconds(300), MaxDelay = TimeSpan.FromSeconds(2), NetworkTimeout = TimeSpan.FromSeconds(20) },
        };
        var service = settings.ConnectionString is { } connection
            ? new BlobServiceClient(connection, options)
            : new BlobServiceClient(new Uri(settings.Account!), new ManagedIdentityCredential(settings.IdentityClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned), options);
        return service.GetBlobContainerClient(settings.Container);
    }
}
