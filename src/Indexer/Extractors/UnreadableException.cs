namespace ResourceHub.Indexer.Extractors;

/// <summary>Found deep inside a file: it cannot or must not be read. Becomes the file's answer in <see cref="FileReading"/>.</summary>
/// <param name="reason">One of <see cref="Sandbox.Reasons"/>.</param>
/// <param name="mediaType">Where the place that found it knows the kind better.</param>
internal sealed class UnreadableException(string reason, string? mediaType = null) : Exception("The file cannot be read.")
{
    public string Reason => reason;
    public string? MediaType => mediaType;
}
