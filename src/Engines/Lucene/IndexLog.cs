using Microsoft.Extensions.Logging;

namespace ResourceHub.Engines.Lucene;

internal static partial class IndexLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Segments of the search index could not be merged; they stay as they are")]
    public static partial void NotMerged(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "The search index is damaged; it was emptied and must be rebuilt")]
    public static partial void Damaged(this ILogger log, Exception damage);
}
