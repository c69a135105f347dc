using ResourceHub.Core.Files;

namespace ResourceHub.Core.Comparison;

/// <summary>比较做到了哪一步。How far a comparison has come.</summary>
public enum ComparisonState
{
    /// <summary>已比较。Compared.</summary>
    Done,

    /// <summary>内容过多，只比较了一部分。Compared in part: there was too much.</summary>
    Partial,

    /// <summary>文字尚未读出，稍后再看。The text is not read yet: look again later.</summary>
    Pending,

    /// <summary>这类文件没有可比较的文字。There is no text to compare in files of this kind.</summary>
    NoText,
}

/// <summary>内容的变化。What became of a piece.</summary>
public enum PieceChange
{
    /// <summary>新增。Added.</summary>
    Added,

    /// <summary>删除。Removed.</summary>
    Removed,

    /// <summary>移动，文字未变。Moved, its text unchanged.</summary>
    Moved,

    /// <summary>文字有改动。Its text changed.</summary>
    Changed,
}

/// <summary>文字的一段：保留、删去或加入。A stretch of text that stayed, went or came.</summary>
/// <param name="Kind">ADDED 加入，REMOVED 删去，null 保留。Added, removed, or null for what stayed.</param>
/// <param name="Text">文字。The text.</param>
public sealed record TextStretch(PieceChange? Kind, string Text);

/// <summary>一张幻灯片、一个段落或一条字幕的变化。What became of a slide, a paragraph or a subtitle.</summary>
/// <param name="Change">变化的种类。What happened.</param>
/// <param name="Before">原来的位置；新增的为 null。Where it stood; null for what is new.</param>
/// <param name="After">现在的位置；删除的为 null。Where it stands now; null for what is gone.</param>
/// <param name="Text">逐段的文字；移动的只有一段。The text in stretches; one for what was moved.</param>
public sealed record ContentChange(PieceChange Change, Location? Before, Location? After, IReadOnlyList<TextStretch> Text);

/// <summary>两个文件的内容差别，按位置排列。How the content of two files differs, in the order of reading.</summary>
/// <param name="State">比较做到了哪一步。How far it has come.</param>
/// <param name="Slides">幻灯片的变化。Of slides.</param>
/// <param name="Paragraphs">段落的变化。Of paragraphs.</param>
/// <param name="Cues">字幕的变化。Of subtitles.</param>
/// <param name="SecondsBefore">原来的时长，秒。How long it was, in seconds.</param>
/// <param name="SecondsAfter">现在的时长，秒。How long it is.</param>
public sealed record ContentChanges(
    ComparisonState State, IReadOnlyList<ContentChange> Slides, IReadOnlyList<ContentChange> Paragraphs, IReadOnlyList<ContentChange> Cues, double? SecondsBefore = null, double? SecondsAfter = null)
{
    public static ContentChanges Nothing(ComparisonState state) => new(state, [], [], []);
}
