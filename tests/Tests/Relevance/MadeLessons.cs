using ResourceHub.Core.Files;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Tests.Relevance;

/// <summary>
/// Lessons as schools write them, made of topics: for each edition a plan of two periods, slides, and one or two more. Titles, chapters and periods are written in
/// the ways that teachers write them; what a lesson says besides its topic is what all lessons say. The same seed gives the same lessons.
/// </summary>
internal sealed class MadeLessons(IReadOnlyList<Topic> topics)
{
    private static readonly string[] More = ["exercises", "guided-sheet", "video-lesson", "task-sheet"];
    private static readonly string[] Digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

    private static readonly string[] Common =
    [
        "学生独立思考后在小组内交流，教师巡视指导", "全班汇报，师生共同小结", "联系生活实际，感受知识的用处", "完成课本练习，同桌互相检查", "说说这节课你有什么收获", "培养学生观察、比较和概括的能力",
        "出示情境图，你能提出什么问题", "教师板书课题", "分层布置作业，满足不同学生的需要", "注意书写规范，养成认真检查的习惯", "利用多媒体课件辅助教学", "对学生的发言及时评价",
    ];

    private static readonly string[] CommonEnglish =
        ["Work in pairs and check your answers", "The teacher writes the key sentences on the board", "Listen and repeat", "Pupils act out the dialogue in groups", "Homework: finish the exercises in the workbook"];

    private readonly Random random = new(20260901);
    private readonly ILookup<(string, string, string), Topic> byShelf = topics.ToLookup(t => t.Shelf);

    public IEnumerable<JudgedLesson> All() => topics.SelectMany(t => t.Editions.SelectMany(e => OfEdition(t, e)));

    private IEnumerable<JudgedLesson> OfEdition(Topic topic, string edition)
    {
        foreach (var period in (int[])[1, 2]) yield return Of(topic, edition, "lesson-plan", period);
        yield return Of(topic, edition, "slides", random.Next(1, 3));
        yield return Of(topic, edition, "slides", null);
        var more = random.Next(More.Length);
        yield return Of(topic, edition, More[more], null);
        if (random.Next(2) == 0) yield return Of(topic, edition, More[(more + 1) % More.Length], random.Next(1, 3));
    }

    private JudgedLesson Of(Topic topic, string edition, string kind, int? period)
    {
        var neighbours = Corpus.Neighbours(topic, byShelf);
        var title = Title(topic, edition, kind, period);
        return new JudgedLesson
        {
            Key = $"{topic.Name}.{edition}.{kind}.{period ?? 0}",
            Title = title,
            Kind = kind,
            Subject = topic.Subject,
            Grades = [topic.Grade],
            Edition = edition == "-" ? null : edition,
            Volume = topic.Volume,
            Chapter = Chapter(topic, edition),
            Description = random.Next(3) > 0 ? $"{Corpus.Label(Vocabulary.Grade, topic.Grade)}{Corpus.Label(Vocabulary.Volume, topic.Volume)}“{topic.Title}”{(period is { } p ? $"第{p}课时" : "")}{Corpus.Label(Vocabulary.Kind, kind)}。" : null,
            Language = topic.IsEnglish ? "en" : "zh-CN",
            Keywords = random.Next(2) == 0 ? [.. topic.Words.Take(3)] : [],
            FileName = title + (kind == "slides" ? ".pptx" : kind == "video-lesson" ? ".mp4" : ".docx"),
            Sections = Pages(topic, edition, kind, period, neighbours),
            Topics = [topic],
            Touches = neighbours,
            Period = period,
        };
    }

    private string Title(Topic topic, string edition, string kind, int? period)
    {
        var (label, grade, volume) = (Corpus.Label(Vocabulary.Kind, kind), Corpus.Label(Vocabulary.Grade, topic.Grade), Corpus.Label(Vocabulary.Volume, topic.Volume));
        var at = period is { } p ? random.Next(2) == 0 ? $"第{p}课时" : $"第{Digits[p]}课时" : "";
        if (kind == "video-lesson") return $"微课：{topic.Title}";
        return random.Next(5) switch
        {
            0 => at.Length > 0 ? $"{topic.Title}（{at}）{label}" : $"{topic.Title}（{label}）",
            1 => $"《{topic.Title}》{at}{label}",
            2 => $"{Corpus.Label(Vocabulary.Edition, edition)}{grade}{volume}《{topic.Title}》{at}{label}",
            3 => $"{grade}{Corpus.Label(Vocabulary.Subject, topic.Subject)} {topic.Title} {at} {label}".Replace("  ", " ", StringComparison.Ordinal),
            _ => $"{topic.Title} {label} {at}".TrimEnd(),
        };
    }

    private static string Chapter(Topic topic, string edition)
    {
        if (topic.Unit == 0 || topic.IsEnglish) return topic.Chapter;
        var step = topic.Grade is "g7" or "g8" or "g9" or "g10" && topic.Subject is not "chinese" and not "history" ? "章" : "单元";
        return edition switch
        {
            "pep" or "unified" when topic.Unit <= 10 => $"第{Digits[topic.Unit]}{step} {topic.Chapter}",
            "swu" or "jiaoke" or "pep" => $"第{topic.Unit}{step} {topic.Chapter}",
            "bnu" => $"{topic.Unit} {topic.Chapter}",
            _ => topic.Chapter,
        };
    }

    private IReadOnlyList<Section> Pages(Topic topic, string edition, string kind, int? period, IReadOnlyList<Topic> neighbours)
    {
        var facts = period == 2 ? [.. topic.Facts.Reverse()] : topic.Facts;
        var words = topic.Words;
        var near = neighbours.Count > 0 ? neighbours[random.Next(neighbours.Count)].Title : words[0];
        string[] pages = topic.IsEnglish
            ?
            [
                $"{topic.Title}\nObjectives: pupils can use {words[0]} and {words[1]}.\n{Sentence(facts, 0)}.\n{Other()}.",
                $"Presentation. {Sentence(facts, 1)}. Key words: {string.Join(", ", words)}.\n{Other()}.\n{Other()}.",
                $"Practice and homework. Review {near}.\n{Other()}.",
            ]
            :
            [
                $"{topic.Title}\n课题：{topic.Title}　年级：{Corpus.Label(Vocabulary.Grade, topic.Grade)}{Corpus.Label(Vocabulary.Volume, topic.Volume)}　教材版本：{Corpus.Label(Vocabulary.Edition, edition)}　{(period is { } p ? $"课时：第{p}课时" : "")}\n"
                    + $"教学目标：理解{topic.Title}，能说出{words[0]}和{words[^1]}。{Other()}。\n教学重点：{Sentence(facts, 0)}。",
                $"新课\n{Sentence(facts, 0)}。{Other()}。\n{Sentence(facts, 1)}。例题：关于{words[random.Next(words.Count)]}的问题。{Other()}。\n{string.Join("、", words)}。",
                $"{(kind == "exercises" ? "练习与答案" : "小结与作业")}\n复习{near}，{Other()}。\n想一想：{topic.Title}和{words[0]}有什么关系？\n{Other()}。",
            ];
        return [.. pages.Index().Select(p => new Section(kind == "slides" ? "slide" : "page", p.Item, kind == "slides" ? new Location(Slide: p.Index + 1) : new Location(Page: p.Index + 1)))];

        string Other() => topic.IsEnglish ? CommonEnglish[random.Next(CommonEnglish.Length)] : Common[random.Next(Common.Length)];
    }

    private static string Sentence(IReadOnlyList<string> facts, int at) => facts[at % facts.Count];
}
