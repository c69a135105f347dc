using System.Globalization;

namespace ResourceHub.Tests.Evaluation;

/// <summary>Stems of exercises, long and full of what the exercise is dressed in, and worked solutions that say the same in their own way; many differ in their numbers or things only.</summary>
internal sealed class ExamQuestions(int seed)
{
    private const int Each = 45;

    private static readonly string[] Schools = ["某小学六年级", "七年级（2）班", "高一年级", "某校初三", "学校艺术节上五年级", "某中学"];
    private static readonly string[] Things = ["铅笔", "足球", "图书", "树苗", "月饼", "水杯", "跳绳", "颜料", "口罩", "粽子", "书包", "花盆", "毽子", "日记本"];
    private static readonly string[] Metals = ["铁块", "铜块", "铝块", "石块", "木块", "合金球"];
    private static readonly string[] Liquids = ["水", "酒精", "盐水", "煤油", "硫酸铜溶液"];
    private static readonly string[] Vehicles = ["汽车", "客船", "电动车", "动车组", "快递车", "自行车"];
    private static readonly string[] Cities = ["甲地到乙地", "学校到博物馆", "码头到小岛", "县城到省城", "图书馆到科技馆"];
    private static readonly string[] Salts = ["碳酸钙", "氯化钠", "硝酸钾", "氢氧化钠", "硫酸铜", "高锰酸钾", "碳酸氢钠"];
    private static readonly string[] Shapes = ["圆锥", "圆柱", "长方体", "正四棱锥", "三棱柱", "半球"];

    private readonly Random random = new(seed);

    public Collection Make()
    {
        List<CollectedDocument> documents = [];
        List<CollectedQuery> queries = [];
        Func<(string Stem, string Solution)>[] kinds = [Buying, Floating, Travelling, Dissolving, Solid, Growing, Circuit, Chance];
        for (var i = 0; i < kinds.Length * Each; i++)
        {
            var (stem, solution) = kinds[i % kinds.Length]();
            var id = i.ToString(CultureInfo.InvariantCulture);
            documents.Add(new(id, "", solution));
            queries.Add(new(id, stem, new Dictionary<string, int> { [id] = 1 }));
        }
        return new(documents, queries);
    }

    private (string, string) Buying()
    {
        var (one, other, a, b, n) = (One(Things), One(Things), Number(3, 30), Number(3, 30), Number(20, 90));
        return ($"{One(Schools)}准备购买{one}和{other}作为奖品。已知每个{one}{a}元，每个{other}{b}元，一共要买{n}个，且{one}的数量不少于{other}的两倍，请问怎样购买才能使总费用最少？最少是多少元？",
            $"解：设购买{one}x个，则购买{other}({n}-x)个。由题意 x≥2({n}-x)，总费用 w={a}x+{b}({n}-x)。由一次函数的增减性，在取值范围的端点处费用最少，代入求得结果即可。");
    }

    private (string, string) Floating()
    {
        var (metal, liquid, v, f) = (One(Metals), One(Liquids), Number(50, 500), Number(2, 20));
        return ($"如图所示，将一个体积为{v}立方厘米的{metal}用细线悬挂在弹簧测力计下，浸没在盛有{liquid}的烧杯中，静止时测力计的示数为{f}N。求{metal}受到的浮力的大小以及它的密度。（g取10N/kg）",
            $"分析：{metal}浸没时排开{liquid}的体积等于自身体积{v}cm³，由阿基米德原理求出浮力；根据称重法，重力等于浮力加示数{f}N，再由密度公式计算。");
    }

    private (string, string) Travelling()
    {
        var (vehicle, way, a, b) = (One(Vehicles), One(Cities), Number(30, 120), Number(2, 9));
        return ($"一辆{vehicle}从{way}，原计划每小时行驶{a}千米，由于天气原因实际速度降低了，结果比原计划晚{b}小时到达，已知返回时按原速行驶，求两地之间的路程和实际行驶的速度各是多少？",
            $"解答：设{way}的路程为s千米，{vehicle}实际的速度为v，则 s/v-s/{a}={b}，列分式方程，去分母化为整式方程求解，并检验是否符合题意。");
    }

    private (string, string) Dissolving()
    {
        var (salt, m, w, t) = (One(Salts), Number(5, 60), Number(50, 300), Number(10, 80));
        return ($"实验室在{t}℃时将{m}克{salt}加入到{w}克水中，充分搅拌后恢复到原来的温度，仍有少量固体没有溶解。{One(Schools)}的同学想计算所得溶液中溶质的质量分数，并配制一定浓度的稀溶液，应怎样操作？",
            $"{t}℃时{salt}在{w}g水中达到饱和，溶质的质量应按溶解度计算，而不是加入的{m}g。质量分数等于溶质质量除以溶液质量；稀释前后溶质的质量不变。");
    }

    private (string, string) Solid()
    {
        var (shape, a, h) = (One(Shapes), Number(2, 20), Number(3, 30));
        return ($"工厂要制作一批底面边长（或直径）为{a}厘米、高为{h}厘米的{shape}形零件，表面要全部涂漆，已知每平方厘米用漆若干克。{One(Schools)}的同学参观后提出：这个{shape}的体积和表面积分别是多少？",
            $"本题考查{shape}的体积与表面积公式。底面尺寸{a}cm，高{h}cm，先求底面积，再代入体积公式；展开侧面求出侧面积，与底面积相加就是涂漆的面积。");
    }

    private (string, string) Growing()
    {
        var (thing, year, rate) = (One(Things), Number(2005, 2024), Number(5, 40));
        return ($"某厂{year}年生产{thing}的产量为若干万件，此后每年的产量都比上一年增长{rate}%。{One(Schools)}的小组讨论：按照这样的速度，从哪一年开始，{thing}的年产量会超过{year}年的三倍？（参考数据见附表）",
            $"解析：{year}年为首项，{thing}的年产量组成公比为1+{rate}%的等比数列，由通项公式列不等式(1+{rate}%)^n>3，两边取对数，解得最小的正整数n。");
    }

    private (string, string) Circuit()
    {
        var (u, r, p) = (Number(3, 36), Number(2, 50), Number(1, 30));
        return ($"如图，电源电压恒为{u}V，定值电阻R1的阻值为{r}Ω，小灯泡上标有“{p}W”字样且灯丝电阻不变。闭合开关，移动滑动变阻器的滑片，当灯泡正常发光时，求通过电路的电流以及滑动变阻器接入电路的阻值。",
            $"灯泡正常发光时功率为{p}W，由P=UI求电流；串联电路中电流处处相等，总电阻等于{u}V除以电流，减去R1的{r}Ω和灯丝电阻，就是变阻器接入的阻值。");
    }

    private (string, string) Chance()
    {
        var (one, other, a, b) = (One(Things), One(Things), Number(2, 12), Number(2, 12));
        return ($"{One(Schools)}举行联欢会，盒子里装有{a}张写着“{one}”的卡片和{b}张写着“{other}”的卡片，它们除文字外完全相同。小组成员从中随机不放回地抽取两张，求两张卡片文字不同的概率，并用列表法或树状图说明。",
            $"画树状图：共有{a}+{b}张卡片，不放回抽取两张。一张是{one}、一张是{other}的结果数为2×{a}×{b}，除以所有等可能的结果数，得到文字不同的概率。");
    }

    private int Number(int from, int to) => random.Next(from, to);

    private string One(string[] of) => of[random.Next(of.Length)];
}
