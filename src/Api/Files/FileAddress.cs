using System.Globalization;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Files;

/// <summary>Where the doors for bytes are.</summary>
public static class FileAddress
{
    public static string Of(Guid id) => $"/files/{GlobalId.Of<ResourceFile>(id)}";

    /// <summary>Where a browser shows a file in place, turned to where the words stand: a recording from that second, a pdf at that page. Null for what browsers do not show.</summary>
    public static string? At(ResourceFile file, Location? place) => !ContentTypes.CanShow(file.MediaType) ? null : Of(file.Id) + "?inline=1" + place switch
    {
        { Second: { } second } when Recordings.IsRecording(file.MediaType) => string.Create(CultureInfo.InvariantCulture, $"#t={second}"),
        { Page: { } page } when file.MediaType == "application/pdf" => string.Create(CultureInfo.InvariantCulture, $"#page={page}"),
        _ => "",
    };

    public static string OfPoster(Guid id) => Of(id) + "/poster";

    /// <summary>The file that an address names, by its global id; null when it names none.</summary>
    public static Guid? Read(string id) => GlobalId.Parse(id) is (nameof(ResourceFile), var file) ? file : Guid.TryParse(id, out var plain) ? plain : null;
}
