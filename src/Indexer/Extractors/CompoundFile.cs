using System.Buffers.Binary;
using System.Text;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Just enough of the old Office container to tell what is in it and whether it is encrypted.</summary>
internal sealed class CompoundFile
{
    private const int MaxSectors = 2_000;
    private readonly Stream file;
    private readonly byte[] header = new byte[512];
    private readonly int sectorSize;
    private readonly Dictionary<string, int> starts = new(StringComparer.OrdinalIgnoreCase);

    private CompoundFile(Stream file)
    {
        this.file = file;
        file.Position = 0;
        file.ReadExactly(header);
        sectorSize = 1 << Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30)), (ushort)7, (ushort)16);
        ReadDirectory();
    }

    /// <exception cref="UnreadableException">Encrypted, or no usable container.</exception>
    public static string KindOf(Stream file, string name)
    {
        CompoundFile container;
        try
        {
            container = new CompoundFile(file);
        }
        catch (EndOfStreamException)
        {
            throw new UnreadableException(Reasons.Malformed, MediaTypes.PromisedBy(name));
        }
        return container.Kind(name);
    }

    private string Kind(string name)
    {
        if (starts.ContainsKey("EncryptedPackage") || starts.ContainsKey("EncryptionInfo"))
            throw new UnreadableException(Reasons.Encrypted, MediaTypes.PromisedBy(name) ?? MediaTypes.Docx);
        if (starts.TryGetValue("Workbook", out var book) || starts.TryGetValue("Book", out book)) return Plain(MediaTypes.Xls, HasFilePass(Head(book, 512)));
        if (starts.ContainsKey("PowerPoint Document")) return Plain(MediaTypes.Ppt, starts.ContainsKey("EncryptedSummary"));
        if (starts.TryGetValue("WordDocument", out var word)) return Plain(MediaTypes.Doc, Head(word, 12) is { Length: 12 } fib && (fib[11] & 1) != 0);
        return "application/x-ole-storage";
    }

    private static string Plain(string kind, bool encrypted) => encrypted ? throw new UnreadableException(Reasons.Encrypted, kind) : kind;

    private void ReadDirectory()
    {
        var entries = new List<Entry>();
        var sector = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(48));
        var bytes = new byte[sectorSize];
        for (var read = 0; sector >= 0 && read < MaxSectors && TrySector(sector, bytes); read++)
        {
            for (var at = 0; at + 128 <= bytes.Length; at += 128) entries.Add(Entry.Of(bytes.AsSpan(at, 128)));
            sector = Next(sector);
        }
        // Only what the root itself holds: an embedded document brings its own streams in a storage below.
        var next = new Stack<int>();
        if (entries.Count > 0) next.Push(entries[0].Child);
        var seen = new HashSet<int>();
        while (next.TryPop(out var index))
        {
            if (index < 0 || index >= entries.Count || !seen.Add(index)) continue;
            var entry = entries[index];
            if (entry.IsStream) starts.TryAdd(entry.Name, entry.Start);
            next.Push(entry.Left);
            next.Push(entry.Right);
        }
    }

    private sealed record Entry(string Name, bool IsStream, int Left, int Right, int Child, int Start)
    {
        public static Entry Of(ReadOnlySpan<byte> bytes) => new(
            Encoding.Unicode.GetString(bytes[..Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(bytes[64..]) - 2, 0, 64)]), bytes[66] == 2,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[68..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[72..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[76..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[116..]));
    }

    private int Next(int sector)
    {
        var perSector = sectorSize / 4;
        var table = sector / perSector;
        // 109 tables are named in the header: enough for 7 MB of sectors; a directory further in is not followed.
        if (table >= 109) return -1;
        var bytes = new byte[sectorSize];
        return TrySector(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(76 + table * 4)), bytes)
            ? BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(sector % perSector * 4)) : -1;
    }

    private bool TrySector(int sector, byte[] into)
    {
        var at = (sector + 1L) * sectorSize;
        if (sector < 0 || at >= file.Length) return false;
        file.Position = at;
        return file.ReadAtLeast(into, into.Length, throwOnEndOfStream: false) == into.Length;
    }

    private byte[] Head(int sector, int count)
    {
        var bytes = new byte[sectorSize];
        return TrySector(sector, bytes) ? bytes[..Math.Min(count, bytes.Length)] : [];
    }

    /// <summary>An encrypted workbook has a FILEPASS record (0x2F) right after its first records.</summary>
    private static bool HasFilePass(ReadOnlySpan<byte> records)
    {
        for (var at = 0; at + 4 <= records.Length;)
        {
            if (BinaryPrimitives.ReadUInt16LittleEndian(records[at..]) == 0x2F) return true;
            at += 4 + BinaryPrimitives.ReadUInt16LittleEndian(records[(at + 2)..]);
        }
        return false;
    }
}
