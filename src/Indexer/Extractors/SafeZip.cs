using System.IO.Compression;
using System.Text;
using System.Xml;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>
/// A zip package with its limits checked before anything is inflated. What is declared is summed up front; what is delivered cannot be more,
/// since an entry is cut at its declared size.
/// </summary>
internal sealed class SafeZip : IDisposable
{
    private const int MaxEntries = 2_000;
    private const long MaxInflated = 300L << 20;
    private const int MaxRatio = 100;

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);

    private SafeZip(ZipArchive zip) => this.zip = zip;

    /// <exception cref="InvalidDataException">No usable zip.</exception>
    /// <exception cref="UnreadableException">It would inflate beyond the limits.</exception>
    public static SafeZip Open(Stream file)
    {
        var safe = new SafeZip(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
        long inflated = 0;
        foreach (var entry in safe.zip.Entries)
        {
            if (safe.entries.Count >= MaxEntries) throw new UnreadableException(Reasons.Bomb);
            safe.entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
            if (entry.CompressedLength > file.Length) throw new InvalidDataException("An entry claims more bytes than the file has.");
            var stored = Math.Max(1, entry.CompressedLength);
            if (entry.Length > 1 << 20 && entry.Length / stored > MaxRatio) throw new UnreadableException(Reasons.Bomb);
            // A video inside a presentation is stored as it is, hardly packed: big, but no bomb, and never inflated here.
            if (entry.Length / stored >= 2) inflated += entry.Length;
        }
        return inflated > MaxInflated ? throw new UnreadableException(Reasons.Bomb) : safe;
    }

    public IEnumerable<string> Names => entries.Keys;

    public bool Has(string part) => entries.ContainsKey(part);

    /// <summary>The part's XML, standing on its root; null when there is no such part.</summary>
    public XmlReader? Xml(string part) => entries.TryGetValue(part, out var entry) ? SafeXml.Open(entry.Open()) : null;

    /// <summary>The part's first characters as text; null when there is no such part.</summary>
    public string? Text(string part, int limit)
    {
        if (!entries.TryGetValue(part, out var entry)) return null;
        using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
        var text = new char[Math.Min(limit, entry.Length)];
        return new string(text, 0, reader.ReadBlock(text));
    }

    public void Dispose() => zip.Dispose();
}
