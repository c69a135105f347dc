using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using ResourceHub.Core.Text;

namespace ResourceHub.Indexer.Extractors;

/// <summary>The words over the parts of a lesson plan, and the field that each stands for.</summary>
internal static partial class PlanLabels
{
    private static readonly (string Field, string Words)[] Known =
    [
        ("title", "课题 课题名称 教学课题 课名 题目 课文题目 活动名称 教学主题 lessontitle topic"),
        ("subject", "学科 科目 任教学科 所属学科 学科领域 subject"),
        ("grade", "年级 授课年级 适用年级 教学年级 授课对象 教学对象 年级班级 学段年级 班级 授课班级 grade"),
        ("edition", "教材版本 版本 教材 使用教材 选用教材 所用教材 教科书版本 textbook"),
        ("volume", "册次 册别 教材册次 册数 volume"),
        ("unit", "单元 所属单元 章节 单元名称 单元课题 所在单元 单元主题 unit"),
        ("period", "课时 课时安排 教学课时 第几课时 课时数 课时计划 period"),
        ("objectives", "教学目标 学习目标 教学目的 核心素养目标 素养目标 活动目标 课时目标 课时教学目标 三维目标 教学目标与要求 objectives learningobjectives teachingobjectives"),
        ("keyPoints", "教学重点 教学难点 教学重难点 重点难点 重难点 教学重点难点 教学重点和难点 教学重点与难点 教学重点、难点 学习重点 学习难点 学习重难点 活动重点 活动难点 活动重难点 重点 难点 keypoints difficulties"),
        ("process", "教学过程 教学流程 教学环节 教学步骤 活动过程 学习过程 教学过程设计 教学活动过程 procedure teachingprocedure"),
        ("", "教材分析 学情分析 学情 设计理念 设计思路 设计意图 指导思想 教学准备 课前准备 教具准备 教学具准备 活动准备 教学方法 教法学法 教法 学法 教学手段 教学资源 教学媒体 板书设计 板书 作业设计 作业布置 课后作业 布置作业 教学反思 课后反思 教学后记 教学评价 评价设计 课型 授课教师 执教教师 教师 姓名 学校 单位 时间 授课时间 日期 教学内容 内容分析 课标要求 课程标准 参考资料 备注"),
    ];

    private static readonly FrozenDictionary<string, string> Fields =
        Known.SelectMany(k => k.Words.Split(' ').Select(w => (w, k.Field))).ToFrozenDictionary(x => x.w, x => x.Field);

    /// <summary>Labels with a colon, wherever they stand in a line; teachers stretch short labels with spaces ("课　题：").</summary>
    private static readonly Regex Colon = new(
        @"(?:^|(?<=[\s。；;，,、|]))[【\[（(〔]?\s*(" + string.Join('|', Fields.Keys.OrderByDescending(w => w.Length).Select(w => string.Join(@"\s*", w.Select(c => Regex.Escape(c.ToString()))))) + @")\s*[】\])）〕]?\s*[:：]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));

    /// <summary>The field whose label this whole text is: "" for a label that only ends another part, null for any other text.</summary>
    public static string? FieldOf(string text)
    {
        if (text.Length > 30) return null;
        var bare = Bare(text);
        return bare.Length is 0 or > 20 ? null : Fields.GetValueOrDefault(bare);
    }

    /// <summary>Every "label：" of a line, where its label and its value begin.</summary>
    public static IReadOnlyList<(string Field, string Label, int Start, int ValueStart)> In(string line)
        => [.. Colon.Matches(line).Select(m => (Fields[Bare(m.Groups[1].Value)], m.Groups[1].Value, m.Index, m.Index + m.Length))];

    /// <summary>A line without the numbering before it: "一、", "（二）", "3.".</summary>
    public static string WithoutNumber(string line) => Number().Replace(line, "");

    private static string Bare(string text)
    {
        var bare = new StringBuilder();
        foreach (var c in WithoutNumber(UnicodeForms.Nfkc(text).Trim()))
            if (!char.IsWhiteSpace(c) && c is not ('【' or '】' or '[' or ']' or ':' or '〔' or '〕' or '■' or '◆' or '★' or '*' or '#')) bare.Append(char.ToLowerInvariant(c));
        return bare.ToString();
    }

    [GeneratedRegex(@"^\s*(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?[、.．：:\s]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）]|[■◆●★▲#*]+)\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
