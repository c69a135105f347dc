using ResourceHub.Core.Files;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Tests.Relevance;

/// <summary>What lies between lessons and has their words too: reviews of a term that name every topic of it, and papers of a school's life that name none.</summary>
internal sealed class OtherPapers(IReadOnlyList<Topic> topics)
{
    private static readonly string[] Lives =
    [
        "教研组工作计划|本学期集体备课安排，每周三下午研讨教学设计和课件，推选公开课。", "班主任工作总结|主题班会、家校沟通、学生评价和安全教育的做法。", "新教师培训资料|怎样写教学设计，怎样制作课件，怎样布置作业。",
        "期末监考安排|监考教师名单、考场和时间。", "听课记录表|课题、年级、学科、教学过程、评价与建议。", "运动会秩序册|项目、时间、场地和裁判，跳绳接力在第二天上午。", "校园安全应急预案|火灾、地震和用电安全的处置办法，配电箱断电由专人负责。",
        "图书角借阅公约|每人一次借一本，按时归还，爱护图书。", "家长开放日邀请函|请家长走进课堂，和孩子一起上一节课。", "劳动实践基地介绍|菜园里种着番茄、黄瓜和小葱。", "食堂一周食谱|番茄炒鸡蛋、青菜、米饭和绿豆汤。",
        "作业公示制度|各年级书面作业总量与时长的规定。", "教室多媒体使用说明|投影、音箱和一体机的开关顺序，长时间不用要断电。", "研学旅行方案|参观博物馆，了解丝绸之路与长江文明。", "读书分享会主持稿|推荐朱自清、鲁迅和老舍的书。",
    ];

    public IEnumerable<JudgedLesson> All()
    {
        foreach (var term in topics.Where(t => t.Unit > 0).GroupBy(t => (t.Subject, t.Grade, t.Volume)).Where(g => g.Count() > 1))
            foreach (var kind in (string[])["exam", "exercises"])
                yield return Review(term.Key.Subject, term.Key.Grade, term.Key.Volume, kind, [.. term]);
        foreach (var (number, life) in Lives.Index())
            foreach (var year in (int[])[2024, 2025, 2026])
                yield return Life(number, year, life.Split('|'));
    }

    private static JudgedLesson Review(string subject, string grade, string? volume, string kind, IReadOnlyList<Topic> of)
    {
        var title = $"{Corpus.Label(Vocabulary.Grade, grade)}{Corpus.Label(Vocabulary.Volume, volume)}{Corpus.Label(Vocabulary.Subject, subject)}{(kind == "exam" ? "期末试卷" : "总复习练习")}";
        return new JudgedLesson
        {
            Key = $"review.{subject}.{grade}.{volume}.{kind}",
            Title = title,
            Kind = kind,
            Subject = subject,
            Grades = [grade],
            Volume = volume,
            FileName = title + ".docx",
            Sections = [.. of.Index().Select(t => new Section("page", $"{t.Index + 1}. {t.Item.Title}\n{t.Item.Facts[0]}，对吗？\n填空：{string.Join("、", t.Item.Words)}。\n计算与说明：{t.Item.Title}。", new Location(Page: t.Index + 1)))],
            Touches = of,
        };
    }

    private static JudgedLesson Life(int number, int year, string[] life) => new()
    {
        Key = $"life.{number}.{year}",
        Title = $"{year}年{life[0]}",
        Kind = "research-material",
        FileName = $"{year} {life[0]}.docx",
        Sections = [new Section("page", $"{life[0]}\n{life[1]}\n{year}年9月起施行，请各班、各教研组遵照执行。", new Location(Page: 1))],
    };
}
