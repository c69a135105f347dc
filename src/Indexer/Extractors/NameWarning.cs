using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Says when a file's name promises another kind than its content is.</summary>
internal static class NameWarning
{
    public static Extraction Add(Extraction read, string name)
    {
        var promised = MediaTypes.OfName(name);
        if (promised.Count == 0 || read.MediaType == MediaTypes.Unknown || promised.Contains(read.MediaType)) return read;
        var extension = Path.GetExtension(name);
        return read with
        {
            Warnings = [.. read.Warnings, $"文件名以 {extension} 结尾，但内容是 {read.MediaType}。The name ends in {extension}, but the content is {read.MediaType}."],
        };
    }
}
