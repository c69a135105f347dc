namespace ResourceHub.Tests.Evaluation;

/// <summary>
/// Encyclopedia articles of made-up places, three paragraphs each under one title, and questions to which one paragraph has the answer in other words. Neighbours
/// mention each other, names share characters, and subjects and grades of schools are words like any other here.
/// </summary>
internal sealed class KnownItems(int seed)
{
    private const int Places = 120;

    private static readonly string[] Kinds = ["镇", "村", "县", "乡", "岛", "城"];
    private static readonly string[] Heads = ["青", "白", "石", "云", "龙", "松", "清", "长", "沙", "金", "永", "安", "平", "东", "南", "北", "临", "梅", "竹", "桂", "柳", "兰", "双", "古"];
    private static readonly string[] Tails = ["溪", "桥", "山", "河", "泉", "塘", "岭", "坪", "湾", "林", "阳", "川", "沟", "坝", "江", "潭", "门", "台", "峰", "井"];
    private static readonly string[] Seasons = ["春季", "夏季", "秋季", "冬季"];
    private static readonly string[] Plants = ["水杉", "红豆树", "银杏", "杜鹃", "木莲", "香榧", "珙桐", "石斛", "野核桃", "紫藤", "油茶", "马尾松"];
    private static readonly string[] Shapes = ["针形", "卵形", "心形", "扇形", "披针形", "羽状"];
    private static readonly string[] Crops = ["水稻", "花生", "茶叶", "甘蔗", "油菜", "柑橘", "荞麦", "桑树", "生姜", "红薯"];
    private static readonly string[] Crafts = ["竹编", "剪纸", "蜡染", "陶器", "年画", "木雕", "油纸伞", "刺绣", "铜器", "豆豉"];
    private static readonly string[] Acts = ["赛龙舟", "点河灯", "唱山歌", "舞草龙", "踩高跷", "放孔明灯", "吃百家饭", "祭拜井神"];
    private static readonly string[] Reasons = ["一场大火", "河流改道", "纪念一位教师", "与邻县重名", "避讳", "合并了两个村子"];
    private static readonly string[] Rulers = ["洪武", "永乐", "嘉靖", "万历", "康熙", "雍正", "乾隆", "光绪"];
    private static readonly string[] Prizes = ["全国农产品金奖", "省级工艺美术一等奖", "国际博览会银奖", "民间艺术山花奖"];

    private static readonly string[] Fillers =
    [
        "当地的小学和初中都开设了地方课程，学生在劳动课上学习传统手艺", "近年来交通有了很大改善，游客逐渐增多", "这里的历史可以从出土的陶片和碑刻中看到", "研究者认为，这与周围的地理环境有密切的关系",
        "六年级的语文读本收入了一篇介绍它的文章", "居民的生活与音乐、美术分不开", "有关部门发布了科学的保护规划", "关于这一点，不同的文献有不同的说法", "一些数学家和物理学家也曾到此考察",
    ];

    private readonly Random random = new(seed);

    public Collection Make()
    {
        var names = Heads.SelectMany(h => Tails.Select(t => h + t)).OrderBy(_ => random.Next()).Take(Places).Select(n => n + One(Kinds)).ToList();
        List<CollectedDocument> documents = [];
        List<CollectedQuery> queries = [];
        for (var i = 0; i < names.Count; i++)
        {
            var (name, near) = (names[i], names[(i + 7) % names.Count]);
            (string Fact, string Question)[][] parts = [Nature(name, near), Past(name, near), Life(name)];
            for (var part = 0; part < parts.Length; part++)
            {
                var id = $"{i}-{part}";
                var sentences = parts[part].Select(f => f.Fact).Concat([One(Fillers), One(Fillers), $"它与{near}相距不远"]).OrderBy(_ => random.Next());
                documents.Add(new(id, name, string.Join("。", sentences) + "。"));
                var asked = parts[part][random.Next(parts[part].Length)].Question;
                queries.Add(new(id, asked, new Dictionary<string, int> { [id] = 1 }));
            }
        }
        return new(documents, queries);
    }

    private (string, string)[] Nature(string name, string near)
    {
        var (river, plant, season) = (One(Heads) + One(Tails) + "水", One(Plants), One(Seasons));
        return
        [
            ($"{name}位于盆地{One(["东", "西", "南", "北"])}缘，海拔约{random.Next(200, 2900)}米", $"{name}的海拔大约是多少米？"),
            ($"境内的{river}发源于{near}的山谷，全长{random.Next(20, 300)}公里", $"流经{name}的{river}，它的发源地在哪里？"),
            ($"年平均气温{random.Next(8, 22)}摄氏度，降水多集中在{season}", $"{name}的降水主要集中在哪个季节？"),
            ($"山坡上生长着成片的{plant}，叶片呈{One(Shapes)}", $"{name}的山坡上有什么植物，叶片是什么形状？"),
        ];
    }

    private (string, string)[] Past(string name, string near)
    {
        var (ruler, building) = (One(Rulers), One(Heads) + One(Tails) + One(["寺", "塔", "书院", "会馆"]));
        return
        [
            ($"{ruler}{random.Next(2, 30)}年，当地人修建了{building}，历时{random.Next(2, 9)}年才完工", $"{name}的{building}是什么时候修建的？"),
            ($"县志记载，{name}原名{One(Heads)}{One(Tails)}，后因{One(Reasons)}而改名", $"为什么{name}后来改名，原名叫什么？"),
            ($"{random.Next(1820, 1960)}年的洪水冲毁了{random.Next(3, 20)}座石桥，许多人迁往{near}", $"哪一年的洪水冲毁了{name}的石桥？"),
            ($"抗战时期，一所大学曾迁到这里，在祠堂里上课{random.Next(2, 8)}年", $"抗战时期迁到{name}的大学在哪里上课？"),
        ];
    }

    private (string, string)[] Life(string name)
    {
        var (craft, month) = (One(Crafts), random.Next(1, 13));
        return
        [
            ($"{name}的居民以种植{One(Crops)}和制作{craft}为生", $"{name}的居民以什么为生？"),
            ($"每年农历{month}月举行庙会，人们在庙会上{One(Acts)}", $"{name}举行庙会的时候，人们会做什么？"),
            ($"这里出产的{craft}在{random.Next(1950, 2020)}年获得{One(Prizes)}", $"{name}出产的{craft}获得过什么奖？"),
            ($"全境人口{random.Next(3, 90)}万，其中约{random.Next(5, 60)}%在外务工", $"{name}有多少人口，外出务工的比例是多少？"),
        ];
    }

    private string One(string[] of) => of[random.Next(of.Length)];
}
