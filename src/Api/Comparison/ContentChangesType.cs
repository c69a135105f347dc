using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.Files;

namespace ResourceHub.Api.Comparison;

/// <summary>两个文件的内容差别，按阅读次序。How the content of two files differs, in the order of reading.</summary>
[ObjectType<ContentChanges>]
public static class ContentChangesType
{
    /// <summary>比较做到了哪一步。How far the comparison has come.</summary>
    public static ComparisonState GetState([Parent] ContentChanges changes) => changes.State;

    /// <summary>幻灯片的变化，连同备注。Of slides with their notes.</summary>
    public static IReadOnlyList<ContentChange> GetSlides([Parent] ContentChanges changes) => changes.Slides;

    /// <summary>段落的变化。Of paragraphs.</summary>
    public static IReadOnlyList<ContentChange> GetParagraphs([Parent] ContentChanges changes) => changes.Paragraphs;

    /// <summary>字幕的变化。Of subtitles.</summary>
    public static IReadOnlyList<ContentChange> GetCues([Parent] ContentChanges changes) => changes.Cues;

    /// <summary>原来的时长，秒。How long the recording was, in seconds.</summary>
    public static double? GetSecondsBefore([Parent] ContentChanges changes) => changes.SecondsBefore;

    /// <summary>现在的时长，秒。How long it is, in seconds.</summary>
    public static double? GetSecondsAfter([Parent] ContentChanges changes) => changes.SecondsAfter;
}

/// <summary>一张幻灯片、一个段落或一条字幕的变化。What became of a slide, a paragraph or a subtitle.</summary>
[ObjectType<ContentChange>]
public static class ContentChangeType
{
    /// <summary>变化的种类。What happened.</summary>
    public static PieceChange GetChange([Parent] ContentChange change) => change.Change;

    /// <summary>原来的位置；新增的为 null。Where it stood; null for what is new.</summary>
    public static Location? GetBefore([Parent] ContentChange change) => change.Before;

    /// <summary>现在的位置；删除的为 null。Where it stands; null for what is gone.</summary>
    public static Location? GetAfter([Parent] ContentChange change) => change.After;

    /// <summary>逐段的文字：保留、删去、加入。The text in stretches that stayed, went or came.</summary>
    public static IReadOnlyList<TextStretch> GetText([Parent] ContentChange change) => change.Text;
}

/// <summary>文字的一段。A stretch of text.</summary>
[ObjectType<TextStretch>]
public static class TextStretchType
{
    /// <summary>ADDED 加入，REMOVED 删去，null 保留。Added, removed, or null for what stayed.</summary>
    public static PieceChange? GetKind([Parent] TextStretch stretch) => stretch.Kind;

    /// <summary>文字，无标记。The text, plain.</summary>
    public static string GetText([Parent] TextStretch stretch) => stretch.Text;
}
