using System.Globalization;
using System.Text.RegularExpressions;
using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>The cues of SubRip or WebVTT text. Notes, styles and headers have no time line and fall away.</summary>
internal static partial class Cues
{
    private const int Most = 50_000;

    public static IEnumerable<Section> Of(TextReader text)
    {
        double? second = null;
        var words = new List<string>();
        var count = 0;
        foreach (var line in TextLines.Of(text).Append(""))
        {
            if (TimeLine().Match(line) is { Success: true } time) second = Seconds(time);
            else if (string.IsNullOrWhiteSpace(line))
            {
                if (second is { } start && words.Count > 0 && count++ < Most) yield return new Section("cue", string.Join('\n', words), new Location(Second: start));
                second = null;
                words.Clear();
            }
            else if (second is not null && Clean(line) is { Length: > 0 } clean) words.Add(clean);
        }
    }

    private static double Seconds(Match time)
    {
        static double Number(Group g) => g.Success && g.Length > 0 ? double.Parse(g.Value, CultureInfo.InvariantCulture) : 0;
        var seconds = Number(time.Groups[1]) * 3600 + Number(time.Groups[2]) * 60 + Number(time.Groups[3]);
        return Math.Round(seconds + double.Parse("0." + time.Groups[4].Value, CultureInfo.InvariantCulture), 3);
    }

    private static string Clean(string line) => Markup().Replace(line, "").Replace("&nbsp;", " ").Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").Trim();

    [GeneratedRegex(@"^\s*(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->", RegexOptions.CultureInvariant)]
    private static partial Regex TimeLine();

    [GeneratedRegex(@"</?[a-zA-Z][^>]{0,200}>|<\d[\d:.]{0,12}>|\{\\[^}]{0,100}\}", RegexOptions.CultureInvariant)]
    private static partial Regex Markup();
}
