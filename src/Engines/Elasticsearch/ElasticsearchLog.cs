using Microsoft.Extensions.Logging;

namespace ResourceHub.Engines.Elasticsearch;

internal static partial class ElasticsearchLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Search is Elasticsearch {Version}, index {Index}")]
    public static partial void Connected(this ILogger log, string version, string index);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Elasticsearch does not answer yet; the hub starts without search and looks again: {Why}")]
    public static partial void NotYet(this ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Resource {Resource} is too large for the index: its last {Count} passages are not found by their words")]
    public static partial void TooLarge(this ILogger log, Guid resource, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The old index {Index} could not be deleted: {Why}")]
    public static partial void NotDeleted(this ILogger log, string index, string why);
}
