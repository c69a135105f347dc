using System.Globalization;

namespace ResourceHub.Tests.Evaluation;

/// <summary>
/// Texts about made-up subjects, each with words of its own that not every text on it has, and queries by one keyword, or by some words in English. Other texts mention
/// the words in passing.
/// </summary>
internal sealed class Subjects(int seed)
{
    private const int Count = 60;
    private const int TextsOfEach = 18;

    private static readonly string Han = "丹乔仪仲伦佑修冠凌凯刚劲勉匠卓厚叶吟和品坚垣城堂墨奇妍娴孚宁守安宗定实宽密展岳峻川州帆平康延弘律徽德恒悦惠承拓敏文新旭昌明晖景朗柏栋格桐棠楷榆毅永江沛河泉波泰洋浩海涛淳清渊温源漠澄炎烁焕照燕爽玮珂琪瑞璞田申畅益盈真睿石砚磊祥禾秀程竹笃简素纯经维综翰聪胜腾舒航艺芳苑茂荣菁华蓝蔚藏行衡裕观言诚语谦豪贤赫超越辉达远迪通逸道邦郁采鉴钧铭锐长闻陆陶雅雨雪霖青静音韵顺颂飞鹏鸿麟黎";

    private static readonly string[] Common =
    [
        "研究表明，这一现象受到多种因素的影响", "我们比较了几种不同的方法，并讨论了它们的适用范围", "结果对教学和科学研究都有参考价值", "实验在不同的条件下重复了三次", "这一概念最早由国外学者提出", "数据来自多个地区的调查", "本文介绍其基本原理和主要应用",
        "初中和高中的教材对此都有涉及", "语文、数学、历史等学科的教师也参与了讨论", "进一步的工作仍在进行",
    ];

    /// <summary>Keywords that file lessons, and here do not.</summary>
    private static readonly string[] Schooling = ["物理", "小学数学", "高中", "第三单元", "七年级", "试卷", "必修一", "人教版"];

    private static readonly string[] CommonEnglish =
    [
        "We report a study of", "The results show a significant effect of", "In this paper we compare methods for", "These findings suggest a role for", "Patients and controls were examined for", "A model is proposed to explain", "Further work is needed on", "We measured the change in",
        "Data were collected in several regions on", "The method was applied to",
    ];

    private static readonly string[] Starts = ["neuro", "cardio", "hydro", "photo", "micro", "macro", "poly", "thermo", "bio", "geo", "electro", "immuno", "cyto", "lipo", "glyco", "aero", "chemo", "spectro"];
    private static readonly string[] Middles = ["gen", "tect", "phor", "lys", "morph", "plast", "trop", "stat", "kin", "dynam", "graph", "valen", "fract", "sorb"];
    private static readonly string[] Ends = ["ic", "ase", "osis", "ity", "ation", "ene", "ide", "ol", "in", "ism"];

    private readonly Random random = new(seed);

    /// <summary>One keyword; texts whose title says it are worth more than those that only belong to the subject.</summary>
    public Collection ByKeyword()
    {
        List<CollectedDocument> documents = [];
        List<CollectedQuery> queries = [];
        var words = Enumerable.Range(0, Count).Select(_ => Enumerable.Range(0, 6).Select(_ => Word(random.Next(2, 5))).ToArray()).ToList();
        for (var i = 0; i < Schooling.Length; i++) words[i][0] = Schooling[i];
        for (var subject = 0; subject < Count; subject++)
        {
            Dictionary<string, int> grades = [];
            for (var i = 0; i < TextsOfEach; i++)
            {
                var id = Id();
                var (isNamed, isTitled) = (random.Next(100) < 95, random.Next(3) == 0);
                var own = words[subject].Where((_, n) => n > 0 ? random.Next(3) > 0 : isNamed);
                var aside = random.Next(2) == 0 ? [words[random.Next(Count)][0]] : Array.Empty<string>();
                documents.Add(new(id, isTitled && isNamed ? $"{words[subject][0]}的{One(["研究", "应用", "历史", "教学"])}" : $"{words[subject][random.Next(1, 6)]}{One(["初探", "综述", "问题"])}", Text(own.Concat(own).Concat(aside), Common)));
                grades[id] = isTitled && isNamed ? 2 : 1;
            }
            queries.Add(new(Id(), words[subject][0], grades));
        }
        return new(documents, queries);

        string Id() => (documents.Count + 10_000 * queries.Count).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Some words of a subject, put as a title or a question, looked for in abstracts.</summary>
    public Collection ByEnglish()
    {
        List<CollectedDocument> documents = [];
        List<CollectedQuery> queries = [];
        var words = Enumerable.Range(0, Count).Select(_ => Enumerable.Range(0, 14).Select(_ => Term()).ToArray()).ToList();
        for (var subject = 0; subject < Count; subject++)
        {
            Dictionary<string, int> grades = [];
            for (var i = 0; i < TextsOfEach; i++)
            {
                var id = $"{subject}-{i}";
                var own = words[subject].Where(_ => random.Next(2) == 0).ToArray();
                var aside = words[random.Next(Count)].Take(2);
                documents.Add(new(id, $"{One(["On", "Effects of", "A study of", "The role of"])} {own[0]} and {own[^1]}", Text([.. own, .. own.Take(3), .. aside], CommonEnglish)));
                grades[id] = 1;
            }
            var asked = words[subject].OrderBy(_ => random.Next()).Take(3).ToArray();
            queries.Add(new($"q{subject}", One([$"What is the role of {asked[0]} in {asked[1]} and {asked[2]}?", $"{asked[0]} {asked[1]} studies of {asked[2]}", $"effects of {asked[0]}s on the {asked[1]} of {asked[2]}"]), grades));
        }
        return new(documents, queries);
    }

    private string Text(IEnumerable<string> words, string[] common)
    {
        var isEnglish = common == CommonEnglish;
        var sentences = words.Select(w => isEnglish ? $"{One(common)} {w}" : $"{One(common)}，{w}也是如此").Concat([One(common), One(common)]).OrderBy(_ => random.Next());
        return string.Join(isEnglish ? ". " : "。", sentences) + (isEnglish ? "." : "。");
    }

    private string Word(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Han[random.Next(Han.Length)]));

    private string Term() => random.Next(3) == 0 ? $"{One(Starts)}{One(Middles)} {One(Middles)}{One(Ends)}" : $"{One(Starts)}{One(Middles)}{One(Ends)}";

    private string One(string[] of) => of[random.Next(of.Length)];
}
