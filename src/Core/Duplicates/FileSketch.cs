namespace ResourceHub.Core.Duplicates;

/// <summary>What a file's text comes down to for finding others that are nearly the same.</summary>
public sealed class FileSketch
{
    public Guid FileId { get; init; }

    /// <summary>SHA-256 of the text after folding; equal for files that say the same in other bytes.</summary>
    public required byte[] TextHash { get; init; }

    /// <summary>128 minimal hash values of its shingles, four bytes each.</summary>
    public required byte[] MinHash { get; init; }

    /// <summary>How many different shingles it has.</summary>
    public int Shingles { get; init; }
}

/// <summary>One band of a sketch: files that agree in a whole band are compared.</summary>
public sealed class SketchBand
{
    /// <summary>The band's number and values, hashed to 64 bits.</summary>
    public long Key { get; init; }

    public Guid FileId { get; init; }
}
