namespace ResourceHub.Core.Search;

/// <summary>The index does not answer or takes nothing at the moment. Nothing is wrong with what was asked or written: later it may go.</summary>
public sealed class IndexAwayException(string message) : IOException(message);

/// <summary>The index refused documents for what they hold; sent again unchanged they are refused again.</summary>
public sealed class RefusedDocumentsException(IReadOnlyDictionary<Guid, string> reasons)
    : Exception($"the index refused {reasons.Count}: {string.Join("; ", reasons.Take(3).Select(r => $"{r.Key}: {r.Value}"))}")
{
    /// <summary>Why, by resource.</summary>
    public IReadOnlyDictionary<Guid, string> Reasons => reasons;
}
