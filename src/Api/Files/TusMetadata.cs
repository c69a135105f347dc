using System.Text;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Files;

/// <summary>The header Upload-Metadata: <c>key base64,key base64</c>. Of all keys only the file's name is kept.</summary>
internal static class TusMetadata
{
    /// <summary>The cleaned name, empty when none was given; null when the header is malformed.</summary>
    public static string? FileName(string? header)
    {
        if (string.IsNullOrWhiteSpace(header)) return "";
        var values = new Dictionary<string, string>();
        foreach (var pair in header.Split(','))
        {
            var parts = pair.Trim().Split(' ', 2);
            if (parts[0].Length == 0 || Decode(parts.Length == 2 ? parts[1].Trim() : "") is not { } value || !values.TryAdd(parts[0], value)) return null;
        }
        // Uppy calls it "name", most others "filename".
        return FileNames.Clean(values.GetValueOrDefault("filename") ?? values.GetValueOrDefault("name")) ?? "";
    }

    public static string Of(string fileName) => $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(fileName))}";

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
