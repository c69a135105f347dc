using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Checks;
using ResourceHub.Engines.Elasticsearch;
using ResourceHub.Tests.Contracts;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>
/// The contract of every search engine, by the real adapter over HTTP against our own imitation: no server can run here. It shows that what is sent, taken at
/// its word, gives what the contract asks; that a server takes it at its word is shown by `doctor --deep` on a real one.
/// </summary>
public sealed class ElasticsearchOnAnImitationTests : SearchIndexContract
{
    private StubServer stub = null!;
    private ElasticsearchIndex index = null!;

    protected override async Task<ISearchIndex> OpenAsync()
    {
        stub = await StubServer.StartAsync(new Imitation().Answer);
        index = Open(stub);
        await index.PrepareAsync(default);
        return index;
    }

    protected override ITrials<ISearchIndex> Trials
    {
        get
        {
            var settings = new ElasticsearchSettings { Nodes = stub.Address.ToString() };
            return new ElasticsearchTrials(ElasticsearchEngine.Client(settings, TimeProvider.System), settings, TimeProvider.System);
        }
    }

    public override async Task DisposeAsync()
    {
        index.Dispose();
        await stub.DisposeAsync();
    }

    internal static ElasticsearchIndex Open(StubServer stub, TimeProvider? clock = null, Action<ElasticsearchSettings>? change = null)
    {
        var settings = new ElasticsearchSettings { Nodes = stub.Address.ToString() };
        change?.Invoke(settings);
        Assert.Null(settings.Check());
        return new(ElasticsearchEngine.Client(settings, clock ?? TimeProvider.System), settings, clock ?? TimeProvider.System, NullLogger<ElasticsearchIndex>.Instance);
    }
}
