namespace ResourceHub.Core.Search.Understanding;

/// <summary>The traditional forms of the characters that filing words are written with; one for one, so that places stay.</summary>
internal static class Simplified
{
    private const string Pairs =
        "級级學学數数語语課课冊册選选擇择試试實实驗验練练習习設设計计師师蘇苏譯译魯鲁滬沪粵粤島岛嶺岭慶庆統统編编單单導导務务錄录動动畫画圖图視视頻频聽听評评記记資资項项電电書书辦办國国歷历體体藝艺術术樂乐戲戏劇剧勞劳與与綜综踐践會会隊队專专題题農农漁渔環环業业輕轻紡纺織织藥药糧粮財财經经貿贸遊游聞闻傳传黨党兒儿園园職职別别訓训備备養养"
        + "開开關关閱阅讀读寫写詞词簡简複复總总結结測测標标網网點点線线說说講讲義义報报紙纸樣样頁页張张後后無无為为時时間间從从個个們们來来對对進进達达運运檢检機机構构稅税護护僅仅輸输礦矿產产類类齡龄贊赞節节廣广歸归場场現现觀观聲声聯联發发變变質质應应鍵键勢势";

    private static readonly Dictionary<char, char> Forms = ReadPairs();

    public static string Of(string text) => text.AsSpan().IndexOfAny(Keys) < 0 ? text : string.Create(text.Length, text, static (made, from) =>
    {
        for (var i = 0; i < made.Length; i++) made[i] = Forms.GetValueOrDefault(from[i], from[i]);
    });

    private static readonly System.Buffers.SearchValues<char> Keys = System.Buffers.SearchValues.Create([.. Forms.Keys]);

    private static Dictionary<char, char> ReadPairs()
    {
        var forms = new Dictionary<char, char>();
        for (var i = 0; i < Pairs.Length; i += 2) forms[Pairs[i]] = Pairs[i + 1];
        return forms;
    }
}
