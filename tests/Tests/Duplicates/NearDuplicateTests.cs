using System.Text;
using ResourceHub.Tests.Sharing;

namespace ResourceHub.Tests.Duplicates;

public sealed class NearDuplicateTests(SharingWorld world) : IClassFixture<SharingWorld>
{
    private const string Plan = """
        圆的面积教学设计
        让学生把圆平均分成十六份，拼成近似的长方形，观察长方形的长和宽与圆的周长和半径有什么关系。
        小组讨论：分的份数越多，拼成的图形越接近什么图形？请用自己的话说明理由并记录在学习单上。
        教师引导学生推导出圆的面积公式，并用它计算花坛、圆桌桌布和喷灌范围等生活中的问题。
        课堂小结之后布置分层作业，学有余力的同学可以查找古人计算圆面积的方法并在下节课分享。
        """;

    private async Task<string> DraftAsync(string title, string text, string name, string? key = null, string? school = null)
    {
        var id = await world.DraftAsync(title, key, school, text: "这份附件与别的内容毫不相干，只是占一个位置，" + title + "需要的材料另行准备，请各位老师留意通知。");
        await world.Hub.AttachAsync(id, Encoding.UTF8.GetBytes(text), name, key ?? world.Author);
        return id;
    }

    private async Task<string[]> NearAsync(string id, string key)
        => [.. (await world.SeeAsync(id, "nearDuplicates { nearness jaccard resource { title } file { name } ofFile { name } }", key)).GetProperty("nearDuplicates").EnumerateArray().Select(n => $"{n.GetProperty("nearness").GetString()} {n.GetProperty("resource").GetProperty("title").GetString()} {n.GetProperty("file").GetProperty("name").GetString()}")];

    [Fact]
    public async Task An_upload_is_told_what_it_may_be_based_on_among_what_its_uploader_sees()
    {
        var source = await DraftAsync("圆的面积 原稿", Plan, "教案.txt");
        await world.ApproveAsync(source, world.Partners);
        var hidden = await DraftAsync("圆的面积 未共享", Plan + "\n校内补充说明一行。", "教案二.txt");
        await world.ApproveAsync(hidden);
        var same = await DraftAsync("原样再传", Plan, "教案.txt", world.TakerTeacher, world.Taker);
        var resaved = await DraftAsync("换了格式", Plan.Replace("\n", "\r\n\r\n", StringComparison.Ordinal).Replace("，", " ， ", StringComparison.Ordinal), "教案.txt", world.TakerTeacher, world.Taker);
        var edited = await DraftAsync("改了一段", Plan.Replace("教师引导学生推导出圆的面积公式，并用它计算花坛、圆桌桌布和喷灌范围等生活中的问题。", "先估一估再算一算，比较两种方法的结果。", StringComparison.Ordinal), "教案.txt", world.TakerTeacher, world.Taker);
        await world.Hub.IdleAsync();
        Assert.Contains("SAME_BYTES 圆的面积 原稿 教案.txt", await NearAsync(same, world.TakerTeacher));
        Assert.Contains("SAME_TEXT 圆的面积 原稿 教案.txt", await NearAsync(resaved, world.TakerTeacher));
        var near = await NearAsync(edited, world.TakerTeacher);
        Assert.Contains("NEAR_DUPLICATE 圆的面积 原稿 教案.txt", near);
        Assert.DoesNotContain(near, n => n.Contains("未共享", StringComparison.Ordinal));
        Assert.Contains(await NearAsync(source, world.Author), n => n.Contains("未共享", StringComparison.Ordinal));
        // Another school is told nothing of what a resource is like.
        Assert.Empty(await NearAsync(source, world.TakerTeacher));
    }
}
