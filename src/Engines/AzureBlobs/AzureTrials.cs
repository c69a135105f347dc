using Azure.Storage.Blobs.Specialized;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.AzureBlobs;

/// <summary>Stores of their own in throw-away containers of the account.</summary>
internal sealed class AzureTrials(AzureSettings settings, TimeProvider clock) : ITrials<IBlobStore>
{
    private const string Prefix = "hub-check-";

    public string Name => "azure";

    public async Task<Trial<IBlobStore>> OpenAsync(CancellationToken ct)
    {
        var trial = new AzureTrial(settings.In(TrialName.New(Prefix)), clock);
        await trial.ReopenAsync(ct);
        return trial;
    }

    public async Task SweepAsync(CancellationToken ct)
    {
        var service = AzureBlobsEngine.Container(settings).GetParentBlobServiceClient();
        await foreach (var container in service.GetBlobContainersAsync(prefix: Prefix, cancellationToken: ct))
            if (TrialName.IsLeft(container.Name, Prefix, clock.GetUtcNow())) await service.DeleteBlobContainerAsync(container.Name, cancellationToken: ct);
    }

    private sealed class AzureTrial(AzureSettings settings, TimeProvider clock) : Trial<IBlobStore>
    {
        private AzureBlobStore? store;

        public override IBlobStore Engine => store!;

        public override Task ReopenAsync(CancellationToken ct)
        {
            store = new AzureBlobStore(AzureBlobsEngine.Container(settings), settings, clock);
            return store.PrepareAsync(ct);
        }

        public override async ValueTask DisposeAsync() => await AzureBlobsEngine.Container(settings).DeleteIfExistsAsync();
    }
}
