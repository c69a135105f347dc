using System.Text.RegularExpressions;
using ResourceHub.Core.Files;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Indexer.Extractors;

/// <summary>What a file's name says: "六年级上册 圆的面积 教学设计.docx". What is left when all that is taken out is the title.</summary>
internal static partial class FileNameWords
{
    public static IReadOnlyList<Suggestion> Read(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name).Trim();
        if (stem.Length is < 2 or > 255) return [];
        var found = new List<Suggestion>();
        void Add(string field, string? value, string? words = null)
        {
            if (!string.IsNullOrWhiteSpace(value)) found.Add(new Suggestion(field, value, words ?? value, "fileName", Location.None));
        }

        var kind = PlanWords.Find(Vocabulary.Kind, stem);
        var edition = PlanWords.Find(Vocabulary.Edition, stem);
        var volume = VolumeWords.In(stem);
        var grade = GradeOf(stem);
        var subject = SubjectOf(stem, grade is not null || edition is not null);
        Add("grade", grade?.Code, grade?.Word);
        Add("volume", volume, stem);
        Add("edition", edition?.Code, edition?.Word);
        Add("subject", subject?.Code, subject?.Word);
        Add("kind", kind?.Code, kind?.Word);
        Add("unit", Unit().Match(stem).Value);
        Add("period", Period().Match(stem).Value);
        Add("title", TitleOf(stem, [grade?.Word, edition?.Word, subject?.Word, kind?.Word]));
        return found;
    }

    /// <summary>A grade in full, or the 五 of "五下".</summary>
    private static (string Code, string Word)? GradeOf(string stem)
    {
        if (PlanWords.Find(Vocabulary.Grade, stem) is { } named) return (named.Code, named.Word);
        return ShortGrade().Match(PlanWords.Fold(stem)) is { Success: true } found && Terms.Find(Vocabulary.Grade, found.Groups[1].Value + "年级") is { } grade ? (grade.Code, found.Value) : null;
    }

    /// <summary>A subject by a word of its own, or beside a stage or grade; inside other words ("大自然的语言") it is none.</summary>
    private static (string Code, string Word, int At)? SubjectOf(string stem, bool isAboutABook)
    {
        foreach (var word in Parts().Split(stem))
            if (word.Length > 1 && Terms.Find(Vocabulary.Subject, word) is { } whole) return (whole.Code, word, stem.IndexOf(word, StringComparison.Ordinal));
        var inside = PlanWords.Find(Vocabulary.Subject, stem);
        return inside is not null && (isAboutABook || Stage().IsMatch(stem)) ? inside : null;
    }

    private static string? TitleOf(string stem, string?[] taken)
    {
        if (Quoted().Match(stem) is { Success: true } quoted) return quoted.Groups[1].Value.Trim();
        var rest = UnicodeForms.Nfkc(stem);
        if (!rest.Any(c => c is >= '\u4E00' and <= '\u9FFF')) return null;
        foreach (var word in taken.OfType<string>())
            if (rest.LastIndexOf(word, StringComparison.OrdinalIgnoreCase) is var at and >= 0) rest = rest.Remove(at, word.Length).Insert(at, " ");
        rest = Filing().Replace(rest, " ");
        rest = Parts().Replace(rest, " ").Trim();
        return rest.Length is >= 2 and <= 40 && rest.Any(c => c is >= '\u4E00' and <= '\u9FFF') ? rest : null;
    }

    [GeneratedRegex("《([^《》]{1,40})》", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[\s_\-—–·.,，、+（）()【】\[\]《》“”""]+", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex("小学|初中|高中|中职|幼儿园", RegexOptions.CultureInvariant)]
    private static partial Regex Stage();

    [GeneratedRegex(@"(?<![\p{L}\d])([一二三四五六七八九])[上下](?=$|[册\s_\-—·.,《]|数学|语文|英语|科学|物理|化学|历史|地理|第)", RegexOptions.CultureInvariant)]
    private static partial Regex ShortGrade();

    [GeneratedRegex(@"第\s*[一二三四五六七八九十\d]{1,3}\s*(?:单元|章)", RegexOptions.CultureInvariant)]
    private static partial Regex Unit();

    [GeneratedRegex(@"第\s*[一二三四五六七八九十\d]{1,2}\s*课时", RegexOptions.CultureInvariant)]
    private static partial Regex Period();

    /// <summary>Words that file a lesson and do not name it.</summary>
    [GeneratedRegex(@"第\s*[一二三四五六七八九十\d]{1,3}\s*(?:单元|章|课时|节|课)|选择性必修(?:第?[一二三四五\d]册?|[上中下]册?)|必修(?:第?[一二三四五\d]册?|[上下]册?)|全一册|[上下]册|(?<=\s|^)[上下](?=\s|$)|小学|初中|高中|中职|最终版?|定稿|新版|副本|20\d\d(?:年|-20\d\d学年)?", RegexOptions.CultureInvariant)]
    private static partial Regex Filing();
}
