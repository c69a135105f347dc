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
        var ancestors = new Dictionary<Guid, Source>();
        var wanted = resources.Select(r => r.BasedOnId).OfType<Guid>().Distinct().ToArray();
        for (var step = 0; step < MostSources && wanted.Length > 0; step++)
        {
            foreach (var source in await db.Resources.AsNoTracking().Where(r => wanted.Contains(r.Id)).Select(r => new Source(r.Id, r.Title, r.School!.Name, r.BasedOnId, r.BasedOnVersion)).ToListAsync(ct))
                ancestors[source.Id] = source;
            wanted = [.. ancestors.Values.Select(a => a.BasedOnId).OfType<Guid>().Where(id => !ancestors.ContainsKey(id)).Distinct()];
        }
        var schoolIds = resources.Select(r => r.SchoolId).Distinct().ToArray();
        var schools = await db.Schools.AsNoTracking().Where(s => schoolIds.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return resources.ToDictionary(r => r.Id, r => Words(r, schools[r.SchoolId], ancestors));
    }

    private static string Words(Resource r, string school, Dictionary<Guid, Source> ancestors)
    {
        var term = Terms.NamedOrNull(Vocabulary.Licence, r.Licence);
        var people = r.Contributors.Count == 0 ? "" : string.Join('、', r.Contributors.Select(c => c.Name)) + "，";
        var (zh, en) = ($"《{r.Title}》，{people}{school}", $"\"{r.Title}\", {people.Replace('、', ',').Replace("，", ", ")}{school}");
        var (from, version) = (r.BasedOnId, r.BasedOnVersion);
        for (var step = 0; step < MostSources && from is { } id && ancestors.TryGetValue(id, out var source); step++)
        {
            zh += $"；改编自 {source.School}《{source.Title}》第 {version} 版";
            en += $"; adapted from \"{source.Title}\", version {version}, {source.School}";
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

    private sealed record Source(Guid Id, string Title, string School, Guid? BasedOnId, int? BasedOnVersion);
}
