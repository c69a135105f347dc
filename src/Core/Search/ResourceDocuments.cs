using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Core.Search;

/// <summary>
/// Builds what the index holds from the record alone. Withdrawn resources stay in: their tokens open them to their creator and the school's admins only.
/// A batch costs a constant number of SQL statements.
/// </summary>
public static class ResourceDocuments
{
    /// <summary>UTF-16 units of text that are held at once; a resource with more comes alone.</summary>
    private const long TextAtOnce = 4_000_000;

    /// <summary>Parts ids into groups whose texts fit into memory together, in the order given. What is deleted or not in the record is in no group.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<Guid>>> GroupAsync(HubDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var weights = await db.Resources.AsNoTracking().Where(r => EF.Parameter(ids).Contains(r.Id) && r.State != ResourceState.Deleted)
            .Select(r => new { r.Id, Text = r.Files.Where(f => f.RemovedIn == null).Sum(f => f.Extraction == null ? 0 : f.Extraction.TextLength) })
            .ToDictionaryAsync(r => r.Id, r => r.Text, ct);
        List<IReadOnlyList<Guid>> groups = [];
        List<Guid> group = [];
        var held = 0L;
        foreach (var id in ids.Where(weights.ContainsKey))
        {
            if (group.Count > 0 && held + weights[id] > TextAtOnce)
            {
                groups.Add(group);
                (group, held) = ([], 0);
            }
            group.Add(id);
            held += weights[id];
        }
        if (group.Count > 0) groups.Add(group);
        return groups;
    }

    /// <summary>The documents of these resources as they are now; those that are not in the record have none.</summary>
    public static async Task<IReadOnlyList<ResourceDocument>> BuildAsync(HubDb db, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        // The resource before its text: text that is newer than the revision it is indexed under is written again with the next one, the reverse would stay.
        var resources = await db.Resources.AsNoTracking().AsSplitQuery().Where(r => EF.Parameter(ids).Contains(r.Id) && r.State != ResourceState.Deleted)
            .Include(r => r.School).Include(r => r.Shares).Include(r => r.Files.Where(f => f.RemovedIn == null)).ToListAsync(ct);
        var sections = await db.Sections.AsNoTracking()
            .Join(db.Files.Where(f => EF.Parameter(ids).Contains(f.ResourceId) && f.RemovedIn == null), s => s.FileId, f => f.Id, (s, _) => s)
            .Where(s => !s.Hidden).Select(s => new { s.FileId, s.Ordinal, s.Text }).ToListAsync(ct);
        var passages = sections.ToLookup(s => s.FileId);
        return
        [
            .. resources.Select(r => DocumentOf(r,
            [
                .. r.CurrentFiles.SelectMany(f => passages[f.Id].OrderBy(s => s.Ordinal)
                    .SelectMany(s => Passages.Cut(s.Text).Select(p => new Passage(new PassageSource("text", s.FileId, s.Ordinal, p.Start, p.Length), s.Text.Substring(p.Start, p.Length))))),
            ])),
        ];
    }

    private static ResourceDocument DocumentOf(Resource r, IReadOnlyList<Passage> passages) => new()
    {
        Id = r.Id,
        Revision = r.Revision,
        Title = r.Title,
        Description = r.Description,
        Topics = r.Keywords,
        Extra = [.. Extra(r).Distinct()],
        Values = ValuesOf(r),
        AccessTokens = ResourceAccess.TokensOf(r),
        CreatedAt = r.CreatedAt,
        UpdatedAt = r.UpdatedAt,
        Downloads = r.Downloads,
        Passages = passages,
    };

    /// <summary>
    /// Words it is found by beside its text. The labels of what it is filed under are in, because teachers type them and titles rarely repeat them:
    /// 七年级 数学 课件. What a file's properties say (its author, its company) is not: it may name people and was not written to be shared.
    /// </summary>
    private static IEnumerable<string> Extra(Resource r)
    {
        foreach (var keyword in r.Keywords) yield return keyword;
        if (r.Chapter is not null) yield return r.Chapter;
        foreach (var term in TermsOf(r))
        {
            yield return term.Zh;
            yield return term.En;
        }
        if (r.School is { } school)
        {
            yield return school.Name;
            if (school.ShortName is not null) yield return school.ShortName;
        }
        foreach (var contributor in r.Contributors) yield return contributor.Name;
        foreach (var file in r.CurrentFiles) yield return Path.GetFileNameWithoutExtension(file.Name);
    }

    private static IEnumerable<Term> TermsOf(Resource r)
        => new[]
        {
            Terms.ByCodeIn(Vocabulary.Stage, r.Stage), Terms.ByCodeIn(Vocabulary.Subject, r.Subject), Terms.ByCodeIn(Vocabulary.Kind, r.Kind),
            Terms.ByCodeIn(Vocabulary.Edition, r.Edition), Terms.ByCodeIn(Vocabulary.Volume, r.Volume),
        }.Concat(r.Grades.Select(g => Terms.ByCodeIn(Vocabulary.Grade, g))).OfType<Term>();

    private static Dictionary<FacetName, IReadOnlyList<string>> ValuesOf(Resource r)
    {
        var values = new Dictionary<FacetName, IReadOnlyList<string>>
        {
            [FacetName.Kind] = [r.Kind],
            [FacetName.Language] = [r.Language],
            [FacetName.School] = [r.SchoolId.ToString("n")],
        };
        Add(FacetName.Stage, r.Stage);
        Add(FacetName.Subject, r.Subject);
        Add(FacetName.Edition, r.Edition);
        Add(FacetName.Volume, r.Volume);
        Add(FacetName.Chapter, r.Chapter);
        Add(FacetName.Licence, r.Licence);
        if (r.Grades.Count > 0) values[FacetName.Grade] = [.. r.Grades.Distinct()];
        // Shared with partnerships once and wider since: the partnerships are no longer what opens it.
        if (r.Visibility == Visibility.Partners && r.Shares.Count > 0) values[FacetName.Partnership] = [.. r.Shares.Select(s => s.PartnershipId.ToString("n"))];
        if (r.CurrentFiles.Any()) values[FacetName.MediaType] = [.. r.CurrentFiles.Select(f => f.MediaType).Distinct()];
        return values;

        void Add(FacetName name, string? value)
        {
            if (value is not null) values[name] = [value];
        }
    }
}
