using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Files;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Resources;

/// <summary>系统从文件中读出的内容。What the hub read from a file.</summary>
[ObjectType<FileExtraction>, GraphQLName("Extraction")]
public static class ExtractionType
{
    /// <summary>读取状态。How far reading has come.</summary>
    public static ExtractionState GetState([Parent] FileExtraction read) => read.State;

    /// <summary>未能完整读取的原因代码，如 encrypted、malformed。Why it could not be read whole, as a code such as encrypted.</summary>
    public static string? GetReason([Parent] FileExtraction read) => read.Reason;

    /// <summary>给教师看的原因与建议。The same in a sentence for teachers, with what to do.</summary>
    public static string? GetMessage([Parent] FileExtraction read) => read.Message;

    /// <summary>文件自带的标题。The title that the file itself has.</summary>
    public static string? GetTitle([Parent] FileExtraction read) => read.Title;

    /// <summary>文件自带的作者。The authors that the file itself names.</summary>
    public static IReadOnlyList<string> GetAuthors([Parent] FileExtraction read) => read.Authors;

    /// <summary>文字的语言。The language of its text.</summary>
    public static string? GetLanguage([Parent] FileExtraction read) => read.Language;

    /// <summary>页数。How many pages.</summary>
    public static int? GetPageCount([Parent] FileExtraction read) => read.PageCount;

    /// <summary>幻灯片张数。How many slides.</summary>
    public static int? GetSlideCount([Parent] FileExtraction read) => read.SlideCount;

    /// <summary>时长，秒。How long it plays, in seconds.</summary>
    public static double? GetDurationSeconds([Parent] FileExtraction read) => read.DurationSeconds;

    /// <summary>宽，像素。Width in pixels.</summary>
    public static int? GetWidth([Parent] FileExtraction read) => read.Width;

    /// <summary>高，像素。Height in pixels.</summary>
    public static int? GetHeight([Parent] FileExtraction read) => read.Height;

    /// <summary>视频编码。The video codec.</summary>
    public static string? GetVideoCodec([Parent] FileExtraction read) => read.VideoCodec;

    /// <summary>音频编码。The audio codec.</summary>
    public static string? GetAudioCodec([Parent] FileExtraction read) => read.AudioCodec;

    /// <summary>拍摄时间。When a picture was taken.</summary>
    public static DateTime? GetTakenAt([Parent] FileExtraction read) => read.TakenAt;

    /// <summary>是否含宏。Whether it carries macros.</summary>
    public static bool GetHasMacros([Parent] FileExtraction read) => read.HasMacros;

    /// <summary>音视频的章节。The chapters of a recording.</summary>
    public static IReadOnlyList<Chapter> GetChapters([Parent] FileExtraction read) => read.Chapters;

    /// <summary>读取时的提醒。What was odd about it.</summary>
    public static IReadOnlyList<string> GetWarnings([Parent] FileExtraction read) => read.Warnings;

    /// <summary>从文件与文件名读出的元数据建议，仅本校可见。What the file and its name say about the lesson, offered to the owner school; empty for others.</summary>
    public static IDataLoaderResult<IReadOnlyList<Suggestion>> GetSuggestions([Parent] FileExtraction read, [Service] OwnerOfFile owners, [Service] Viewer viewer)
        => owners.LoadAsync(read.FileId).Then(school => (IReadOnlyList<Suggestion>)(viewer.IsOf(school) ? read.Suggestions : []));

    /// <summary>按阅读顺序的文字片段：页、幻灯片、表、字幕等；隐藏的仅本校可见。Its text in reading order with places; hidden slides and sheets for the owner school only.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(3)]
    public static IDataLoaderResult<Connection<FileSection>> GetSections(
        [Parent] FileExtraction read, [Service] OwnerOfFile owners, [Service] SectionsOfFile sections, [Service] SectionCount counts, [Service] Viewer viewer, int first = 20, string? after = null)
    {
        var from = Page.NumberOf<FileSection>(after) ?? -1;
        return owners.LoadAsync(read.FileId)
            .Then(school => sections.LoadAsync(new SectionsPage(read.FileId, first, from, viewer.IsOf(school)))
                .Then(found => Page.Of(found ?? [], first, after, s => s.Ordinal.ToString(), counts.LoadAsync((read.FileId, viewer.IsOf(school))))));
    }

    /// <summary>打开文件的某一处，如搜索结果所指的幻灯片；该处已无内容时为 null。Opens the file at a place that a hit names; null when nothing stands there.</summary>
    /// <param name="page">页。The page.</param>
    /// <param name="slide">幻灯片。The slide.</param>
    /// <param name="second">从这一秒起的一分钟。A minute from this second on.</param>
    /// <param name="sheet">工作表。The sheet.</param>
    /// <param name="text">要标记的搜索词。The words that were searched for, to be marked.</param>
    [Cost(5)]
    public static IDataLoaderResult<FilePassage?> GetPassage(
        [Parent] FileExtraction read, [Service] OwnerOfFile owners, [Service] FilePassages passages, [Service] Viewer viewer,
        int? page = null, int? slide = null, double? second = null, string? sheet = null, string? text = null)
        => owners.LoadAsync(read.FileId).Then(school => Later.Do(ct => passages.OpenAsync(read.FileId, new Location(page, slide, second, sheet), text, viewer.IsOf(school), ct)));
}

