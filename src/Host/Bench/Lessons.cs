using System.Text;

namespace ResourceHub.Host.Bench;

/// <summary>One made-up resource for measuring.</summary>
internal sealed record MadeLesson(int Number, string Title, string Chapter, string Subject, string Stage, string Grade, string Edition, string Kind, string Licence, string Language, IReadOnlyList<string> Pages);

/// <summary>
/// Seeded lessons in Chinese and English: words drawn by Zipf's law (the n-th word 1/n as often as the first), bodies of 500 to 4,000 characters. The same
/// seed gives the same lessons, so that two runs measure the same work.
/// </summary>
internal sealed class Lessons(int seed)
{
    private const string Han =
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";
    private static readonly string[] Topics =
    [
        "圆的面积", "通分", "分数的基本性质", "有理数", "一元二次方程", "勾股定理", "平行四边形的面积", "小数乘法", "浮力", "牛顿第一定律", "欧姆定律", "光的折射", "氧化还原反应", "光合作用", "细胞的结构",
        "古诗二首", "背影", "荷塘月色", "少年闰土", "桂林山水", "丝绸之路", "鸦片战争", "辛亥革命", "季风气候", "长江的开发", "经纬网", "新能源汽车高压安全", "动力电池检测", "健康饮食", "认识时间", "现在完成时", "过去进行时", "阅读理解",
    ];
    private static readonly string[] Latin = "lesson the of and a learning plan students teacher reading water energy force light fraction circle area history river climate cell plant group work listen speak write picture story question answer number measure experiment result compare explain practice homework review unit word sentence school".Split(' ');
    private static readonly string[] Kinds = ["lesson-plan", "slides", "exercises", "task-sheet", "video-lesson", "exam"];
    private static readonly string[] Subjects = ["mathematics", "chinese", "english", "physics", "chemistry", "history", "science", "geography"];
    private static readonly string[] Stages = ["primary", "junior", "senior"];
    private static readonly string[] Grades = ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8", "g9", "g10", "g11", "g12"];
    private static readonly string[] Editions = ["pep", "bnu", "swu", "sujiao", "unified"];
    private static readonly string[] Licences = ["cc-by", "cc-by-nc", "partners-only"];

    private readonly Random random = new(seed);
    private readonly string[] words = Words(seed);

    public IEnumerable<MadeLesson> Take(int count)
    {
        for (var number = 0; number < count; number++)
        {
            var english = random.Next(100) < 15;
            var grade = random.Next(Grades.Length);
            var topic = Topics[Zipf(Topics.Length)];
            var title = english ? string.Join(' ', Enumerable.Range(0, 5).Select(_ => Latin[Zipf(Latin.Length)])) : topic + words[Zipf(words.Length)] + (random.Next(2) == 0 ? "教学设计" : "课件");
            var length = random.Next(500, 4001);
            var pages = random.Next(1, 5);
            yield return new MadeLesson(
                number, title, topic, Subjects[Zipf(Subjects.Length)], Stages[grade < 6 ? 0 : grade < 9 ? 1 : 2], Grades[grade], Editions[Zipf(Editions.Length)], Kinds[Zipf(Kinds.Length)],
                Licences[Zipf(Licences.Length)], english ? "en" : "zh-CN", [.. Enumerable.Range(0, pages).Select(_ => Text(length / pages, english, topic))]);
        }
    }

    /// <summary>What teachers type: a topic, a topic with a word more, or two or three words of the common ones.</summary>
    public string Query() => random.Next(10) switch
    {
        < 4 => Topics[Zipf(Topics.Length)],
        < 7 => Topics[Zipf(Topics.Length)] + words[Zipf(words.Length)],
        < 9 => words[Zipf(words.Length)] + words[Zipf(words.Length)] + words[Zipf(words.Length)],
        _ => Latin[Zipf(Latin.Length)] + " " + Latin[Zipf(Latin.Length)],
    };

    /// <summary>A text of about so many characters.</summary>
    public string Text(int length, bool english = false, string? topic = null)
    {
        var text = new StringBuilder(length + 16);
        var sentence = 0;
        while (text.Length < length)
        {
            if (topic is not null && random.Next(60) == 0) text.Append(topic);
            text.Append(english ? Latin[Zipf(Latin.Length)] + " " : words[Zipf(words.Length)]);
            if (++sentence % 11 == 0) text.Append(english ? ". " : "。");
            else if (sentence % 5 == 0 && !english) text.Append('，');
        }
        return text.ToString();
    }

    /// <summary>Index of the n-th word with a chance of about 1/n.</summary>
    private int Zipf(int count) => Math.Min(count - 1, (int)Math.Exp(random.NextDouble() * Math.Log(count + 1)) - 1);

    private static string[] Words(int seed)
    {
        var random = new Random(seed + 1);
        return [.. Enumerable.Range(0, 8000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => Han[random.Next(Han.Length)])))];
    }
}
