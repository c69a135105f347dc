using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Core.Resources;

/// <summary>What the licences of the taxonomy mean for opening and adapting.</summary>
public static class LicenceRules
{
    private const string PartnersOnly = "partners-only";
    private const string Publisher = "publisher";

    /// <summary>Licences that an adaptation may have, by the source's; what is not named keeps its own. After Creative Commons' table for adapters.</summary>
    private static readonly Dictionary<string, string[]> OfCopies = new()
    {
        ["cc0"] = [.. Terms.Of(Vocabulary.Licence).Select(l => l.Code)],
        ["cc-by"] = ["cc-by", "cc-by-sa", "cc-by-nc", "cc-by-nc-sa", "cc-by-nd", "cc-by-nc-nd"],
        ["cc-by-nc"] = ["cc-by-nc", "cc-by-nc-sa", "cc-by-nc-nd"],
    };

    /// <summary>A publisher's material is not the school's to distribute; what is for teaching in partner schools goes no further than to them.</summary>
    public static Visibility WidestOf(string? licence) => licence switch
    {
        Publisher => Visibility.School,
        PartnersOnly => Visibility.Partners,
        _ => Visibility.Public,
    };

    public static void Check(Resource resource, Visibility wanted, List<Problem> problems)
    {
        if (wanted <= WidestOf(resource.Licence)) return;
        var term = Terms.Named(Vocabulary.Licence, resource.Licence!);
        problems.Add(new Problem("LICENCE_FORBIDS", $"授权方式“{term.Zh}”只允许开放到{Words.Zh(WidestOf(resource.Licence))}。The licence \"{term.En}\" lets it be opened to {Words.En(WidestOf(resource.Licence))} only.", "visibility"));
    }

    /// <summary>Whether a school may make its own version. One's own work one may always rework, whatever it allows to others; a publisher's is nobody's own.</summary>
    public static bool MayAdapt(Resource source, Guid schoolId)
        => source.SchoolId == schoolId ? source.Licence != Publisher : Terms.ByCodeIn(Vocabulary.Licence, source.Licence)?.MayAdapt == true;

    /// <summary>A copy keeps what its source's licence asks of copies.</summary>
    public static bool MayLicenceCopy(string? source, string? copy)
        => source is null || copy is null || source == copy || OfCopies.GetValueOrDefault(source)?.Contains(copy) == true;
}
