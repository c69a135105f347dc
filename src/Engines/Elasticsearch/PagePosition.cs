using System.Text.Json;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Elasticsearch;

/// <summary>
/// A position as Elasticsearch goes on from it: the sort value as it was answered, the id, and the point in time of the pages read so far. They ride in
/// <see cref="SearchPosition.Key"/>, which is sealed before it leaves the hub.
/// </summary>
/// <param name="PointInTime">Empty after a first page: most people read no further, and a point in time costs the cluster memory.</param>
/// <param name="Value">JSON.</param>
internal sealed record PagePosition(string PointInTime, string Value, Guid Id)
{
    private const char Separator = '\n';

    private static readonly JsonElement Highest = JsonElement.Parse("9223372036854775807");

    /// <summary>Null for one that another engine made.</summary>
    public static PagePosition? Of(SearchPosition position)
    {
        var at = position.Key.IndexOf(Separator, StringComparison.Ordinal);
        return at < 0 || !IsValue(position.Key[(at + 1)..]) ? null : new(position.Key[..at], position.Key[(at + 1)..], position.Id);
    }

    public SearchPosition ToPosition() => new($"{PointInTime}{Separator}{Value}", Id);

    /// <summary>Everything after it. Ids are told apart, so nothing else decides; the last value, which a point in time adds to every order, is above all there are.</summary>
    public IReadOnlyList<JsonElement> SearchAfter() => [JsonElement.Parse(Value), JsonElement.Parse($"\"{Id:n}\""), Highest];

    private static bool IsValue(string json)
    {
        try
        {
            return JsonElement.Parse(json).ValueKind is JsonValueKind.Number or JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
