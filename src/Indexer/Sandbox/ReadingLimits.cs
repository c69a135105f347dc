namespace ResourceHub.Indexer.Sandbox;

/// <summary>What one reading of one file may cost. Beyond it the child is ended and the file gets an answer that says so.</summary>
public sealed record ReadingLimits
{
    public TimeSpan Wall { get; init; } = TimeSpan.FromSeconds(120);
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Managed heap of the child. An address-space limit would keep .NET from starting, so the heap is limited and the rest is watched.</summary>
    public long HeapBytes { get; init; } = 512L << 20;

    /// <summary>Resident memory of the child, looked at while it reads: what is not in the managed heap counts here.</summary>
    public long ResidentBytes { get; init; } = 768L << 20;

    /// <summary>Longest answer that is taken from a child; a flood ends it.</summary>
    public int AnswerBytes { get; init; } = 24 << 20;

    /// <summary>A child is replaced after this many files, so that no leak of a parser lives long.</summary>
    public int FilesPerChild { get; init; } = 200;

    /// <summary>A child that grew beyond this is not given another file.</summary>
    public long TiredBytes { get; init; } = 320L << 20;

    /// <summary>Children that have had nothing to read for this long are ended.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);
}
