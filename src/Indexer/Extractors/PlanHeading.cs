using System.Text.RegularExpressions;
using ResourceHub.Core.Files;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Indexer.Extractors;

/// <summary>The first lines of a document: "《圆的面积》教学设计", "人教版数学六年级上册".</summary>
internal static partial class PlanHeading
{
    public static void Read(string line, Location at, List<Suggestion> found)
    {
        if (line.Length > 60) return;
        void Add(string field, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value) && !found.Exists(s => s.Field == field)) found.Add(new Suggestion(field, value.Trim(), line, "heading", at));
        }

        var titled = Titled().Match(line);
        if (titled.Success)
        {
            Add("title", titled.Groups[1].Success ? titled.Groups[1].Value : titled.Groups[2].Value);
            Add("kind", PlanWords.Find(Vocabulary.Kind, titled.Groups[3].Value)?.Code);
        }
        // A line about the book names its edition or its volume, and then a grade or subject in it is the lesson's.
        var edition = PlanWords.Find(Vocabulary.Edition, line)?.Code;
        var volume = VolumeWords.In(line);
        if (edition is null && volume is null) return;
        var grade = PlanWords.Find(Vocabulary.Grade, line)?.Code;
        if (grade is null && edition is null) return;
        Add("edition", edition);
        Add("volume", volume);
        Add("grade", grade);
        Add("subject", PlanWords.Find(Vocabulary.Subject, line)?.Code);
    }

    [GeneratedRegex(@"^(?:[^《》]{0,20}《([^《》]{1,40})》|([^《》\s:：]{2,20})\s*)(教学设计|单元教学设计|教案|教学方案|导学案|学案|说课稿|学习任务单|任务单|课后练习|教学反思|实验报告|作业设计)(?:$|[\s（(·—-])", RegexOptions.CultureInvariant)]
    private static partial Regex Titled();
}
