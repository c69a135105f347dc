using System.Globalization;
using System.Text.RegularExpressions;
using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Language;

/// <summary>How dates, sizes, lengths and places are said.</summary>
public static partial class Wording
{
    // China has one time zone and no summer time; a fixed offset needs no time zone data on the machine.
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    extension(Texts t)
    {
        public string Date(DateTimeOffset time) => time.ToOffset(China).ToString(t.IsChinese ? "yyyy年M月d日" : "d MMM yyyy", CultureInfo.InvariantCulture);

        /// <summary>The pages’ own words for a code, else the API’s: it says Chinese, then English in one string.</summary>
        public string Problem(Problem problem)
            => t.Find("problem." + problem.Code) ?? t.Half(problem.Message) ?? t["problem.other"];

        /// <summary>The page's half of what the API says: Chinese, then English in one string.</summary>
        public string? Half(string? both)
        {
            if (string.IsNullOrEmpty(both)) return null;
            var half = string.Concat(Sentence().Matches(both).Where(m => m.Groups["english"].Success != t.IsChinese).Select(m => m.Value)).Trim();
            return half.Length > 0 ? half : both;
        }

        public string Day(DateOnly day) => day.ToString(t.IsChinese ? "yyyy年M月d日" : "d MMM yyyy", CultureInfo.InvariantCulture);

        /// <summary>A day and the time on it, as clocks in China show it.</summary>
        public string Time(DateTimeOffset time) => time.ToOffset(China).ToString(t.IsChinese ? "yyyy年M月d日 HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

        /// <summary>“第 3 张幻灯片”, “第 2 页”, “03:25”, “工作表 成绩”; “正文” where a file has no places.</summary>
        public string? Place(Place? place) => place switch
        {
            { Slide: { } slide } => t["place.slide", slide],
            { Page: { } page } => t["place.page", page],
            { Second: { } second } => t["place.second", Clock(second)],
            { Sheet: { } sheet } => t["place.sheet", sheet],
            { } => t["place.text"],
            null => null,
        };

        /// <summary>The lang attribute of words in a resource's language; null where it is the page's own.</summary>
        public string? LangOf(string language) => language.Split('-')[0].Equals(t.Lang.Split('-')[0], StringComparison.OrdinalIgnoreCase) ? null : language;

        /// <summary>What a file is, as teachers say it: PPT, Word, 视频 …</summary>
        public string FileKind(string mediaType) => t.Find("media." + mediaType) ?? t.Find("media." + mediaType.Split('/')[0]) ?? t["media.other"];

        /// <summary>Pages, slides, length and picture size, where known.</summary>
        public IEnumerable<string> Facts(Extraction read)
        {
            if (read.SlideCount is { } slides) yield return t.Count("count.slides", slides);
            else if (read.PageCount is { } pages) yield return t.Count("count.pages", pages);
            if (read.DurationSeconds is { } seconds) yield return Clock(seconds);
            if (read is { Width: { } width, Height: { } height }) yield return $"{width} × {height}";
        }
    }

    /// <summary>Today at the schools, as date fields write it.</summary>
    public static string Today(TimeProvider clock) => clock.GetUtcNow().ToOffset(China).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The first moment of a day as date fields write it, at the schools; null when it is no day.</summary>
    public static DateTimeOffset? StartOfDay(string? day) => DateOnly.TryParseExact(day, "yyyy-MM-dd", out var date) ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), China).ToUniversalTime() : null;

    /// <summary>The first moment after that day.</summary>
    public static DateTimeOffset? EndOfDay(string? day) => StartOfDay(day)?.AddDays(1);

    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB"),
    };

    public static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 360_000));
        return time.TotalHours >= 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}") : time.ToString(@"mm\:ss", CultureInfo.InvariantCulture);
    }

    // An English sentence begins with a Latin letter or a straight quote and ends with a full stop and a space; it may name a school in Chinese.
    [GeneratedRegex("(?<english>(?<=^|[。；？！] ?|[.] )[A-Za-z\"].*?[.?!](?= |$) ?)|[^。]+(?:。 ?|$)", RegexOptions.Singleline)]
    private static partial Regex Sentence();
}
