using System.Globalization;
using System.Text;

namespace ResourceHub.Host.Bench;

/// <summary>
/// What no teacher types and anybody can send: operators of query languages, wildcards, patterns, control characters, halves of characters, marks that turn
/// the line around, ten thousand of anything. The same seed gives the same strings.
/// </summary>
internal sealed class HostileQueries(int seed)
{
    private const int Long = 10_000;

    private static readonly string[] Operators = ["AND", "OR", "NOT", "&&", "||", "!", "+", "-", "(", ")", "[", "]", "{", "}", "^2", "~0.8", "TO", ":", "/", "\\", "<", ">", "=", "title:", "_id:", "access:", "*:*", "@", "#", "$"];
    private static readonly string[] Wildcards = ["*", "?", "圆*", "*积", "???", "*?*?*", "a*b*c*d*", "%", "_%", "..*"];
    private static readonly string[] Patterns = ["/(a+)+$/", "(.*)*", "[^\\s]+", "(?=.*x)", "\\p{Han}{1,999}", "a{1,99999}", "(((((((((", "]]]]]", "\\", "\\u0000", "\\x", "(?<n>\\k<n>)"];
    private static readonly string[] Code =
    [
        "'; DROP TABLE \"Resources\"; --", "' OR 1=1 --", "\" OR \"\"=\"", "1) UNION SELECT * FROM \"ApiKeys\"", "{\"query\":{\"match_all\":{}}}", "<script>alert(1)</script>", "${jndi:ldap://x}", "{{7*7}}", "%00", "%s%s%n", "../../etc/passwd", "\r\nSet-Cookie: a=b", "{ __schema { types { name } } }",
    ];
    private static readonly string[] Odd = ["\0", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u200b", "\u200d", "\u202e", "\u202d", "\u2066", "\u2069", "\ufeff", "\ufffe", "\uffff", "\u00ad", "\u0301", "\u20dd", "\ufe0f", "\u2028", "\u3000", "\ud800", "\udc00", "\udbff\udfff", "\udfff\ud800", "\U000e0001"];
    private static readonly string[] Pictures = ["🧪", "👩‍🏫", "🇨🇳", "👍🏽", "❤️‍🔥", "🀄", "𠮷", "𝒳", "㊙", "㌖", "①", "Ⅻ", "ﷺ", "ﬃ", "ｱﾞ", "각", "क्षि", "ßſİıẞ"];
    private static readonly string[] Words = ["圆的面积", "通分", "课件", "七上", "人教版", "第3单元", "weather", "the", "什么", "为什么", "yuandemianji", "圓", "2025-2026学年", "机密", "保密试卷"];
    private static readonly string[] Quotes = ["\"", "'", "“", "”", "「", "《", "》", "`", "\"\"", "'\"'"];

    private readonly Random random = new(seed);

    public IEnumerable<string> Take(int count) => Enumerable.Range(0, count).Select(_ => Next());

    /// <summary>As JSON text, halves of characters included, which a serializer would mend.</summary>
    public static string Quoted(string text)
    {
        var json = new StringBuilder(text.Length + 16).Append('"');
        foreach (var unit in text)
            if (unit is >= ' ' and < '\u007f' and not '"' and not '\\') json.Append(unit);
            else json.Append("\\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
        return json.Append('"').ToString();
    }

    private string Next() => random.Next(12) switch
    {
        0 => Mix(1 + random.Next(12), Operators, Words),
        1 => Mix(1 + random.Next(6), Wildcards, Words),
        2 => Mix(1 + random.Next(4), Patterns, Words),
        3 => Of(Code),
        4 => Mix(1 + random.Next(20), Odd, Words),
        5 => Mix(1 + random.Next(20), Pictures, Words, Odd),
        6 => Mix(1 + random.Next(10), Quotes, Words, Operators),
        7 => Noise(1 + random.Next(200)),
        8 => new string(' ', random.Next(5000)) + Of(Words) + new string(' ', random.Next(5000)),
        9 => Many(),
        10 => Mix(1 + random.Next(30), Operators, Wildcards, Patterns, Code, Odd, Pictures, Words, Quotes),
        _ => Of(Words) + Of(Odd) + Of(Words),
    };

    /// <summary>Ten thousand units of one thing, now and then of everything.</summary>
    private string Many()
    {
        var piece = random.Next(8) switch { 0 => Of(Odd), 1 => Of(Pictures), 2 => Of(Words), 3 => Of(Operators) + " ", 4 => Of(Wildcards), 5 => "(", 6 => Of(Words) + "，", _ => Noise(40) };
        var text = new StringBuilder(Long + piece.Length);
        while (text.Length < Long) text.Append(piece);
        return text.ToString();
    }

    private string Noise(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(random.Next(3) == 0 ? 0x10000 : 0x3000)));

    private string Mix(int count, params string[][] from) => string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, count).Select(_ => Of(from[random.Next(from.Length)])));

    private string Of(string[] pieces) => pieces[random.Next(pieces.Length)];
}
