using System.Text.Json.Serialization;

namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>A query: exactly one of these is set.</summary>
internal sealed record Query
{
    public BoolQuery? Bool { get; init; }
    public Dictionary<string, TermQuery>? Term { get; init; }
    public Dictionary<string, IReadOnlyCollection<string>>? Terms { get; init; }
    public IdsQuery? Ids { get; init; }
    public Dictionary<string, MatchPhraseQuery>? MatchPhrase { get; init; }
    public SpanNearQuery? SpanNear { get; init; }
    public Dictionary<string, LongRangeQuery>? Range { get; init; }
    public Dictionary<string, PrefixQuery>? Prefix { get; init; }
    public ConstantScoreQuery? ConstantScore { get; init; }
    public NestedQuery? Nested { get; init; }
    public FunctionScoreQuery? FunctionScore { get; init; }
    public EmptyQuery? MatchNone { get; init; }

    /// <summary>Nothing matches.</summary>
    public static readonly Query None = new() { MatchNone = new() };

    public static Query OfTerm(string field, string value, double boost = 1) => new() { Term = new() { [field] = new(value, boost == 1 ? null : boost) } };

    public static Query OfTerms(string field, IReadOnlyCollection<string> values) => new() { Terms = new() { [field] = values } };

    /// <summary>The same score for all that match.</summary>
    public static Query OfConstant(Query filter, double score) => new() { ConstantScore = new(filter, score) };

    public static Query OfPrefix(string field, string value) => new() { Prefix = new() { [field] = new(value) } };
}

internal sealed record BoolQuery
{
    public IReadOnlyCollection<Query>? Must { get; init; }
    public IReadOnlyCollection<Query>? Should { get; init; }
    public IReadOnlyCollection<Query>? Filter { get; init; }
    public IReadOnlyCollection<Query>? MustNot { get; init; }
    public int? MinimumShouldMatch { get; init; }
}

internal sealed record TermQuery(string Value, double? Boost);

internal sealed record ConstantScoreQuery(Query Filter, double Boost);

internal sealed record IdsQuery(IReadOnlyCollection<string> Values);

internal sealed record MatchPhraseQuery(string Query, double Boost);

internal sealed record PrefixQuery(string Value);

internal sealed record EmptyQuery;

internal sealed record LongRangeQuery(long? Gte, long? Lt);

internal sealed record NestedQuery(string Path, Query Query, string ScoreMode, InnerHits InnerHits);

internal sealed record FunctionScoreQuery(Query Query, IReadOnlyList<ScoreFunction> Functions, string BoostMode);

internal sealed record ScoreFunction(FieldValueFactor FieldValueFactor);

internal sealed record FieldValueFactor(string Field, double Factor, double Missing);

internal sealed record InnerHits(int Size, [property: JsonPropertyName("_source")] bool Source, IReadOnlyList<string> DocvalueFields);

/// <summary>Words one after another with gaps of a known length.</summary>
internal sealed record SpanNearQuery(IReadOnlyList<SpanClause> Clauses, int Slop, bool InOrder, double Boost);

internal sealed record SpanClause
{
    public Dictionary<string, string>? SpanTerm { get; init; }
    public Dictionary<string, int>? SpanGap { get; init; }
}
