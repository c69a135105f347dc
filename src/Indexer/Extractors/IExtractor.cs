using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Reads one kind of file. Runs in the child process only, so it may be slow, hang or die without harm; it need not defend against that.</summary>
public interface IExtractor
{
    /// <summary>The media types, by content, that it reads.</summary>
    IReadOnlyCollection<string> MediaTypes { get; }

    /// <summary>Reads text, counts and places. A file that cannot be read is an answer (<see cref="Extraction.Refused"/>), not an exception.</summary>
    Extraction Read(SourceFile file);
}

/// <summary>One file to read.</summary>
/// <param name="Path">Local path, made by the server.</param>
/// <param name="Name">The name it had on the teacher's machine: data, for hints only.</param>
/// <param name="MediaType">By content.</param>
public sealed record SourceFile(string Path, string Name, string MediaType)
{
    public FileStream Open() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
}
