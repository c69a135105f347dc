using System.Text.Json.Serialization;
using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Sandbox;

/// <summary>One line on the child's standard input.</summary>
/// <param name="Path">Local path, made by the server.</param>
/// <param name="Name">The name the file had on the teacher's machine.</param>
internal sealed record ReadingRequest(string Path, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReadingRequest))]
[JsonSerializable(typeof(Extraction))]
internal sealed partial class ReadingJson : JsonSerializerContext;
