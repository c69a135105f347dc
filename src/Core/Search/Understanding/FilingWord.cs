namespace ResourceHub.Core.Search.Understanding;

/// <summary>How much it takes to believe that words file a lesson and are no part of its topic.</summary>
internal enum Hold
{
    /// <summary>Only where nothing else is written without a blank between: 自然 files, 自然数 does not.</summary>
    Alone,

    /// <summary>Also in a row with words that surely file: 七年级数学有理数, but not 数学广角.</summary>
    Beside,

    /// <summary>Also right before or after the topic: 人教版有理数, 有理数课件.</summary>
    Surely,
}

/// <summary>What a word says, and when it is believed. No code at all: a topic that begins like a filing word.</summary>
/// <param name="Leads">Before the topic.</param>
/// <param name="Ends">After it.</param>
/// <param name="Stays">After a topic it may be a part of it (光合作用实验): its words are searched for as well.</param>
/// <param name="NotBefore">Characters that make another word of it: 小学生, 高三角.</param>
/// <param name="OfPreschool">Says so only beside a word of kindergartens: 大班语言.</param>
internal sealed record FilingWord(
    ChipField Field, string Code, Hold Leads, Hold Ends, bool Stays = false, string NotBefore = "", bool OfPreschool = false)
{
    public static readonly FilingWord Topic = new(default, "", Hold.Alone, Hold.Alone);

    public bool IsTopic => Code.Length == 0;

    /// <summary>Whether others in a row with it are believed for its sake.</summary>
    public bool Vouches => Leads == Hold.Surely && Field is ChipField.Stage or ChipField.Grade or ChipField.Edition or ChipField.Volume or ChipField.SchoolYear;
}
