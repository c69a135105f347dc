using System.Text;
using System.Text.Json;
using ResourceHub.Tests.Sharing;

namespace ResourceHub.Tests.Comparison;

public sealed class UpstreamTests(SharingWorld world) : IClassFixture<SharingWorld>
{
    private const string Changes = "fromVersion toVersion fields { key field before after ours isConflict decision } files { key kind isConflict decision before { name } after { name } content { state paragraphs { change text { kind text } } } }";

    private async Task<(string Source, string Copy)> AdaptedAsync(string title)
    {
        var source = await world.ReviewedAsync(title, world.Partners);
        var copy = await world.ChangeAsync("adaptResource", new { resourceId = source, schoolId = world.Taker }, world.TakerTeacher, "resource { id }");
        return (source, copy.GetProperty("resource").GetProperty("id").GetString()!);
    }

    private async Task<JsonElement> UpstreamAsync(string copy, string? key = null)
        => (await world.SeeAsync(copy, $"basedOn {{ upstreamChanges {{ {Changes} }} }}", key ?? world.TakerTeacher)).GetProperty("basedOn").GetProperty("upstreamChanges");

    /// <summary>Fields and files as key: before → after (ours) !conflict decision.</summary>
    private static string[] Said(JsonElement changes) =>
    [
        .. changes.GetProperty("fields").EnumerateArray().Select(f => $"{f.GetProperty("field")}: {f.GetProperty("before")} → {f.GetProperty("after")} ({f.GetProperty("ours")}){Mark(f)}"),
        .. changes.GetProperty("files").EnumerateArray().Select(f => $"{f.GetProperty("kind")} {Name(f, "before")} → {Name(f, "after")}{Mark(f)}"),
    ];

    private static string Mark(JsonElement change) => (change.GetProperty("isConflict").GetBoolean() ? " !" : "") + (change.GetProperty("decision").GetString() is { } decided ? " " + decided : "");

    private static string Name(JsonElement change, string side) => change.GetProperty(side) is { ValueKind: JsonValueKind.Object } file ? file.GetProperty("name").GetString()! : "-";

    private Task<JsonElement> SayAsync(string id, object said, string? key = null)
    {
        var input = JsonSerializer.Deserialize<Dictionary<string, object?>>(JsonSerializer.Serialize(said))!;
        input["resourceId"] = id;
        return world.ChangeAsync("updateResource", input, key ?? world.Author);
    }

    private Task<JsonElement> AttachAsync(string id, string name, string text, string key) => world.Hub.AttachAsync(id, Encoding.UTF8.GetBytes(text), name, key);

    [Fact]
    public async Task What_the_partner_changed_is_shown_taken_and_declined_field_by_field_and_the_partner_hears_of_it()
    {
        var (source, copy) = await AdaptedAsync("通分（采纳）");
        await SayAsync(source, new { description = "加了分层练习", keywords = new[] { "通分", "分层" } });
        Assert.Equal(["description:  → 加了分层练习 ()", "keywords:  → 通分、分层 ()"], Said(await UpstreamAsync(copy)));
        var taken = await world.ChangeAsync("takeChange", new { resourceId = copy, key = "field:Description" }, world.TakerTeacher, "resource { description version versions { nodes { what why } } }");
        Assert.Equal("加了分层练习", taken.GetProperty("resource").GetProperty("description").GetString());
        Assert.Equal("taken", taken.GetProperty("resource").GetProperty("versions").GetProperty("nodes")[0].GetProperty("what").GetString());
        await world.ChangeAsync("declineChange", new { resourceId = copy, key = "field:Keywords" }, world.TakerTeacher);
        Assert.Equal(["description:  → 加了分层练习 (加了分层练习) TAKEN", "keywords:  → 通分、分层 () DECLINED"], Said(await UpstreamAsync(copy)));
        var activity = await world.Hub.QueryAsync("query($id: ID!) { partnership(id: $id) { activity(first: 2) { nodes { kind school { name } resource { title } } } } }", new { id = world.Agreement }, world.Author);
        Assert.Equal("""[{"kind":"NOT_TAKEN","school":{"name":"巴中第一实验小学"},"resource":{"title":"通分（采纳）"}},{"kind":"TAKEN","school":{"name":"巴中第一实验小学"},"resource":{"title":"通分（采纳）"}}]""", activity.GetProperty("partnership").GetProperty("activity").GetProperty("nodes").GetRawText());
        Assert.Contains("change-taken", await world.AuditAsync(source));
    }

    [Fact]
    public async Task A_declined_change_comes_back_only_when_it_changes_again()
    {
        var (source, copy) = await AdaptedAsync("通分（谢绝）");
        await SayAsync(source, new { description = "第一次改" });
        await world.ChangeAsync("declineChange", new { resourceId = copy, key = "field:Description" }, world.TakerTeacher);
        await SayAsync(source, new { chapter = "分数" });
        Assert.Equal(["description:  → 第一次改 () DECLINED", "chapter:  → 分数 ()"], Said(await UpstreamAsync(copy)));
        await SayAsync(source, new { description = "第二次改" });
        Assert.Equal("description:  → 第二次改 ()", Said(await UpstreamAsync(copy))[0]);
    }

