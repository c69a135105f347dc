using ResourceHub.Web.Hub;
using ResourceHub.Web.Language;

namespace ResourceHub.Web.Addresses;

/// <summary>What chosen filter values are called: their facet says it.</summary>
public sealed class ChosenLabels(Texts texts, IReadOnlyList<Facet> facets)
{
    public string Of(FilterField field, string code)
        => field.Name == "mediaType" ? texts.FileKind(code)
            : facets.FirstOrDefault(f => f.Name == field.Facet)?.Values.FirstOrDefault(v => v.Code == code)?.Label ?? code;
}
