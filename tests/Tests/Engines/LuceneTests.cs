using Microsoft.Extensions.Logging.Abstractions;
using ResourceHub.Core.Search;
using ResourceHub.Engines.Checks;
using ResourceHub.Engines.Lucene;
using ResourceHub.Tests.Contracts;

namespace ResourceHub.Tests.Engines;

public sealed class LuceneTests : SearchIndexContract
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-index-").FullName;
    private LuceneIndex index = null!;

    protected override async Task<ISearchIndex> OpenAsync()
    {
        index = new LuceneIndex(folder, NullLogger<LuceneIndex>.Instance);
        await index.PrepareAsync(default);
        return index;
    }

    protected override ITrials<ISearchIndex> Trials => new LuceneTrials(folder, TimeProvider.System);

    public override Task DisposeAsync()
    {
        index.Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("yuandemianjidifang", false, "圆的面积底芳")]
    [InlineData("圆的面积地方", true, "圆的面积底芳")]
    [InlineData("yuandemianjidif", false, "圆的面积底芳")]
    [InlineData("yuandemianjibiji", false, "圆的面积，笔记")]
    [InlineData("yuandemianjiplan", false, "圆的面积plan")]
    [InlineData("yuandemianjidifangzhi", false, null)]
    public async Task Of_hundreds_that_begin_to_sound_alike_the_one_that_sounds_so_to_the_end_is_suggested(string typed, bool bySound, string? title)
    {
        await WriteAsync([.. Enumerable.Range(0, 300).Select(n => Make.Document($"圆的面积{(char)('一' + n)}") with { Downloads = n }), Make.Document("圆的面积底芳"), Make.Document("圆的面积，笔记"), Make.Document("圆的面积plan")]);
        Assert.Equal(title is null ? [] : [title], (await Index.SuggestAsync(new SuggestRequest(typed, Public, 8, BySound: bySound), default)).Select(s => s.Text));
    }

    [Fact]
    public async Task What_was_written_and_removed_is_known_after_a_restart()
    {
        var (kept, removed) = (Make.Document("留下的课"), Make.Document("撤回的课"));
        await WriteAsync(kept, removed);
        await Index.WriteAsync([], [new Removal(removed.Id, 2)], default);
        await Index.MarkWholeAsync(default);
        await RestartAsync();
        await index.WriteAsync([removed], [], default);
        Assert.Equal(kept.Id, Assert.Single((await index.SearchAsync(Everything, default)).Hits).Id);
        Assert.True((await index.HealthAsync(default)).IsWhole);
    }

    [Fact]
    public async Task A_killed_writers_lock_file_keeps_nobody_out()
    {
        await WriteAsync(Make.Document("甲"));
        await Index.MarkWholeAsync(default);
        await RestartAsync(() => File.WriteAllText(Path.Join(folder, "write.lock"), ""));
        Assert.True((await index.HealthAsync(default)).IsWhole);
    }

    [Fact]
    public async Task A_second_hub_on_the_same_folder_is_told_so_and_destroys_nothing()
    {
        await WriteAsync(Make.Document("甲"));
        using var second = new LuceneIndex(folder, NullLogger<LuceneIndex>.Instance);
        await Assert.ThrowsAnyAsync<IOException>(() => second.PrepareAsync(default));
        Assert.Equal(1, (await SearchAsync("甲")).Total);
    }

    [Fact]
    public async Task Many_questions_are_answered_while_it_is_written_to()
    {
        await WriteAsync(Make.Document("数学 0"));
        using var done = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested)
            {
                var total = (await SearchAsync("数学")).Total;
                Assert.True(total >= seen);
                seen = total;
            }
        })).ToList();
        for (var i = 1; i <= 100; i++) await WriteAsync(Make.Document($"数学 {i}"));
        await done.CancelAsync();
        await Task.WhenAll(asking);
        Assert.Equal(101, (await SearchAsync("数学")).Total);
    }

    [Fact]
    public async Task The_best_are_the_best_of_all_though_not_all_are_scored_in_full()
    {
        var random = new Random(12);
        string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('一' + (int)(Math.Pow(random.NextDouble(), 3) * 60))));
        foreach (var batch in Enumerable.Range(0, 1500).Select(_ => Make.Document(Text(4 + random.Next(8))) with { Description = Text(random.Next(80)) }).Chunk(200)) await WriteAsync(batch);
        for (var round = 0; round < 60; round++)
        {
            var text = Text(2 + random.Next(5)) + (round % 5 == 0 ? "，" + Text(1) : "");
            // So large a page scores every match in full.
            var all = (await SearchAsync(text, r => r with { First = 2000 })).Hits;
            SearchPosition? after = null;
            for (var start = 0; start < Math.Min(all.Count, 60); start += 7)
            {
                var page = await SearchAsync(text, r => r with { First = 7, After = after });
                Assert.Equal(all.Skip(start).Take(7).Select(h => h.Id), page.Hits.Select(h => h.Id));
                after = page.Hits[^1].Position;
            }
        }
    }

    public enum Damage { DeletedSegments, DeletedSegmentFile, Truncated, FlippedBytes, EmptySegments, RemovedFolder, OlderLayout, Garbage }

    [Theory]
    [InlineData(Damage.DeletedSegments)]
    [InlineData(Damage.DeletedSegmentFile)]
    [InlineData(Damage.Truncated)]
    [InlineData(Damage.FlippedBytes)]
    [InlineData(Damage.EmptySegments)]
    [InlineData(Damage.RemovedFolder)]
    [InlineData(Damage.OlderLayout)]
    [InlineData(Damage.Garbage)]
    public async Task A_damaged_index_opens_empty_says_so_and_can_be_filled_again(Damage damage)
    {
        var documents = Enumerable.Range(0, 200).Select(i => Make.Document(Make.Title(i), values: Make.Values(i))).ToArray();
        foreach (var batch in documents.Chunk(50)) await WriteAsync(batch);
        await Index.MarkWholeAsync(default);
        await RestartAsync(() => Do(damage));
        var health = await index.HealthAsync(default);
        Assert.False(health.IsWhole);
        Assert.Equal(0, (await index.SearchAsync(Everything, default)).Total);
        await index.ClearAsync(default);
        await index.WriteAsync(documents, [], default);
        await index.MarkWholeAsync(default);
        await RestartAsync();
        Assert.True((await index.HealthAsync(default)).IsWhole);
        Assert.Equal(200, (await index.SearchAsync(Everything, default)).Total);
    }

    [Fact]
    public async Task Any_one_flipped_byte_is_noticed_or_harmless()
    {
        await WriteAsync([.. Enumerable.Range(0, 50).Select(i => Make.Document(Make.Title(i), values: Make.Values(i)))]);
        await Index.MarkWholeAsync(default);
        var random = new Random(8);
        index.Dispose();
        var good = Directory.CreateTempSubdirectory("hub-index-copy-").FullName;
        foreach (var file in Directory.GetFiles(folder)) File.Copy(file, Path.Join(good, Path.GetFileName(file)));
        for (var round = 0; round < 60; round++)
        {
            foreach (var file in Directory.GetFiles(folder)) File.Delete(file);
            foreach (var file in Directory.GetFiles(good)) File.Copy(file, Path.Join(folder, Path.GetFileName(file)));
            var files = Directory.GetFiles(folder).Where(f => new FileInfo(f).Length > 0).Order().ToArray();
            Flip(files[random.Next(files.Length)], random);
            await OpenAsync();
            var isWhole = (await index.HealthAsync(default)).IsWhole;
            Assert.Equal(isWhole ? 50 : 0, (await index.SearchAsync(Everything, default)).Total);
            index.Dispose();
        }
        Directory.Delete(good, recursive: true);
        await OpenAsync();
    }

    private static readonly SearchRequest Everything = new(null, new Dictionary<FacetName, IReadOnlyList<string>>(), null);

    private async Task RestartAsync(Action? between = null)
    {
        index.Dispose();
        between?.Invoke();
        await OpenAsync();
    }

    private void Do(Damage damage)
    {
        var files = Directory.GetFiles(folder).Where(f => Path.GetFileName(f) != "write.lock").ToList();
        var largest = files.MaxBy(f => new FileInfo(f).Length)!;
        switch (damage)
        {
            case Damage.DeletedSegments:
                foreach (var file in files.Where(f => Path.GetFileName(f).StartsWith("segments", StringComparison.Ordinal))) File.Delete(file);
                break;
            case Damage.DeletedSegmentFile:
                File.Delete(largest);
                break;
            case Damage.Truncated:
                using (var stream = File.OpenWrite(largest)) stream.SetLength(stream.Length / 2);
                break;
            case Damage.FlippedBytes:
                Flip(largest, new Random(1));
                break;
            case Damage.EmptySegments:
                foreach (var file in files.Where(f => Path.GetFileName(f).StartsWith("segments", StringComparison.Ordinal))) File.WriteAllBytes(file, []);
                break;
            case Damage.RemovedFolder:
                Directory.Delete(folder, recursive: true);
                break;
            case Damage.OlderLayout:
                foreach (var file in files) File.Delete(file);
                using (var older = IndexFolder.Empty(folder, "test", _ => { }, () => new QuietMerges(() => { }, _ => { })))
                {
                    older.Writer.SetCommitData(new Dictionary<string, string> { ["layout"] = "0", ["whole"] = "yes" });
                    older.Writer.Commit();
                }
                break;
            case Damage.Garbage:
                foreach (var file in files) File.WriteAllText(file, "not an index");
                break;
        }
    }

    private static void Flip(string file, Random random)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 + random.Next(255));
        File.WriteAllBytes(file, bytes);
    }
}
