using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Engines.Lucene;

/// <summary>Indexes of their own in throw-away folders.</summary>
internal sealed class LuceneTrials(string data, TimeProvider clock) : ITrials<ISearchIndex>
{
    private readonly TrialFolder folders = new(data, clock);

    public string Name => "lucene";

    public async Task<Trial<ISearchIndex>> OpenAsync(CancellationToken ct)
    {
        var trial = new LuceneTrial(folders.New());
        await trial.ReopenAsync(ct);
        return trial;
    }

    public Task SweepAsync(CancellationToken ct)
    {
        folders.Sweep();
        return Task.CompletedTask;
    }

    private sealed class LuceneTrial(string folder) : Trial<ISearchIndex>
    {
        private LuceneShelf? index;

        public override ISearchIndex Engine => index!;

        public override Task ReopenAsync(CancellationToken ct)
        {
            index?.Dispose();
            index = new LuceneShelf(Path.Join(folder, "index"), NullLogger<LuceneIndex>.Instance);
            return index.PrepareAsync(ct);
        }

        public override ValueTask DisposeAsync()
        {
            index?.Dispose();
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
