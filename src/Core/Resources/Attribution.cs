using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Core.Resources;

/// <summary>
/// Whom to name for a resource, in the parts that Creative Commons asks for: title, author, source, licence, and that it was changed. Who made what it is
/// based on is named however the source stands today: lineage is not lost when it is withdrawn.
/// </summary>
public static class Attribution
{
    /// <summary>Sources of sources are followed this far; more is said to be more.</summary>
    private const int MostSources = 10;

    /// <summary>For each resource its words in Chinese and English, two lines. As many statements as the longest lineage has steps.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> OfAsync(HubDb db, IReadOnlyCollection<Resource> resources, CancellationToken ct)
    {
        var ancestors = new Dictionary<(Guid, int), Source>();
        List<(Guid Id, int Version)> wanted = [.. SourcesOf(resources.Select(r => (r.BasedOnId, r.BasedOnVersion)))];
        for (var step = 0; step < MostSources && wanted.Count > 0; step++)
        {
            var (ids, numbers) = (wanted.ConvertAll(w => w.Id), wanted.ConvertAll(w => w.Version));
            var found = await (from v in db.ResourceVersions
                               join r in db.Resources on v.ResourceId equals r.Id
                               where ids.Contains(v.ResourceId) && numbers.Contains(v.Number)
                               select new { v.ResourceId, v.Number, v.Metadata, School = r.School!.Name, r.BasedOnId, r.BasedOnVersion }).AsNoTracking().ToListAsync(ct);
            foreach (var v in found.Where(v => wanted.Contains((v.ResourceId, v.Number))))
                ancestors[(v.ResourceId, v.Number)] = new Source(TitleIn(v.Metadata), v.School, v.BasedOnId, v.BasedOnVersion);
            wanted = [.. SourcesOf(ancestors.Values.Select(a => (a.BasedOnId, a.BasedOnVersion))).Where(w => !ancestors.ContainsKey(w))];
        }
        var schoolIds = resources.Select(r => r.SchoolId).Distinct().ToArray();
        var schools = await db.Schools.AsNoTracking().Where(s => schoolIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return resources.ToDictionary(r => r.Id, r => Words(r, schools[r.SchoolId], ancestors));
    }

    private static string Words(Resource r, string school, Dictionary<(Guid, int), Source> ancestors)
    {
        var term = Terms.NamedOrNull(Vocabulary.Licence, r.Licence);
        var people = r.Contributors.Count == 0 ? "" : string.Join('、', r.Contributors.Select(c => c.Name)) + "，";
        var (zh, en) = ($"《{r.Title}》，{people}{school}", $"\"{r.Title}\", {people.Replace('、', ',').Replace("，", ", ")}{school}");
        var (from, version) = (r.BasedOnId, r.BasedOnVersion);
        for (var step = 0; step < MostSources && from is { } id && version is { } number && ancestors.TryGetValue((id, number), out var source); step++)
        {
            zh += $"；改编自 {source.School}《{source.Title}》第 {number} 版";
            en += $"; adapted from \"{source.Title}\", version {number}, {source.School}";
            (from, version) = (source.BasedOnId, source.BasedOnVersion);
        }
        var address = AddressOf(r.Licence) is { } url ? $" {url}" : "";
        return term is null ? $"{zh}。授权方式未注明。\n{en}. No licence is said." : $"{zh}。{term.Zh}{address}\n{en}. {term.En}{address}";
    }

    /// <summary>Where a Creative Commons licence can be read.</summary>
    public static string? AddressOf(string? licence) => licence switch
    {
        "cc0" => "https://creativecommons.org/publicdomain/zero/1.0/",
        { } code when code.StartsWith("cc-", StringComparison.Ordinal) => $"https://creativecommons.org/licenses/{code[3..]}/4.0/",
        _ => null,
    };

    private static IEnumerable<(Guid, int)> SourcesOf(IEnumerable<(Guid?, int?)> of) => of.Where(b => b.Item1 is not null && b.Item2 is not null).Select(b => (b.Item1!.Value, b.Item2!.Value)).Distinct();

    /// <summary>Its title at the version that was adapted: what it is called since is not the copy's to tell.</summary>
    private static string TitleIn(string metadata) => JsonDocument.Parse(metadata).RootElement.GetProperty(nameof(Resource.Title)).GetString()!;

    private sealed record Source(string Title, string School, Guid? BasedOnId, int? BasedOnVersion);
}
