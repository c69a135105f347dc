using ResourceHub.Core.Pinyin;
using ResourceHub.Engines.Analysis;

namespace ResourceHub.Tests.Search;

public sealed class PinyinTests
{
    [Theory]
    [InlineData("圆的面积", "yuan de mian ji")]
    [InlineData("重庆", "chong qing")]
    [InlineData("重力与重量", "zhong li yu zhong liang")]
    [InlineData("长方形", "chang fang xing")]
    [InlineData("长大", "zhang da")]
    [InlineData("长江", "chang jiang")]
    [InlineData("音乐", "yin yue")]
    [InlineData("快乐", "kuai le")]
    [InlineData("银行", "yin hang")]
    [InlineData("平行线", "ping xing xian")]
    [InlineData("都江堰", "du jiang yan")]
    [InlineData("阿房宫赋", "e pang gong fu")]
    [InlineData("欧姆定律", "ou mu ding lu")]
    [InlineData("战略", "zhan lue")]
    [InlineData("单调性", "dan diao xing")]
    [InlineData("还原反应", "huan yuan fan ying")]
    public void Words_are_read_as_they_are_read_aloud(string text, string sounds) => Assert.Equal(sounds, string.Join(' ', Sounds.Of(text)));

    [Theory]
    [InlineData("yuandemianji", "圆的面积")]
    [InlineData("yuan de mian ji", "圆的面积")]
    [InlineData("yuán de miànjī", "圆的面积")]
    [InlineData("yuan2 de mian4ji1", "圆的面积")]
    [InlineData("ＹＵＡＮＤＥ", "圆的")]
    [InlineData("圆de面积", "圆的面积")]
    [InlineData("yuan的mianji", "圆的面积")]
    [InlineData("圓de面積", "圆的面积")]
    [InlineData("chongqing", "重庆")]
    [InlineData("xi'an", "西安")]
    [InlineData("xian", "西安")]
    [InlineData("oumudinglü", "欧姆定律")]
    [InlineData("oumudinglv", "欧姆定律")]
    [InlineData("oumudinglu", "欧姆定律")]
    [InlineData("zhanlve", "战略")]
    [InlineData("diyizhangyoulishu", "第一章·有理数")]
    public void What_is_typed_is_found_in_the_characters(string typed, string characters)
    {
        var text = $"教案：{characters}（一）";
        var place = TypedSound.Of(typed)!.In(text, isWhole: true)!.Value;
        Assert.Equal(characters, text[place.Start..place.End]);
    }

    [Fact]
    public void Initials_are_found_and_half_a_syllable_only_while_typing()
    {
        const string title = "梯形和圆的面积";
        Assert.Equal(new(3, 7), TypedSound.Of("ydmj")!.In(title, isWhole: true, byInitials: true));
        Assert.Equal(new(3, 6), TypedSound.Of("yuandemia")!.In(title, isWhole: false));
        Assert.Null(TypedSound.Of("yuandemia")!.In(title, isWhole: true));
        Assert.Null(TypedSound.Of("园demian")!.In(title, isWhole: true));
    }

    [Theory]
    [InlineData("can", true)]
    [InlineData("long", true)]
    [InlineData("photosynthesis", false)]
    [InlineData("ydmj", false)]
    [InlineData("guanghezuoyong", true)]
    [InlineData("圆de面积", true)]
    [InlineData("圆dx面积", false)]
    public void Pinyin_is_told_from_other_letters_by_its_syllables(string typed, bool isSyllables) => Assert.Equal(isSyllables, TypedSound.Of(typed)!.IsSyllables());

    [Theory]
    [InlineData("H2O")]
    [InlineData("3.14")]
    [InlineData("ピアノ")]
    [InlineData("🧪")]
    [InlineData("a+b")]
    [InlineData(" ")]
    [InlineData("\0")]
    [InlineData(null)]
    public void What_is_not_typed_by_sound_is_not(string? typed) => Assert.Null(TypedSound.Of(typed));

    [Theory]
    [InlineData("圆的面积")]
    [InlineData("维c的vr含量，第2课时 重庆（长江）")]
    [InlineData("音乐a银行")]
    [InlineData("abc")]
    public void What_a_name_sounds_like_is_told_as_by_its_kept_starts(string key)
    {
        var sounds = Sounds.Of(key);
        foreach (var start in SoundKeys.WholeOf(key).Concat(SoundKeys.InitialsOf(key)).Append("zzz").Append("abc"))
            foreach (var letters in Enumerable.Range(1, start.Length).Select(length => start[..length]).Append(start + "a"))
            {
                Assert.Equal(SoundKeys.WholeOf(key).Any(s => s.StartsWith(letters, StringComparison.Ordinal)), SoundKeys.Have(key, sounds, letters));
                Assert.Equal(SoundKeys.InitialsOf(key).Any(s => s.StartsWith(letters, StringComparison.Ordinal)), SoundKeys.Have(key, sounds, letters, byInitials: true));
            }
    }

    [Fact]
    public void Long_and_odd_input_is_read_in_one_pass()
    {
        Assert.Null(TypedSound.Of(new string('a', 10_000)));
        var longest = TypedSound.Of(new string('a', 60))!;
        Assert.True(longest.IsSyllables());
        Assert.Null(longest.In(new string('阿', 59), isWhole: true));
        Assert.Equal(10_000, Sounds.Of(new string('长', 10_000)).Length);
        Assert.All(Sounds.Of("\uD83D\0a1，。é"), s => Assert.Equal("", s));
    }
}
