using System.Text;
using ResourceHub.Core.Files;
using Xunit;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Indexer;

/// <summary>Text in every encoding that Chinese schools still have on their disks, from sixteen characters on.</summary>
public sealed class ExtractTextTests : IDisposable
{
    private const int Shortest = 16;

    private static readonly string[] Simplified =
    [
        "圆的面积等于圆周率乘半径的平方，计算时要先求出半径。",
        "春天来了，校园里的桃花开了，同学们在树下读书、唱歌。",
        "异分母分数相加减，先通分，再按照同分母分数加减法的法则计算。",
        "绿色植物通过叶绿体，利用光能，把二氧化碳和水转化成储存能量的有机物，并且释放出氧气。",
        "教师引导学生观察实验现象，记录数据，分组讨论后汇报结论。",
        "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
        "长江发源于青藏高原，自西向东流经十一个省级行政区，最后注入东海。",
        "请家长带好户口簿、房产证和预防接种证，到学校教务处办理入学登记手续。",
        "计算机用二进制存储信息，每一位只有零和一两种状态。",
        "新能源汽车的动力电池需要定期检查，发现鼓包应立即停止使用并联系维修人员。",
        "本单元的教学重点是理解分数的意义，难点是单位“1”的抽象概括。",
        "小明买了三支铅笔和两本练习本，一共花了十二元五角，每支铅笔多少钱？",
        "辛亥革命推翻了清王朝的统治，结束了中国两千多年的封建君主专制制度。",
        "匀速直线运动的物体在任意相等的时间内通过的路程都相等。",
        "幼儿园大班的孩子们学习分类、排序，认识十以内的数和简单的图形。",
    ];

    private static readonly string[] Traditional =
    [
        "圓的面積等於圓周率乘半徑的平方，計算時要先求出半徑。",
        "春天來了，校園裡的桃花開了，同學們在樹下讀書、唱歌。",
        "異分母分數相加減，先通分，再按照同分母分數加減法的法則計算。",
        "教師引導學生觀察實驗現象，記錄數據，分組討論後匯報結論。",
        "電腦用二進位儲存資訊，每一位只有零和一兩種狀態。",
        "長江發源於青藏高原，自西向東流經十一個省級行政區，最後注入東海。",
        "請家長帶好戶口名簿和預防接種證明，到學校教務處辦理入學登記手續。",
        "小明買了三支鉛筆和兩本練習本，一共花了十二元五角，每支鉛筆多少錢？",
        "等速直線運動的物體在任意相等的時間內通過的路程都相等。",
        "本單元的教學重點是理解分數的意義，難點是單位的抽象概括。",
    ];

    private readonly MadeFiles files = new();
    private readonly ITestOutputHelper output;

    public ExtractTextTests(ITestOutputHelper output)
    {
        this.output = output;
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
    }

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("gb18030", false)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("big5", true)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("gb18030", true)]
    public void Every_piece_of_a_sentence_from_sixteen_characters_on_is_read_right(string encoding, bool traditional)
    {
        var wrong = new List<string>();
        var tried = 0;
        foreach (var piece in Pieces(traditional ? Traditional : Simplified))
        {
            tried++;
            var read = files.Read(Encoding.GetEncoding(encoding).GetBytes(piece), "a.txt");
            if (read.Sections is not [{ Text: var text }] || text != piece.Replace("\r", "").Trim()) wrong.Add($"{piece} → {read.State} {string.Concat(read.Sections.Select(s => s.Text))}");
        }
        output.WriteLine($"{encoding}: {tried} pieces, {wrong.Count} wrong");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {tried}:\n{string.Join('\n', wrong.Take(20))}");
    }

    /// <summary>Pieces of 16, 20 and 28 characters from every place, some with Latin words, digits and line ends between.</summary>
    private static IEnumerable<string> Pieces(string[] sentences)
    {
        var all = string.Concat(sentences);
        foreach (var length in (int[])[Shortest, 20, 28])
            for (var at = 0; at + length <= all.Length; at++)
                yield return all.Substring(at, length);
        foreach (var sentence in sentences) yield return $"Unit 3\r\n1. {sentence}\r\n2. {sentence}";
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_is_believed_and_not_part_of_the_text(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var read = files.Read([.. encoding.GetPreamble(), .. encoding.GetBytes("短文")], "a.txt");
        Assert.Equal("短文", read.Sections.Single().Text);
    }

    [Theory]
    [InlineData("Lesson plan: adding fractions with unlike denominators.", "us-ascii")]
    [InlineData("Le café est fermé. L'élève étudie à l'école près de la forêt.", "windows-1252")]
    [InlineData("Die Schüler üben größere Übungen für die Prüfung.", "windows-1252")]
    [InlineData("Министерство образования и науки Российской Федерации проводит олимпиаду.", "windows-1251")]
    public void Other_languages_are_not_taken_for_chinese(string text, string encoding)
        => Assert.Equal(text, files.Read(Encoding.GetEncoding(encoding).GetBytes(text), "a.txt").Sections.Single().Text);

    [Fact]
    public void A_long_file_cut_in_the_middle_of_a_character_by_the_sample_is_still_read_right()
    {
        var text = "一" + string.Concat(Enumerable.Repeat("分数的意义和性质，", 20_000));
        foreach (var shift in (string[])["", "a", "ab"])
            Assert.StartsWith(shift + "一分数", files.Read(Encoding.GetEncoding("gb18030").GetBytes(shift + text), "a.txt").Sections[0].Text);
    }

    [Fact]
    public void Text_beyond_what_is_kept_is_partial_and_says_so()
    {
        var read = files.Read(string.Concat(Enumerable.Repeat("0123456789 abcdefgh\n", 300_000)), "a.txt");
        Assert.Equal((ExtractionState.Partial, "too-large"), (read.State, read.Reason));
        Assert.InRange(read.Sections.Sum(s => s.Text.Length), 4_500_000, 5_000_000);
    }
}
