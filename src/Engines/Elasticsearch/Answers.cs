using ResourceHub.Core.Search;
using ResourceHub.Engines.Elasticsearch.Client;

namespace ResourceHub.Engines.Elasticsearch;

internal static class Answers
{
    extension<T>(ElasticsearchResponse<T> response) where T : class
    {
        /// <summary>The answer, where only a broken machine or set-up can keep it from coming.</summary>
        /// <exception cref="IndexAwayException">There is none.</exception>
        public T OrAway() => response.Value ?? throw new IndexAwayException($"Elasticsearch: {response.Error}");
    }
}
