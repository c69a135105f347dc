using System.Text.Json;

namespace ResourceHub.Core.Resources;

/// <summary>One entry of a resource's history: who changed what and when, with the metadata as it then was.</summary>
public sealed class ResourceVersion
{
    public Guid ResourceId { get; init; }
    public int Number { get; init; }
    public DateTime At { get; init; }
    public Guid By { get; init; }

    /// <summary>created, adapted, metadata, file-added, file-removed, taken, restored.</summary>
    public required string What { get; init; }

    /// <summary>In the words of who changed it; null when nothing was said.</summary>
    public string? Why { get; init; }

    /// <summary>The metadata as JSON, for comparing and restoring.</summary>
    public required string Metadata { get; init; }

    public static ResourceVersion Of(Resource r, Guid by, string what, DateTime utcNow, string? why = null) => new()
    {
        ResourceId = r.Id,
        Number = r.Version,
        At = utcNow,
        By = by,
        What = what,
        Why = why,
        Metadata = JsonSerializer.Serialize(new
        {
            r.Title,
            r.Description,
            r.Kind,
            r.Stage,
            r.Grades,
            r.Subject,
            r.Edition,
            r.Volume,
            r.Chapter,
            r.Language,
            r.Licence,
            r.Keywords,
            r.Contributors,
        }),
    };
}
