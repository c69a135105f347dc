using ResourceHub.Core.Search;

namespace ResourceHub.Tests.Core;

public sealed class CursorSealTests
{
    private static readonly byte[] Question = [1, 2, 3];
    private readonly CursorSeal seal = new(() => new byte[32]);

    [Theory]
    [InlineData("1092616192")]
    [InlineData("")]
    [InlineData("圆的面积 教学设计，一个比三十二个字节长得多的标题键")]
    public void A_position_comes_back_as_it_was(string key)
    {
        var position = new SearchPosition(key, Guid.CreateVersion7());
        Assert.Equal(position, seal.Open(seal.Seal(position, Question), Question));
    }

    [Fact]
    public void A_cursor_says_nothing_and_is_the_same_each_time()
    {
        var position = new SearchPosition("score-of-this-hit", Guid.CreateVersion7());
        var cursor = seal.Seal(position, Question);
        Assert.Equal(cursor, seal.Seal(position, Question));
        Assert.Equal(-1, System.Buffers.Text.Base64Url.DecodeFromChars(cursor).AsSpan().IndexOf("score"u8));
    }

    [Fact]
    public void Another_question_or_another_hub_does_not_open_it()
    {
        var cursor = seal.Seal(new("1", Guid.CreateVersion7()), Question);
        Assert.Null(seal.Open(cursor, [1, 2, 4]));
        Assert.Null(new CursorSeal(() => [.. Enumerable.Repeat((byte)1, 32)]).Open(cursor, Question));
    }

    [Fact]
    public void No_changed_or_invented_cursor_opens()
    {
        var cursor = seal.Seal(new("1092616192", Guid.CreateVersion7()), Question);
        for (var i = 0; i < cursor.Length; i++) Assert.Null(seal.Open(string.Concat(cursor.AsSpan(0, i), cursor[i] == 'A' ? "B" : "A", cursor.AsSpan(i + 1)), Question));
        foreach (var invented in (string[])["", "x", "游标", "AAAA", new string('A', 44), new string('A', 100_000), cursor + cursor, " " + cursor, "=", "\0"]) Assert.Null(seal.Open(invented, Question));
    }
}
