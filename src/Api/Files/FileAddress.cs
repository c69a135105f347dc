using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Files;

/// <summary>Where the doors for bytes are.</summary>
public static class FileAddress
{
    public static string Of(Guid id) => $"/files/{GlobalId.Of<ResourceFile>(id)}";

    public static string OfPoster(Guid id) => Of(id) + "/poster";

    /// <summary>The file that an address names, by its global id; null when it names none.</summary>
    public static Guid? Read(string id) => GlobalId.Parse(id) is (nameof(ResourceFile), var file) ? file : Guid.TryParse(id, out var plain) ? plain : null;
}
