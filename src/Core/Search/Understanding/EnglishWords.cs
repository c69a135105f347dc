using System.Collections.Frozen;
using System.Globalization;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Core.Search.Understanding;

/// <summary>
/// English filing words: grade 7, 7th grade, lesson plan, slides; subjects only beside one of those, because history, science and music are topics too.
/// </summary>
internal static class EnglishWords
{
    private const int LongestRow = 4;

    private static readonly FrozenSet<string> SentenceWords =
        ["a", "an", "the", "of", "is", "are", "was", "do", "does", "did", "how", "what", "why", "when", "where", "which", "who", "can", "in", "on", "to", "by", "with", "from", "about", "between"];

    private static readonly FrozenDictionary<string, (ChipField Field, string Code)> Rows = ReadRows();

    /// <summary>What rows of these words file by, with the places of the first and last word; nothing where the words are a sentence.</summary>
    public static IEnumerable<(int First, int Last, ChipField Field, string Code)> Read(IReadOnlyList<string> words, bool isVouchedFor)
    {
        if (words.Any(SentenceWords.Contains)) yield break;
        List<(int First, int Last, ChipField Field, string Code)> found = [];
        for (var i = 0; i < words.Count; i++)
            for (var length = Math.Min(LongestRow, words.Count - i); length > 0; length--)
                if (Row(words, i, length) is { } row)
                {
                    found.Add((i, i + length - 1, row.Field, row.Code));
                    i += length - 1;
                    break;
                }
        var isSure = isVouchedFor || found.Count > 0 && found.Sum(f => f.Last - f.First + 1) == words.Count || found.Exists(f => f.Field != ChipField.Subject && f.Field != ChipField.Stage);
        foreach (var row in found)
            if (isSure) yield return row;
    }

    private static (ChipField Field, string Code)? Row(IReadOnlyList<string> words, int at, int length)
    {
        if (length == 2 && words[at] == "grade" && Grade(words[at + 1]) is { } after) return (ChipField.Grade, after);
        if (length == 2 && words[at + 1] == "grade" && words[at] is [.., >= 'a' and <= 'z', >= 'a' and <= 'z'] ordinal && Grade(ordinal[..^2]) is { } before) return (ChipField.Grade, before);
        return Rows.TryGetValue(string.Join(' ', words.Skip(at).Take(length)), out var row) ? row : null;
    }

    private static string? Grade(string number) => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var grade) && grade is >= 1 and <= 12 ? $"g{grade}" : null;

    private static FrozenDictionary<string, (ChipField, string)> ReadRows()
    {
        var rows = new Dictionary<string, (ChipField, string)>();
        foreach (var (vocabulary, field) in ((Vocabulary, ChipField)[])[(Vocabulary.Kind, ChipField.Kind), (Vocabulary.Subject, ChipField.Subject), (Vocabulary.Edition, ChipField.Edition), (Vocabulary.Stage, ChipField.Stage)])
            foreach (var term in Terms.Of(vocabulary).Where(t => !t.Code.StartsWith("ps-", StringComparison.Ordinal)))
                foreach (var word in term.Synonyms.Append(term.En).Select(FilingWords.Fold))
                    // Words of two letters, and those that a lesson may be about, say too little.
                    if (word.Length > 2 && word.All(c => char.IsAsciiLetter(c) || c is ' ' or '-') && word is not ("media" or "experiment" or "guide" or "national"))
                        rows.TryAdd(word.Replace('-', ' '), (field, term.Code));
        foreach (var (word, code) in ((string, string)[])[("ppt", "slides"), ("powerpoint", "slides"), ("lesson plans", "lesson-plan"), ("worksheet", "exercises"), ("worksheets", "exercises"), ("exams", "exam"), ("test paper", "exam")])
            rows.TryAdd(word, (ChipField.Kind, code));
        return rows.ToFrozenDictionary();
    }
}
