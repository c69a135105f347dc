using Lucene.Net.Index;

namespace ResourceHub.Engines.Lucene;

/// <summary>How a damaged index is known.</summary>
internal static class IndexDamage
{
    public static bool IsSure(Exception e) => e is CorruptIndexException or EndOfStreamException or FileNotFoundException or DirectoryNotFoundException;

    /// <summary>Reads every byte once and compares checksums: a flipped bit shows only when its block is read, maybe weeks later.</summary>
    public static void Prove(Snapshot snapshot, CancellationToken ct)
    {
        foreach (var segment in snapshot.Segments)
        {
            ct.ThrowIfCancellationRequested();
            segment.Reader.CheckIntegrity();
        }
    }
}
