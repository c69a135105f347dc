using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Finds words of the taxonomy inside what people write: "六年级（2）班" is g6, "人教版数学六年级上册" holds an edition, a subject, a grade and a volume.</summary>
internal static class PlanWords
{
    private static readonly Dictionary<Vocabulary, List<(string Word, string Code)>> Words = Enum.GetValues<Vocabulary>().ToDictionary(v => v, WordsOf);

    /// <summary>The code of the longest word of the vocabulary inside the text, with where it stands.</summary>
    public static (string Code, string Word, int At)? Find(Vocabulary vocabulary, string text)
    {
        var folded = Fold(text);
        if (Terms.Find(vocabulary, text) is { } whole) return (whole.Code, text.Trim(), 0);
        foreach (var (word, code) in Words[vocabulary])
            if (Place(folded, word, vocabulary) is var at and >= 0) return (code, word, at);
        return null;
    }

    public static string Fold(string text) => UnicodeForms.Nfkc(text).ToLowerInvariant();

    /// <summary>The last place of a word, which in a name is the most telling: "实验探究 教学设计" is a plan.</summary>
    private static int Place(string text, string word, Vocabulary vocabulary)
    {
        var at = text.LastIndexOf(word, StringComparison.Ordinal);
        if (at < 0) return -1;
        var after = text.AsSpan(at + word.Length);
        var before = at == 0 ? ' ' : text[at - 1];
        // A Latin word inside another one, a grade inside a higher one, and the 实验 of a school's name are not meant.
        if (char.IsAsciiLetter(word[0]) && (char.IsAsciiLetterOrDigit(before) || after.Length > 0 && char.IsAsciiLetterOrDigit(after[0]))) return -1;
        if (vocabulary == Vocabulary.Grade && (before is '十' || char.IsAsciiDigit(before) && char.IsAsciiDigit(word[0]))) return -1;
        if (word == "实验" && (after.StartsWith("小学") || after.StartsWith("学校") || after.StartsWith("中学") || after.StartsWith("幼儿园"))) return -1;
        return at;
    }

    private static List<(string Word, string Code)> WordsOf(Vocabulary vocabulary)
        => [.. Terms.Of(vocabulary)
            .SelectMany(t => new[] { t.Zh, t.En }.Concat(t.Synonyms).Select(w => (Word: Fold(w), t.Code)))
            // One character stands in too many words; "上" and "下" are read with their grade, see FileNameWords.
            .Where(w => w.Word.Length > 1 && !IsTooCommon(vocabulary, w.Word))
            .OrderByDescending(w => w.Word.Length)];

    private static bool IsTooCommon(Vocabulary vocabulary, string word) => vocabulary switch
    {
        Vocabulary.Edition => word is "教科" or "青岛" or "外研" or "人美" or "人音",
        Vocabulary.Subject => word is "自然" or "外语" or "it" or "pe" or "旅游" or "水利",
        Vocabulary.Kind => word is "视频" or "音频" or "动画" or "图片" or "教研" or "备课" or "指南" or "反思" or "教材" or "media" or "guide",
        _ => false,
    };
}
