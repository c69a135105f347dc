using System.Globalization;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>What the indexes of one hub are called in a cluster that it may share with others.</summary>
internal sealed record IndexNames(string Prefix)
{
    /// <summary>Searches go here.</summary>
    public string Read { get; init; } = $"{Prefix}-resources-read";

    /// <summary>Writes go here.</summary>
    public string Write => $"{Prefix}-resources-write";

    /// <summary>While an index is filled beside the one in use, writes go here too.</summary>
    public string Filling => $"{Prefix}-resources-filling";

    public string Template => $"{Prefix}-resources-v{IndexFields.Layout}";

    public string OfLayout => $"{Template}-*";

    /// <summary>Of every layout; the aliases do not begin so.</summary>
    public string All => $"{Prefix}-resources-v*";

    public string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"{Template}-{number}");

    /// <summary>0 for an index of another layout.</summary>
    public int NumberOf(string index)
        => index.StartsWith(Template + "-", StringComparison.Ordinal) && int.TryParse(index.AsSpan(Template.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
