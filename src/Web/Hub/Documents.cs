using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ResourceHub.Web.Hub;

/// <summary>
/// The GraphQL documents of the pages: Pages/X.graphql with the fragments of the parts it spreads (<c>...ResourceCard</c> is Parts/ResourceCard.graphql),
/// and the mutations of Changes/*.graphql, each a document of its own under its operation's name.
/// </summary>
public static partial class Documents
{
    private static readonly ConcurrentDictionary<string, string> Known = [];

    private static readonly Lazy<Dictionary<string, string>> Mutations = new(() => Files.SelectMany(f => Mutation().Matches(Text(f))).ToDictionary(m => m.Groups["name"].Value, m => m.Value));

    /// <summary>Names of all queries that are sent; parts alone are not.</summary>
    public static IEnumerable<string> Names => Files.Where(n => Text(n).StartsWith("query", StringComparison.Ordinal));

    public static IEnumerable<string> Changes => Mutations.Value.Keys;

    private static IEnumerable<string> Files => typeof(Documents).Assembly.GetManifestResourceNames()
        .Where(n => n.EndsWith(".graphql", StringComparison.Ordinal)).Select(n => n[..^".graphql".Length]);

    public static string Of(string name) => Known.GetOrAdd(name, n => Mutations.Value.GetValueOrDefault(n) ?? string.Join('\n', WithParts(n).Distinct().Select(Text)));

    private static IEnumerable<string> WithParts(string name) => [name, .. Spread().Matches(Text(name)).Select(m => m.Groups[1].Value).Where(part => part != "on").SelectMany(WithParts)];

    private static string Text(string name)
    {
        using var stream = typeof(Documents).Assembly.GetManifestResourceStream(name + ".graphql") ?? throw new InvalidOperationException($"{name}.graphql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^mutation (?<name>\w+).*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Mutation();

    [GeneratedRegex(@"\.\.\.\s*(\w+)")]
    private static partial Regex Spread();
}
