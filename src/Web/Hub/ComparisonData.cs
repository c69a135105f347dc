namespace ResourceHub.Web.Hub;

/// <summary>A copy and what either school changed since it was made: Pages/SourceChanges.graphql.</summary>
public sealed record ComparedResource
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public string Language { get; init; } = "zh-CN";
    public bool MayEdit { get; init; }
    public School? School { get; init; }
    public ComparedSource? BasedOn { get; init; }
}

/// <param name="Changes">What the copy's school made of it; null for whom it does not concern.</param>
/// <param name="UpstreamChanges">What the source's school changed since; null for whom it does not concern.</param>
public sealed record ComparedSource(int Version, Kin? Resource, Comparison? Changes, Comparison? UpstreamChanges);

public sealed record Comparison(int FromVersion, int ToVersion, IReadOnlyList<FieldChange> Fields, IReadOnlyList<FileChange> Files)
{
    public bool IsEmpty => Fields.Count == 0 && Files.Count == 0;
}

/// <summary>What a field and a file have in common that changed.</summary>
public abstract record SourceChange
{
    /// <summary>Names it when it is taken or declined.</summary>
    public required string Key { get; init; }

    public bool IsConflict { get; init; }
    public string? Decision { get; init; }
}

public sealed record FieldChange : SourceChange
{
    public required string Field { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }
    public string? Ours { get; init; }
}

public sealed record FileChange : SourceChange
{
    public required string Kind { get; init; }
    public ComparedFile? Before { get; init; }
    public ComparedFile? After { get; init; }
    public ContentChanges? Content { get; init; }

    public string Name => (After ?? Before)?.Name ?? "";
}

public sealed record ComparedFile(string Name);

public sealed record ContentChanges
{
    public required string State { get; init; }
    public double? SecondsBefore { get; init; }
    public double? SecondsAfter { get; init; }
    public IReadOnlyList<ContentChange> Slides { get; init; } = [];
    public IReadOnlyList<ContentChange> Paragraphs { get; init; } = [];
    public IReadOnlyList<ContentChange> Cues { get; init; } = [];

    public IEnumerable<ContentChange> All => Slides.Concat(Paragraphs).Concat(Cues);
}

public sealed record ContentChange(string Change, Place? Before, Place? After, IReadOnlyList<TextStretch> Text);

/// <param name="Kind">ADDED, REMOVED, or null for what stayed.</param>
public sealed record TextStretch(string? Kind, string Text);
