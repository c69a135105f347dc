using ResourceHub.Core.Files;

namespace ResourceHub.Core.Resources;

/// <summary>A file of a resource. Its bytes never change; a new upload is a new version.</summary>
public sealed class ResourceFile : IHasId
{
    public const int NameLimit = 200;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ResourceId { get; init; }
    public Resource? Resource { get; init; }

    /// <summary>The name it had on the teacher's machine. Data, never a path.</summary>
    public required string Name { get; init => field = Guard.Text(value, NameLimit, "A file needs a name"); }

    /// <summary>By content once it has been read; until then by name.</summary>
    public required string MediaType { get; set; }

    public long Size { get; init; }

    /// <summary>64 lower-case hex digits: the blob's name.</summary>
    public required string Sha256 { get; init; }

    public int AddedIn { get; init; }
    public int? RemovedIn { get; set; }
    public DateTime AddedAt { get; init; }

    /// <summary>What was read from it; null until the first attempt starts.</summary>
    public FileExtraction? Extraction { get; set; }
}
