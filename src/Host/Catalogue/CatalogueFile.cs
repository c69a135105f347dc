using System.Text;
using ResourceHub.Core.Catalogue;

namespace ResourceHub.Host.Catalogue;

/// <summary>A catalogue file, by its name's ending: .csv (a line for each node) or .json (an array of the same fields). Both in UTF-8.</summary>
public static class CatalogueFile
{
    public const long Limit = 64 << 20;

    /// <returns>The lines, or what is wrong with the file itself.</returns>
    public static async Task<(IReadOnlyList<CatalogueLine> Lines, IReadOnlyList<CatalogueProblem> Problems)> ReadAsync(string path, CancellationToken ct)
    {
        var ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending is not (".csv" or ".json")) return Wrong(1, "文件须为 .csv 或 .json。The file is .csv or .json.");
        if (!File.Exists(path)) return Wrong(1, "没有这个文件。There is no such file.");
        if (new FileInfo(path).Length > Limit) return Wrong(1, $"文件最大 {Limit >> 20} MB，请按册分成几个。At most {Limit >> 20} MB; split the file by volume.");
        var bytes = await File.ReadAllBytesAsync(path, ct);
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (!System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(start)))
            return Wrong(LineOfInvalid(bytes), "不是 UTF-8 编码；在 Excel 中请另存为“CSV UTF-8”。It is not UTF-8; in Excel save it as \"CSV UTF-8\".");
        return ending == ".csv" ? CatalogueCsv.Read(Encoding.UTF8.GetString(bytes, start, bytes.Length - start)) : CatalogueJson.Read(bytes.AsSpan(start));
    }

    internal static (IReadOnlyList<CatalogueLine>, IReadOnlyList<CatalogueProblem>) Wrong(int line, string message) => ([], [new CatalogueProblem(line, message)]);

    private static int LineOfInvalid(ReadOnlySpan<byte> bytes)
    {
        var line = 1;
        foreach (var part in bytes.Split((byte)'\n'))
        {
            if (!System.Text.Unicode.Utf8.IsValid(bytes[part])) break;
            line++;
        }
        return line;
    }
}
