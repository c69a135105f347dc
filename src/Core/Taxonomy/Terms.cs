using System.Collections.Frozen;
using System.Text.Json;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Taxonomy;

/// <summary>
/// The taxonomy (taxonomy.json): Chinese school vocabulary with codes, labels and synonyms. Read once. Codes that come from outside must be known ones:
/// a misspelt code would file a lesson where nobody finds it.
/// </summary>
public static class Terms
{
    private static readonly FrozenDictionary<Vocabulary, IReadOnlyList<Term>> All = Read();
    private static readonly FrozenDictionary<(Vocabulary, string), Term> ByCode = All.SelectMany(v => v.Value.Select(t => ((v.Key, t.Code), t))).ToFrozenDictionary(x => x.Item1, x => x.t);
    private static readonly FrozenDictionary<(Vocabulary, string), Term> ByWord = IndexWords();

    /// <summary>All terms of a vocabulary, in teaching order.</summary>
    public static IReadOnlyList<Term> Of(Vocabulary vocabulary) => All[vocabulary];

    /// <summary>The terms of a stage, with those that belong to all; all of them when no stage is given.</summary>
    public static IReadOnlyList<Term> OfStage(Vocabulary vocabulary, string? stage)
        => stage is null ? Of(vocabulary) : [.. Of(vocabulary).Where(t => t.Stages.Count == 0 || t.Stages.Contains(stage))];

    public static Term? ByCodeIn(Vocabulary vocabulary, string? code) => code is null ? null : ByCode.GetValueOrDefault((vocabulary, code));

    /// <summary>The term that a code, label or synonym stands for, whatever its case and width; null when none does.</summary>
    public static Term? Find(Vocabulary vocabulary, string? word) => word is null ? null : ByCodeIn(vocabulary, word) ?? ByWord.GetValueOrDefault((vocabulary, Fold(word)));

    /// <summary>The term of a code that is in the record; one that the vocabulary has lost meanwhile stands for itself.</summary>
    public static Term Named(Vocabulary vocabulary, string code) => ByCodeIn(vocabulary, code) ?? new Term { Code = code, Zh = code, En = code };

    public static Term? NamedOrNull(Vocabulary vocabulary, string? code) => code is null ? null : Named(vocabulary, code);

    /// <summary>The label of a code; the code itself where the vocabulary does not have it.</summary>
    public static string Label(Vocabulary vocabulary, string code, string? lang) => ByCodeIn(vocabulary, code)?.Label(lang) ?? code;

    public static void Check(Vocabulary vocabulary, IEnumerable<string>? codes, string field, List<Problem> problems)
    {
        foreach (var code in codes ?? [])
            if (ByCodeIn(vocabulary, code) is null)
                problems.Add(new Problem("UNKNOWN_CODE", $"{field} 中没有代码“{Short(code)}”，可用的代码见 taxonomy。{field} has no code \"{Short(code)}\"; the query taxonomy lists them.", field));
    }

    public static void Check(Vocabulary vocabulary, string? code, string field, List<Problem> problems)
    {
        if (!string.IsNullOrEmpty(code)) Check(vocabulary, [code], field, problems);
    }

    private static FrozenDictionary<Vocabulary, IReadOnlyList<Term>> Read()
    {
        using var json = typeof(Terms).Assembly.GetManifestResourceStream("taxonomy.json") ?? throw new InvalidOperationException("taxonomy.json is not embedded.");
        var read = JsonSerializer.Deserialize<Dictionary<Vocabulary, List<Term>>>(json, JsonSerializerOptions.Web)!;
        return read.ToFrozenDictionary(v => v.Key, v => (IReadOnlyList<Term>)v.Value);
    }

    private static FrozenDictionary<(Vocabulary, string), Term> IndexWords()
    {
        var words = new Dictionary<(Vocabulary, string), Term>();
        foreach (var (vocabulary, terms) in All)
            foreach (var term in terms)
                foreach (var word in (string[])[term.Zh, term.En, .. term.Synonyms])
                    words.TryAdd((vocabulary, Fold(word)), term);
        return words.ToFrozenDictionary();
    }

    private static string Fold(string word) => UnicodeForms.Nfkc(word).Trim().ToLowerInvariant();

    private static string Short(string code) => code.Length <= 40 ? code : code[..40] + "…";
}
