namespace ResourceHub.Core.Catalogue;

/// <summary>目录的层级。A level of a textbook's catalogue.</summary>
public enum CatalogueLevel
{
    /// <summary>册。A volume: one book.</summary>
    Volume,

    /// <summary>单元。A unit.</summary>
    Unit,

    /// <summary>章、课或主题。A chapter, lesson or theme.</summary>
    Chapter,

    /// <summary>节。A section of a chapter.</summary>
    Section,
}

/// <summary>A place in a textbook: volume, unit, chapter or section. Loaded from a catalogue file; its id stays when the file is loaded again.</summary>
public sealed class CatalogueNode : IHasId
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The file's own stable name for it, unique in the hub, such as pep-math-g6-upper/5/3.</summary>
    public required string Code { get; init; }

    public Guid? ParentId { get; set; }

    /// <summary>The volume it is in; its own id for a volume.</summary>
    public Guid VolumeId { get; set; }

    public CatalogueLevel Level { get; set; }

    /// <summary>From 1 among its siblings.</summary>
    public int Position { get; set; }

    public required string Title { get; set; }
    public string? Stage { get; set; }
    public string? Grade { get; set; }
    public required string Subject { get; set; }

    /// <summary>Null for what follows no textbook, such as a kindergarten's theme plan.</summary>
    public string? Edition { get; set; }

    public string? Volume { get; set; }

    /// <summary>What it teaches, in words that other editions share: chapters with a topic in common are siblings.</summary>
    public List<string> Topics { get; set; } = [];

    /// <summary>No longer in its file; kept because something is filed under it.</summary>
    public bool IsRetired { get; set; }
}

/// <summary>A topic of a chapter, folded, for finding the chapters that share it.</summary>
public sealed class CatalogueTopic
{
    public required string Topic { get; init; }
    public Guid NodeId { get; init; }
}