    [Fact]
    public async Task Where_both_changed_both_are_shown_and_nothing_is_merged()
    {
        var (source, copy) = await AdaptedAsync("通分（冲突）");
        await SayAsync(copy, new { description = "巴中的说明" }, world.TakerTeacher);
        await SayAsync(source, new { description = "江北的说明" });
        Assert.Equal(["description:  → 江北的说明 (巴中的说明) !"], Said(await UpstreamAsync(copy)));
        await world.ChangeAsync("takeChange", new { resourceId = copy, key = "field:Description" }, world.TakerTeacher);
        await SayAsync(source, new { description = "江北的新说明" });
        // What was taken over is not the copy's own change.
        Assert.Equal(["description:  → 江北的新说明 (江北的说明)"], Said(await UpstreamAsync(copy)));
    }

    [Fact]
    public async Task A_file_that_the_partner_added_is_taken_with_its_bytes_and_what_was_made_of_the_copy_is_told_beside_the_source()
    {
        var (source, copy) = await AdaptedAsync("通分（文件）");
        await world.Hub.AttachAsync(source, "先找最小公倍数"u8.ToArray(), "练习.txt", world.Admin);
        await world.Hub.AttachAsync(copy, "异分母分数要先通分\n再比较"u8.ToArray(), "补充.txt", world.TakerTeacher);
        Assert.Equal(["ADDED - → 练习.txt"], Said(await UpstreamAsync(copy)));
        var taken = await world.ChangeAsync("takeChange", new { resourceId = copy, key = "file:练习.txt" }, world.TakerTeacher, "resource { files { name sha256 } }");
        Assert.Equal(["通分（文件）.txt", "补充.txt", "练习.txt"], taken.GetProperty("resource").GetProperty("files").EnumerateArray().Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(["ADDED - → 练习.txt TAKEN"], Said(await UpstreamAsync(copy)));
        var changes = (await world.SeeAsync(copy, $"basedOn {{ changes {{ {Changes} }} }}", world.TakerTeacher)).GetProperty("basedOn").GetProperty("changes");
        Assert.Equal(["ADDED - → 练习.txt", "ADDED - → 补充.txt"], Said(changes).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Versions_of_ones_own_are_compared_to_the_paragraph_and_restored_as_a_new_version()
    {
        var id = await world.DraftAsync("版本", text: "异分母分数先通分\n再比较大小");
        await world.Hub.IdleAsync();
        await SayAsync(id, new { description = "写了说明" });
        await world.ChangeAsync("restoreResourceVersion", new { resourceId = id, number = 1, why = "附件加错了" }, world.Author);
        await AttachAsync(id, "版本.txt", "异分母分数先要通分\n再比较大小", world.Author);
        await world.Hub.IdleAsync();
        var seen = await world.SeeAsync(id, $"version description files {{ name }} versions {{ nodes {{ what why }} }} first: comparison(from: 2, to: 3) {{ {Changes} }} last: comparison(from: 2) {{ {Changes} }} none: comparison(from: 1, to: 99) {{ toVersion }}", world.Author);
        Assert.Equal("", seen.GetProperty("description").GetString() ?? "");
        Assert.Equal(["description:  → 写了说明 ()"], Said(seen.GetProperty("first")));
        var replaced = Assert.Single(seen.GetProperty("last").GetProperty("files").EnumerateArray());
        Assert.Equal("REPLACED", replaced.GetProperty("kind").GetString());
        Assert.Equal("""[{"change":"CHANGED","text":[{"kind":null,"text":"异分母分数先"},{"kind":"ADDED","text":"要"},{"kind":null,"text":"通分"}]}]""", replaced.GetProperty("content").GetProperty("paragraphs").GetRawText());
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("none").ValueKind);
        Assert.Contains(seen.GetProperty("versions").GetProperty("nodes").EnumerateArray(), v => v.GetProperty("what").GetString() == "restored" && v.GetProperty("why").GetString() == "附件加错了");
    }

    [Fact]
    public async Task What_changed_is_for_the_two_schools_and_ends_with_the_source()
    {
        var (source, copy) = await AdaptedAsync("通分（谁能看）");
        await SayAsync(source, new { description = "改了" });
        await world.ChangeAsync("submitForReview", new { resourceId = copy, visibility = "PARTNERS", partnershipIds = new[] { world.Agreement } }, world.TakerTeacher);
        await world.ChangeAsync("approveResource", new { resourceId = copy }, world.TakerAdmin);
        const string asked = "basedOn { changes { toVersion } upstreamChanges { toVersion } }";
        var author = (await world.SeeAsync(copy, asked, world.Author)).GetProperty("basedOn");
        Assert.Equal((JsonValueKind.Object, JsonValueKind.Null), (author.GetProperty("changes").ValueKind, author.GetProperty("upstreamChanges").ValueKind));
        Assert.False(await world.IsSeenAsync(copy, world.Outsider));
        Assert.Equal(["NOT_FOUND(resourceId)"], await world.RefusedAsync("takeChange", new { resourceId = copy, key = "field:Description" }, world.Outsider));
        Assert.Equal(["NO_SUCH_CHANGE(key)"], await world.RefusedAsync("takeChange", new { resourceId = copy, key = "field:Title" }, world.TakerAdmin));
        await world.ChangeAsync("withdrawResource", new { resourceId = source }, world.Admin);
        var taker = (await world.SeeAsync(copy, asked + " attribution", world.TakerTeacher));
        Assert.Equal(JsonValueKind.Null, taker.GetProperty("basedOn").GetProperty("upstreamChanges").ValueKind);
        Assert.Contains("改编自 华新实验小学《通分（谁能看）》第 2 版", taker.GetProperty("attribution").GetString(), StringComparison.Ordinal);
        Assert.Equal(["NOT_FOUND(copyId)"], await world.RefusedAsync("declineChange", new { resourceId = copy, key = "field:Description" }, world.TakerAdmin));
    }
}
