using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ResourceHub.Web.Hub;

/// <summary>The GraphQL documents of the pages: Pages/X.graphql with the fragments of the parts it spreads (<c>...ResourceCard</c> is Parts/ResourceCard.graphql).</summary>
public static partial class Documents
{
    private static readonly ConcurrentDictionary<string, string> Known = [];

    /// <summary>Names of all documents that are sent; parts alone are not.</summary>
    public static IEnumerable<string> Names => typeof(Documents).Assembly.GetManifestResourceNames()
        .Where(n => n.EndsWith(".graphql", StringComparison.Ordinal)).Select(n => n[..^".graphql".Length]).Where(n => !Text(n).StartsWith("fragment", StringComparison.Ordinal));

    public static string Of(string name) => Known.GetOrAdd(name, n => string.Join('\n', WithParts(n).Distinct().Select(Text)));

    private static IEnumerable<string> WithParts(string name) => [name, .. Spread().Matches(Text(name)).Select(m => m.Groups[1].Value).Where(part => part != "on").SelectMany(WithParts)];

    private static string Text(string name)
    {
        using var stream = typeof(Documents).Assembly.GetManifestResourceStream(name + ".graphql") ?? throw new InvalidOperationException($"{name}.graphql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\.\.\.\s*(\w+)")]
    private static partial Regex Spread();
}
