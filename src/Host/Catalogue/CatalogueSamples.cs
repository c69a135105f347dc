using System.Text;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.People;

namespace ResourceHub.Host.Catalogue;

/// <summary>The catalogues that come with the hub: some volumes of primary mathematics in three editions, junior physics in two, a kindergarten's theme plan.</summary>
public static class CatalogueSamples
{
    public static IEnumerable<string> Names => typeof(CatalogueSamples).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("catalogue/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>Loads them all; what is there already stays as it is.</summary>
    public static async Task LoadAsync(CatalogueImport catalogue, CancellationToken ct)
    {
        foreach (var name in Names)
        {
            var (lines, problems) = Read(name);
            var loaded = problems.Count > 0 ? new CatalogueLoaded(problems) : await catalogue.LoadAsync(new Viewer(null, "demo", Role.HubAdmin, null, [ApiKeyScopes.Write], []), lines, ct);
            if (loaded.Problems is [{ } first, ..]) throw new InvalidOperationException($"{name}:{first.Line}: {first.Message}");
        }
    }

    public static (IReadOnlyList<CatalogueLine> Lines, IReadOnlyList<CatalogueProblem> Problems) Read(string name)
    {
        using var text = new StreamReader(typeof(CatalogueSamples).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return CatalogueCsv.Read(text.ReadToEnd());
    }
}