/// <summary>文件中一处的文字，可前后翻。What stands at one place of a file, and where one can turn to from there.</summary>
[ObjectType<FilePassage>, GraphQLName("Passage")]
public static class PassageType
{
    /// <summary>该处的片段，如一张幻灯片及其备注。What stands there, such as a slide and its notes.</summary>
    public static IReadOnlyList<PassageSection> GetSections([Parent] FilePassage passage) => passage.Sections;

    /// <summary>前一处。The place before.</summary>
    public static Location? GetBefore([Parent] FilePassage passage) => passage.Before;

    /// <summary>后一处。The next place.</summary>
    public static Location? GetNext([Parent] FilePassage passage) => passage.Next;
}

/// <summary>一个片段及其中要标记的文字。One section with the words to mark in it.</summary>
[ObjectType<PassageSection>, GraphQLName("MarkedSection")]
public static class MarkedSectionType
{
    /// <summary>片段。The section.</summary>
    public static FileSection GetSection([Parent] PassageSection marked) => marked.Section;

    /// <summary>要标记的范围。What to mark in its text.</summary>
    public static IReadOnlyList<Core.Search.TextRange> GetRanges([Parent] PassageSection marked) => marked.Ranges;
}

/// <summary>一段文字及其位置。A stretch of text and where it stands.</summary>
[ObjectType<FileSection>, GraphQLName("Section")]
public static class SectionType
{
    /// <summary>种类：page、slide、notes、sheet、cue、chapter、text。What it is.</summary>
    public static string GetKind([Parent] FileSection section) => section.Kind;

    /// <summary>标题。Its heading.</summary>
    public static string? GetTitle([Parent] FileSection section) => section.Title;

    /// <summary>文字。The text.</summary>
    public static string GetText([Parent] FileSection section) => section.Text;

    /// <summary>是否为隐藏的幻灯片或工作表。Whether it is a hidden slide or sheet.</summary>
    public static bool GetHidden([Parent] FileSection section) => section.Hidden;

    /// <summary>在文件中的位置。Where in the file it stands.</summary>
    public static Location GetLocation([Parent] FileSection section) => section.Location;
}

/// <summary>文件中的位置；只有适用的项有值。Where in a file words stand; only what fits the kind of file is set.</summary>
[ObjectType<Location>]
public static class LocationType
{
    /// <summary>页，从 1 起。Page of a document, from 1.</summary>
    public static int? GetPage([Parent] Location location) => location.Page;

    /// <summary>幻灯片，从 1 起。Slide of a presentation, from 1.</summary>
    public static int? GetSlide([Parent] Location location) => location.Slide;

    /// <summary>秒。Seconds from the start of a recording.</summary>
    public static double? GetSecond([Parent] Location location) => location.Second;

    /// <summary>工作表名。Name of a worksheet.</summary>
    public static string? GetSheet([Parent] Location location) => location.Sheet;
}

/// <summary>音视频的一章。A chapter of a recording.</summary>
[ObjectType<Chapter>]
public static class ChapterType
{
    /// <summary>开始，秒。Where it starts, in seconds.</summary>
    public static double GetStart([Parent] Chapter chapter) => chapter.Start;

    /// <summary>章名。Its title.</summary>
    public static string? GetTitle([Parent] Chapter chapter) => chapter.Title;
}

/// <summary>文件中读出的一条元数据建议，由人决定是否采用。Something the file says about the lesson, for a person to accept or not.</summary>
[ObjectType<Suggestion>, GraphQLName("MetadataSuggestion")]
public static class MetadataSuggestionType
{
    /// <summary>字段：title、subject、grade、edition、volume、unit、period、kind、objectives、keyPoints、process。The field it is for.</summary>
    public static string GetField([Parent] Suggestion suggestion) => suggestion.Field;

    /// <summary>建议的值；有词表的字段为代码。The value; a code where the field has a vocabulary.</summary>
    public static string GetValue([Parent] Suggestion suggestion) => suggestion.Value;

    /// <summary>原文。The words it was read from.</summary>
    public static string GetWords([Parent] Suggestion suggestion) => suggestion.Words;

    /// <summary>来源：fileName、heading、table、text、properties。Where it was read.</summary>
    public static string GetFrom([Parent] Suggestion suggestion) => suggestion.From;

    /// <summary>在文件中的位置。Where in the file it was read.</summary>
    public static Location GetLocation([Parent] Suggestion suggestion) => suggestion.Location;
}
