using ResourceHub.Web.Hub;
using ResourceHub.Web.Language;

namespace ResourceHub.Web.Addresses;

/// <summary>What chosen filter values are called.</summary>
public sealed class ChosenLabels
{
    public static readonly ChosenLabels None = new();
    private const int IdsAtOnce = 100;
    private readonly Dictionary<(FilterField Field, string Code), string> labels = [];

    /// <summary>The code itself where nobody knows a name for it, such as a mistyped one.</summary>
    public string Of(FilterField field, string code) => labels.GetValueOrDefault((field, code)) ?? code;

    /// <summary>The facets name most of them; a value that no result has is asked for.</summary>
    public static async Task<ChosenLabels> FindAsync(SearchState state, IReadOnlyList<Facet> facets, HubClient hub, Texts texts, CancellationToken ct)
    {
        var found = new ChosenLabels();
        foreach (var (field, code) in state.Chosen)
        {
            var label = field.Name switch
            {
                "mediaType" => texts.FileKind(code),
                "language" => texts.Find("lang." + code) ?? code,
                "chapter" => code,
                _ => facets.FirstOrDefault(f => f.Name == field.Facet)?.Values.FirstOrDefault(v => v.Code == code)?.Label,
            };
            if (label is not null) found.labels[(field, code)] = label;
        }
        if (state.Chosen.Any(c => !found.labels.ContainsKey(c))) await found.AskAsync(state, hub, texts, ct);
        return found;
    }

    private async Task AskAsync(SearchState state, HubClient hub, Texts texts, CancellationToken ct)
    {
        var ids = state.Chosen.Where(c => c.Field.Name is "school" or "partnership").Select(c => c.Code).Take(IdsAtOnce);
        if ((await hub.AskAsync<Answer>("Labels", new { ids, lang = texts.Lang }, ct)).Data is not { } answer) return;
        foreach (var (field, code) in state.Chosen)
        {
            var label = answer.Taxonomy.GetValueOrDefault(field.Name)?.FirstOrDefault(t => t.Code == code)?.Label ?? answer.Nodes.FirstOrDefault(n => n?.Id == code)?.Name;
            if (label is not null) labels.TryAdd((field, code), label);
        }
    }

    private sealed record Answer(Dictionary<string, List<Term>> Taxonomy, List<School?> Nodes);
}
