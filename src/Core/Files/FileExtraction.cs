namespace ResourceHub.Core.Files;

/// <summary>What was read from a file, as kept: counts here, sections beside it, so that the index can be rebuilt without reading files again.</summary>
public sealed class FileExtraction
{
    public Guid FileId { get; init; }
    public ExtractionState State { get; set; }
    public string? Reason { get; set; }
    public string? Message { get; set; }
    public string? Title { get; set; }
    public List<string> Authors { get; set; } = [];
    public string? Language { get; set; }
    public int? PageCount { get; set; }
    public int? SlideCount { get; set; }
    public double? DurationSeconds { get; set; }
    public int? Width { get; set; }
    public int? Height { get; set; }
    public string? VideoCodec { get; set; }
    public string? AudioCodec { get; set; }
    public DateTime? TakenAt { get; set; }
    public bool HasMacros { get; set; }
    public List<Chapter> Chapters { get; set; } = [];
    public List<Suggestion> Suggestions { get; set; } = [];
    public List<string> Warnings { get; set; } = [];

    /// <summary>SHA-256 of the poster picture's blob.</summary>
    public string? PosterSha256 { get; set; }

    public int SectionCount { get; set; }

    /// <summary>UTF-16 units of all sections: what indexing this file will weigh, known without reading it.</summary>
    public long TextLength { get; set; }

    public DateTime UpdatedAt { get; set; }

    /// <summary>Takes over everything that one reading gave, except sections and poster, which live elsewhere.</summary>
    public void Take(Extraction read, DateTime utcNow)
    {
        State = read.State;
        Reason = read.Reason;
        Message = read.Message;
        Title = read.Title;
        Authors = [.. read.Authors];
        Language = read.Language;
        PageCount = read.PageCount;
        SlideCount = read.SlideCount;
        DurationSeconds = read.DurationSeconds;
        Width = read.Width;
        Height = read.Height;
        VideoCodec = read.VideoCodec;
        AudioCodec = read.AudioCodec;
        TakenAt = read.TakenAt;
        HasMacros = read.HasMacros;
        Chapters = [.. read.Chapters];
        Suggestions = [.. read.Suggestions];
        Warnings = [.. read.Warnings];
        SectionCount = read.Sections.Count;
        TextLength = read.Sections.Sum(s => (long)s.Text.Length);
        UpdatedAt = utcNow;
    }
}

/// <summary>One kept section; ordinal from 0 in reading order.</summary>
public sealed class FileSection
{
    public Guid FileId { get; init; }
    public int Ordinal { get; init; }
    public required string Kind { get; init; }
    public string? Title { get; init; }
    public bool Hidden { get; init; }
    public int? Page { get; init; }
    public int? Slide { get; init; }
    public double? Second { get; init; }
    public string? Sheet { get; init; }
    public required string Text { get; init; }

    public Location Location => new(Page, Slide, Second, Sheet);

    public static FileSection Of(Guid fileId, int ordinal, Section s) => new()
    {
        FileId = fileId,
        Ordinal = ordinal,
        Kind = s.Kind,
        Title = s.Title,
        Hidden = s.Hidden,
        Text = s.Text,
        Page = s.Location.Page,
        Slide = s.Location.Slide,
        Second = s.Location.Second,
        Sheet = s.Location.Sheet,
    };
}
