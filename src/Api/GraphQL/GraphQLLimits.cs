namespace ResourceHub.Api.GraphQL;

/// <summary>What one request may ask for. Bounds are far above what a page needs and far below what hurts.</summary>
public static class GraphQLLimits
{
    public const int BodyBytes = 256 * 1024;
    public const int Tokens = 2000;
    public const int Depth = 12;

    /// <summary>The introspection query that tools send is 13 levels deep.</summary>
    public const int IntrospectionDepth = 15;

    public const int Aliases = 30;
    public const int Directives = 50;
    public const int DirectivesInOnePlace = 4;

    /// <summary>The same field asked for again and again in one place.</summary>
    public const int Repeats = 30;

    /// <summary>Selections once fragments are written out: fragments that name each other grow without bound.</summary>
    public const int Selections = 5000;

    public const int PageSize = 100;
    public const int AnonymousCost = 1000;
    public const int SignedInCost = 5000;
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    /// <summary>Subscriptions that one person, key or, not signed in, address may have open at once.</summary>
    public const int StreamsOfOne = 20;

    /// <summary>A change may wait for others and for the disk; cut short it would only be asked for again.</summary>
    public static readonly TimeSpan ChangeTime = TimeSpan.FromSeconds(30);
}

/// <summary>A request that is refused before it runs, as it stands in the answer.</summary>
/// <param name="Status">Where it is another than that of a document that cannot run.</param>
public sealed record Refusal(string Code, string Message, int? Line = null, int? Column = null, int? Status = null);
