using System.Globalization;
using System.Text.RegularExpressions;
using ResourceHub.Core.Files;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Host.Demo;
using ResourceHub.Host.Demo.Files;

namespace ResourceHub.Tests.Relevance;

/// <summary>The lessons that are searched: the demonstration's, others made of topics.tsv, and what lies between them in any school's library.</summary>
internal static partial class Corpus
{
    public static IReadOnlyList<JudgedLesson> Make(IReadOnlyList<Topic> topics)
    {
        var byShelf = topics.ToLookup(t => t.Shelf);
        return [.. LessonShelf.All.Select(l => OfDemo(l, topics, byShelf)), .. new MadeLessons(topics).All(), .. new OtherPapers(topics).All()];
    }

    /// <summary>The other topics of the same chapter.</summary>
    public static IReadOnlyList<Topic> Neighbours(Topic topic, ILookup<(string, string, string), Topic> byShelf) => [.. byShelf[topic.Shelf].Where(t => t != topic && topic.Unit > 0)];

    private static JudgedLesson OfDemo(Lesson lesson, IReadOnlyList<Topic> topics, ILookup<(string, string, string), Topic> byShelf)
    {
        List<Topic> about = [.. topics.Where(t => t.Demo.Contains(lesson.Key))];
        return new JudgedLesson
        {
            Key = lesson.Key,
            Title = lesson.Title,
            Kind = lesson.Kind,
            Subject = lesson.Subject,
            Grades = lesson.Grades,
            Edition = lesson.Edition,
            Volume = lesson.Volume,
            Chapter = lesson.Chapter,
            Description = lesson.Description,
            Language = lesson.Language,
            Keywords = lesson.Keywords,
            FileName = lesson.Files[^1].Name,
            Sections = [.. SectionsOf(lesson.Files[^1])],
            Topics = about,
            Touches = [.. about.SelectMany(t => Neighbours(t, byShelf)).Except(about)],
            Period = Period().Match(lesson.Description) is { Success: true } said ? int.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null,
        };
    }

    /// <summary>The text as the readers of files give it: cut at slides, sheets and pages.</summary>
    private static IEnumerable<Section> SectionsOf(LessonFile file)
    {
        List<string> lines = [];
        var number = 0;
        foreach (var block in file.Blocks)
        {
            if (lines.Count > 0 && block is Block.PageBreak or Block.Heading { Level: 1 })
            {
                yield return new Section("page", string.Join('\n', lines), new Location(Page: ++number));
                lines.Clear();
            }
            lines.AddRange(block switch
            {
                Block.Heading heading => [heading.Text],
                Block.Paragraph paragraph => [paragraph.Text],
                Block.Bullet bullet => [bullet.Text],
                Block.Table table => table.Rows.Select(r => string.Join('\t', r)),
                Block.Note note => [note.Text],
                Block.Cue cue => [cue.Text],
                _ => [],
            });
        }
        yield return new Section("page", string.Join('\n', lines), new Location(Page: ++number));
    }

    public static string Label(Vocabulary vocabulary, string? code) => code is null or "-" ? "" : Terms.Named(vocabulary, code).Zh;

    [GeneratedRegex(@"第(\d)课时")]
    private static partial Regex Period();
}
