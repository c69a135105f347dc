namespace ResourceHub.Core.Files;

/// <summary>文件读取的状态。How far reading a file has come.</summary>
public enum ExtractionState
{
    /// <summary>等待读取。Waiting to be read.</summary>
    Pending,

    /// <summary>正在读取。Being read.</summary>
    Running,

    /// <summary>已读取。Read.</summary>
    Done,

    /// <summary>只读出一部分。Read in part.</summary>
    Partial,

    /// <summary>读取失败。Reading failed.</summary>
    Failed,

    /// <summary>无法读取，如已加密。Not readable, for instance encrypted.</summary>
    Refused,
}

/// <summary>Where in a file words stand. Exactly the parts that fit the kind of file are set.</summary>
/// <param name="Page">1-based page of a document.</param>
/// <param name="Slide">1-based slide of a presentation.</param>
/// <param name="Second">Seconds from the start of a recording or subtitle file.</param>
/// <param name="Sheet">Name of a worksheet.</param>
public sealed record Location(int? Page = null, int? Slide = null, double? Second = null, string? Sheet = null)
{
    public static readonly Location None = new();
}

/// <summary>One stretch of text of a file with its place: a page, a slide, its notes, a sheet, a subtitle cue, a chapter.</summary>
/// <param name="Kind">page, slide, notes, sheet, cue, chapter, text.</param>
/// <param name="Hidden">A hidden slide or sheet: kept, flagged, not shown to other schools.</param>
public sealed record Section(string Kind, string Text, Location Location, string? Title = null, bool Hidden = false);

/// <summary>Something a plan or a file name says about the lesson. Offered to people, never written over what they entered.</summary>
/// <param name="Field">title, subject, grade, edition, volume, unit, period, kind, objectives, keyPoints, process.</param>
/// <param name="Value">Taxonomy code where the field has a vocabulary, else the words as they stand.</param>
/// <param name="Words">The words it was read from.</param>
/// <param name="From">fileName, heading, table, text or properties.</param>
public sealed record Suggestion(string Field, string Value, string Words, string From, Location Location);

public sealed record Chapter(double Start, string? Title);

/// <summary>What one reading of one file gave: the answer of the reading child, and what is kept of it.</summary>
public sealed record Extraction
{
    public required ExtractionState State { get; init; }

    /// <summary>Machine-readable cause when not DONE: encrypted, malformed, empty, bomb, unsupported, too-large, timeout, crash, tool-missing.</summary>
    public string? Reason { get; init; }

    /// <summary>The cause in a sentence a teacher understands, with what to do.</summary>
    public string? Message { get; init; }

    public required string MediaType { get; init; }
    public string? Title { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];
    public string? Language { get; init; }
    public int? PageCount { get; init; }
    public int? SlideCount { get; init; }
    public double? DurationSeconds { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public string? VideoCodec { get; init; }
    public string? AudioCodec { get; init; }
    public DateTime? TakenAt { get; init; }
    public bool HasMacros { get; init; }
    public IReadOnlyList<Chapter> Chapters { get; init; } = [];
    public IReadOnlyList<Section> Sections { get; init; } = [];
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Base64 JPEG of a poster frame or first picture, at most 640 pixels wide; null when there is none.</summary>
    public byte[]? Poster { get; init; }

    public static Extraction Refused(string mediaType, string reason, string message)
        => new() { State = ExtractionState.Refused, MediaType = mediaType, Reason = reason, Message = message };

    public static Extraction Failed(string mediaType, string reason, string message)
        => new() { State = ExtractionState.Failed, MediaType = mediaType, Reason = reason, Message = message };
}
