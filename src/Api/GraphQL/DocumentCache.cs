using System.Collections.Concurrent;
using GraphQLParser.AST;

namespace ResourceHub.Api.GraphQL;

/// <summary>A document that was parsed and validated, with the cost of each of its operations.</summary>
internal sealed record KnownDocument(GraphQLDocument Document, IReadOnlyDictionary<GraphQLOperationDefinition, QueryCost> Costs);

/// <summary>
/// Valid documents by their text: validating is most of what a query costs. Bounded in number and size by two generations: when the young one is full
/// it becomes the old one, and what is not asked for again meanwhile is forgotten.
/// </summary>
internal sealed class DocumentCache
{
    private const int MostDocuments = 1000;
    private const int MostCharacters = 4 << 20;

    private readonly Lock gate = new();
    private ConcurrentDictionary<string, KnownDocument> young = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, KnownDocument> old = new(StringComparer.Ordinal);
    private long characters;

    public KnownDocument? Find(string query)
    {
        if (young.TryGetValue(query, out var found)) return found;
        if (!old.TryGetValue(query, out found)) return null;
        Add(query, found);
        return found;
    }

    public void Add(string query, KnownDocument document)
    {
        lock (gate)
        {
            if (young.Count >= MostDocuments || characters + query.Length > MostCharacters)
            {
                old = young;
                young = new(StringComparer.Ordinal);
                characters = 0;
            }
            if (young.TryAdd(query, document)) characters += query.Length;
        }
    }
}
