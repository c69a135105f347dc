using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>Where the hub's indexes stand in the cluster: read anew for every write, as another process may have begun to fill one or changed the aliases.</summary>
internal sealed record IndexStanding(IndexNames Names, IReadOnlyDictionary<string, IndexState> Indexes)
{
    /// <summary>How long a fill may show no sign of life before another process begins anew.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>The one that is searched.</summary>
    public string? Read => Holder(Names.Read);

    /// <summary>The one that is written to.</summary>
    public string? Write => Holder(Names.Write);

    /// <summary>One that is filled beside it, if any.</summary>
    public string? Filling => Holder(Names.Filling);

    /// <summary>Made by a newer version of the hub, which goes on with it: an older one beside it leaves it alone.</summary>
    public bool IsNewer => MetaOf(Read)?.Layout > IndexFields.Layout || MetaOf(Write)?.Layout > IndexFields.Layout;

    public int NextNumber => Indexes.Keys.Select(Names.NumberOf).Append(0).Max() + 1;

    public IndexMeta? MetaOf(string? index) => index is null ? null : Indexes[index].Mappings?.Meta;

    /// <summary>Why it takes no writes, in the words of Elasticsearch; null when it does.</summary>
    public string? Blocked => Write is { } write && Indexes[write].Settings?.Index?.Blocks?.FirstOrDefault(b => b.Key != "metadata" && b.Value == "true") is { Key: { } block } ? block : null;

    /// <summary>Whether a process other than this one is filling the index and alive.</summary>
    public bool IsFilledElsewhere(string me, DateTimeOffset now) => IsFilledElsewhere(Write, me, now);

    public bool IsFilledElsewhere(string? index, string me, DateTimeOffset now) => MetaOf(index) is { Whole: false, FilledBy: { } other, Seen: { } seen } && other != me && now - seen < Patience;

    private string? Holder(string alias) => Indexes.FirstOrDefault(i => i.Value.Aliases?.ContainsKey(alias) == true).Key;

    /// <exception cref="IndexAwayException">Elasticsearch does not answer.</exception>
    public static async Task<IndexStanding> AskAsync(ElasticsearchClient client, IndexNames names, CancellationToken ct)
        => new(names, (await client.GetIndexAsync(names.All, ct)).OrAway());
}
