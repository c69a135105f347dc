using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// Which positions of a resource's text are which passage, in one value beside the resource: the best passages of a hit are then found from the postings
/// of the words, and no passage needs a document of its own.
/// </summary>
internal sealed record PassageMap(int[] Starts, PassageSource[] Sources)
{
    private const int IdLength = 16;
    private static readonly string[] Fields = ["text", "title", "description"];

    /// <summary>The passage that a position belongs to; -1 for title, description and the like, which come first.</summary>
    public int PassageAt(int position)
    {
        var at = Array.BinarySearch(Starts, position);
        return at >= 0 ? at : ~at - 1;
    }

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var files = Sources.Select(s => s.FileId ?? Guid.Empty).Distinct().ToList();
        writer.Write7BitEncodedInt(files.Count);
        foreach (var file in files) writer.Write(file.ToByteArray());
        writer.Write7BitEncodedInt(Sources.Length);
        var last = 0;
        for (var i = 0; i < Sources.Length; i++)
        {
            var source = Sources[i];
            writer.Write7BitEncodedInt(Starts[i] - last);
            writer.Write7BitEncodedInt(files.IndexOf(source.FileId ?? Guid.Empty));
            writer.Write7BitEncodedInt(source.Section);
            writer.Write7BitEncodedInt(source.Start);
            writer.Write7BitEncodedInt(source.Length);
            writer.Write((byte)Math.Max(0, Array.IndexOf(Fields, source.Field)));
            last = Starts[i];
        }
        return bytes.ToArray();
    }

    public static PassageMap Read(byte[] bytes, int offset, int length)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, offset, length, writable: false));
        var files = new Guid[reader.Read7BitEncodedInt()];
        for (var i = 0; i < files.Length; i++) files[i] = new Guid(reader.ReadBytes(IdLength));
        var count = reader.Read7BitEncodedInt();
        var map = new PassageMap(new int[count], new PassageSource[count]);
        var last = 0;
        for (var i = 0; i < count; i++)
        {
            map.Starts[i] = last += reader.Read7BitEncodedInt();
            var file = files[reader.Read7BitEncodedInt()];
            var (section, start, size) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            map.Sources[i] = new PassageSource(Fields[reader.ReadByte()], file == Guid.Empty ? null : file, section, start, size);
        }
        return map;
    }
}
