using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Checks;

/// <summary>That late writes never win and what was removed never comes back.</summary>
internal static class VersionChecks
{
    private const string Advice = "Without this a withdrawn resource can be found again. Do not run the hub on this index; report the version of the engine.";

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfSearch("late writes", Advice, LateAsync),
        BehaviourCheck.OfSearch("forgotten deletes", Advice, ForgottenAsync),
        new("search/large batches", "Filling the index needs this: raise http.max_content_length or the memory of the engine.", LargeAsync),
    ];

    private static async Task LateAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var index = trial.Engine;
        var old = MadeLessons.Lesson("旧标题") with { Revision = 4 };
        await index.WriteAsync(ct, old with { Title = "新标题", Revision = 5 });
        await index.WriteAsync(ct, old);
        findings.Is("hits of the older title", 0, await index.CountAsync("旧标", ct));
        findings.Is("hits of the newer title", 1, await index.CountAsync("新标", ct));
        // What has no revision of its own, such as the school's name, may have changed under the same revision.
        await index.WriteAsync(ct, old with { Title = "同版标题", Revision = 5 });
        findings.Is("hits of the same revision written again", 1, await index.CountAsync("同版", ct));
        await index.WriteAsync(ct, old with { Title = "更新标题", Revision = 6 });
        findings.Is("resources", 1, await index.CountAsync(null, ct));
        findings.Is("hits of the newest title", 1, await index.CountAsync("更新", ct));
        // One batch may hold a resource twice.
        var twice = MadeLessons.Lesson("第一稿");
        await index.WriteAsync(ct, twice with { Title = "第二稿", Revision = 2 }, twice);
        findings.Is("hits of the newer of two in one batch", 1, await index.CountAsync("第二稿", ct));
        findings.Is("hits of the older of two in one batch", 0, await index.CountAsync("第一稿", ct));
    }

    private static async Task ForgottenAsync(Trial<ISearchIndex> trial, Findings findings, CancellationToken ct)
    {
        var (withdrawn, deleted) = (MadeLessons.Lesson("撤回的课") with { Revision = 3 }, MadeLessons.Lesson("删除的课") with { Revision = 3 });
        await trial.Engine.WriteAsync(ct, withdrawn, deleted);
        // What is not whole is filled anew after a restart; only a whole index is to remember.
        await trial.Engine.MarkWholeAsync(ct);
        await trial.Engine.WriteAsync([], [new(withdrawn.Id, 4), new(deleted.Id, long.MaxValue)], ct);
        await LateWritesAsync("at once");
        await trial.ForgetAsync(ct);
        await LateWritesAsync("when the removal's usual mark is forgotten");
        await trial.Engine.WriteAsync(ct, withdrawn with { Revision = 5 });
        findings.Is("resources once it is given anew", 1, await trial.Engine.CountAsync(null, ct));
        await trial.Engine.RemoveAsync(withdrawn.Id, 4, ct);
        findings.Is("resources after a late removal", 1, await trial.Engine.CountAsync(null, ct));
        findings.Note("a late write came at once and after the mark's lifetime; neither brought it back");

        async Task LateWritesAsync(string when)
        {
            await trial.Engine.WriteAsync(ct, withdrawn, deleted with { Revision = 1_000_000 });
            findings.Is($"resources after late writes, {when}", 0, await trial.Engine.CountAsync(null, ct, r => r with { AccessTokens = null }));
            findings.Is($"suggestions after late writes, {when}", 0, (await trial.Engine.SuggestAsync(new("撤回", null, 8), ct)).Count);
            findings.Is($"documents after late writes, {when}", 0, (await trial.Engine.HealthAsync(ct)).Documents);
        }
    }

    /// <summary>More than one request of documents, one of them as long as a thick book.</summary>
    private static async Task LargeAsync(CheckedEngines engines, Findings findings, CancellationToken ct)
    {
        await using var trial = await engines.Searches!.OpenAsync(ct);
        var (sections, lessons) = engines.IsThorough ? (5000, 1200) : (300, 600);
        var file = Guid.CreateVersion7();
        var page = string.Concat(Enumerable.Range(0, 35).Select(i => $"第{i}节讲圆的面积与周长"));
        var book = MadeLessons.Lesson("厚书") with { Passages = [.. Enumerable.Range(0, sections).Select(i => new Passage(new("text", file, i, 400 * i, 400), i == sections - 1 ? "最后一课的寄语" : $"{i} {page}"))] };
        await trial.Engine.WriteAsync([book, .. Enumerable.Range(0, lessons).Select(i => MadeLessons.Lesson($"第{i}课"))], [], ct);
        findings.Is("resources", lessons + 1, await trial.Engine.CountAsync(null, ct));
        var hits = (await trial.Engine.AskAsync("寄语", ct)).Hits;
        findings.Are("section of the book's last words", [sections - 1], hits.SelectMany(h => h.Passages).Select(p => p.Source.Section));
        findings.Note($"{lessons + 1:N0} documents in one batch, one of {book.Passages.Sum(p => p.Text.Length):N0} characters");
    }
}
