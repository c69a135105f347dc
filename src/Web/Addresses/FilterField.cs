namespace ResourceHub.Web.Addresses;

/// <summary>A field that results can be narrowed by: its name in addresses and in SearchFilter, and its facet's name.</summary>
public sealed record FilterField(string Name, string Facet)
{
    /// <summary>In the order teachers narrow by.</summary>
    public static readonly IReadOnlyList<FilterField> All =
    [
        new("stage", "STAGE"), new("subject", "SUBJECT"), new("grade", "GRADE"), new("kind", "KIND"), new("edition", "EDITION"), new("volume", "VOLUME"),
        new("mediaType", "MEDIA_TYPE"), new("school", "SCHOOL"), new("licence", "LICENCE"), new("language", "LANGUAGE"), new("partnership", "PARTNERSHIP"), new("chapter", "CHAPTER"),
    ];

    /// <summary>Those that are offered beside the results; the others only work in addresses.</summary>
    public static readonly IReadOnlyList<FilterField> Shown = [.. All.Where(f => f.Name is "stage" or "subject" or "grade" or "kind" or "edition" or "mediaType" or "school")];
}
