using ResourceHub.Core.Blobs;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Folder;

/// <summary>Stores of their own in throw-away folders.</summary>
internal sealed class FolderTrials(string data, TimeProvider clock) : ITrials<IBlobStore>
{
    private readonly TrialFolder folders = new(data, clock);

    public string Name => "folder";

    public async Task<Trial<IBlobStore>> OpenAsync(CancellationToken ct)
    {
        var trial = new FolderTrial(folders.New(), clock);
        await trial.ReopenAsync(ct);
        return trial;
    }

    public Task SweepAsync(CancellationToken ct)
    {
        folders.Sweep();
        return Task.CompletedTask;
    }

    private sealed class FolderTrial(string folder, TimeProvider clock) : Trial<IBlobStore>
    {
        private FolderBlobStore? store;

        public override IBlobStore Engine => store!;

        public override Task ReopenAsync(CancellationToken ct)
        {
            store = new FolderBlobStore(folder, 0, clock);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync()
        {
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
