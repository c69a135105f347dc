using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Search.Understanding;

/// <summary>
/// The words that teachers file lessons by, from the taxonomy with its synonyms, and how far each is to be believed. What is ambiguous is listed here:
/// a topic must not be swallowed because it begins like a subject.
/// </summary>
internal static class FilingWords
{
    /// <summary>Two characters that stand in too many other words, or for too much else.</summary>
    private static readonly HashSet<string> Weak =
    [
        "教科", "青岛", "外研", "译林", "人音", "人美", "自然", "外语", "国文", "心理", "绘画", "戏曲", "影视", "校本", "班会", "劳技", "旅游", "水利", "备课", "教研", "资源包",
        "小一", "小二", "小三", "小四", "小五", "小六", "中职一", "中职二", "中职三",
    ];

    /// <summary>Kinds that may as well be what a lesson is about.</summary>
    private static readonly HashSet<string> MaybeTopic =
    [
        "练习", "作业", "实验", "反思", "视频", "动画", "图片", "音频", "教材", "课本", "指南", "实录", "网课", "评课", "实训", "期末卷", "单元卷", "真题", "素材", "课程包", "校本课程", "校本教材", "教研活动", "实验报告", "演示实验",
    ];

    /// <summary>Latin words that stand in English and Chinese text alike; all other English is read word by word: <see cref="EnglishWords"/>.</summary>
    private static readonly HashSet<string> LatinAmongChinese = ["ppt", "pep", "课件ppt"];

    private static readonly string[] Topics =
    [
        "数学广角", "数学家", "数学归纳法", "数学建模", "数学期望", "数学文化", "数学思想", "数学日记", "数学活动", "数学游戏", "语文园地", "语文活动", "英语角", "科学记数法", "科学计数法", "科学家", "科学精神", "科学探究",
        "物理变化", "物理性质", "物理学", "物理量", "化学变化", "化学性质", "化学反应", "化学方程式", "化学键", "化学平衡", "化学元素", "化学式", "化学能", "化学计量", "化学品", "生物圈", "生物体", "生物膜", "生物多样性", "生物技术", "生物工程", "生物进化", "生物与环境",
        "地理环境", "地理位置", "地理信息", "历史人物", "历史故事", "历史上", "音乐剧", "音乐家", "音乐会", "美术馆", "美术字", "艺术节", "艺术字", "劳动节", "劳动者", "劳动合同", "劳动最光荣", "政治制度", "政治经济", "政治家",
        "戏剧表演", "舞蹈家", "体育节", "体育精神", "体育场", "自然数", "自然界", "自然选择", "心理素质", "信息技术与", "社会主义", "社会实践", "社会生活", "语言文字", "语言的", "健康饮食", "健康生活",
        "实验小学", "实验学校", "实验中学", "实验幼儿园", "七上八下", "三下乡", "三下五除二", "一上来", "一下子", "高三角", "初一十五", "小学生", "初中生", "高中生", "作业帮", "指南针", "教材分析", "教材解读", "课件制作", "微课制作", "试卷讲评", "试卷分析", "试题分析", "作业批改",
    ];

    public static readonly WordTree<FilingWord> Tree = Read();

    public static string Fold(string text) => Simplified.Of(UnicodeForms.Nfkc(text)).ToLowerInvariant();

    /// <summary>A word as it is, and with its numeral written the Arabic way and the Chinese: 必修第一册, 必修第1册.</summary>
    private static IEnumerable<string> Written(string word)
    {
        const string numerals = "一二三四五六七八九";
        yield return word;
        yield return string.Concat(word.Select(c => numerals.Contains(c, StringComparison.Ordinal) ? (char)('1' + numerals.IndexOf(c, StringComparison.Ordinal)) : c));
        if (word.Count(char.IsAsciiDigit) == 1) yield return string.Concat(word.Select(c => c is >= '1' and <= '9' ? numerals[c - '1'] : c));
    }

    private static WordTree<FilingWord> Read()
    {
        var tree = new WordTree<FilingWord>();
        foreach (var topic in Topics) tree.Add(topic, FilingWord.Topic);
        foreach (var (vocabulary, field) in ((Vocabulary, ChipField)[])[(Vocabulary.Stage, ChipField.Stage), (Vocabulary.Grade, ChipField.Grade), (Vocabulary.Edition, ChipField.Edition), (Vocabulary.Volume, ChipField.Volume), (Vocabulary.Kind, ChipField.Kind), (Vocabulary.Subject, ChipField.Subject)])
            foreach (var term in Terms.Of(vocabulary))
                foreach (var word in term.Synonyms.Prepend(term.Zh).Select(Fold))
                    if (word.Length > 1 && (!word.Any(char.IsAsciiLetter) || LatinAmongChinese.Contains(word)))
                        foreach (var written in Written(word)) tree.Add(written, Of(field, term.Code, word));
        foreach (var (word, code) in ((string, string)[])[("上学期", "upper"), ("第一学期", "upper"), ("秋季学期", "upper"), ("下学期", "lower"), ("第二学期", "lower"), ("春季学期", "lower")])
            foreach (var written in Written(word)) tree.Add(written, new(ChipField.Volume, code, Hold.Beside, Hold.Beside));
        foreach (var (word, code) in ((string, string)[])[("语言", "ps-language"), ("社会", "ps-society"), ("健康", "ps-health")])
            tree.Add(word, new(ChipField.Subject, code, Hold.Beside, Hold.Beside, OfPreschool: true));
        return tree;
    }

    private static FilingWord Of(ChipField field, string code, string word) => Weak.Contains(word) ? new(field, code, field == ChipField.Subject || field == ChipField.Kind ? Hold.Alone : Hold.Beside, Hold.Alone) : field switch
    {
        ChipField.Stage => new(field, code, Hold.Surely, Hold.Beside, NotBefore: "生校部教的里"),
        ChipField.Grade when code is "nursery" or "small" or "middle" or "big" => new(field, code, Hold.Surely, Hold.Beside, NotBefore: "化额制长的"),
        ChipField.Grade => new(field, code, Hold.Surely, Hold.Surely, NotBefore: "的角些点级"),
        ChipField.Edition => new(field, code, Hold.Surely, Hold.Surely, NotBefore: "附实"),
        ChipField.Volume => new(field, code, Hold.Surely, Hold.Surely),
        ChipField.Kind => new(field, code, Hold.Beside, Hold.Surely, MaybeTopic.Contains(word)),
        _ when code.StartsWith("v-", StringComparison.Ordinal) => new(field, code, Hold.Alone, Hold.Alone),
        _ => new(field, code, Hold.Beside, Hold.Beside, NotBefore: "家者性化式量的"),
    };
}
