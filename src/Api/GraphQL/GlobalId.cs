using System.Buffers.Text;
using System.Text;
using GraphQL;
using GraphQL.Validation;

namespace ResourceHub.Api.GraphQL;

/// <summary>Ids that clients see: the type and the entity's id, opaque. Never made of anything a person typed.</summary>
public static class GlobalId
{
    private const int LongestId = 100;

    public static string Of(string type, Guid id) => Of(type, id.ToString("n"));

    public static string Of<T>(Guid id) => Of(TypeNames.Of(typeof(T)), id);

    public static string Of(string type, string key) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{type}:{key}"));

    /// <summary>Type and id; null when it is none of ours.</summary>
    public static (string Type, Guid Id)? Parse(string? text)
        => KeyOf(text) is { } found && Guid.TryParseExact(found.Key, "n", out var id) ? (found.Type, id) : null;

    /// <summary>Type and key; null when it is none of ours.</summary>
    public static (string Type, string Key)? KeyOf(string? text)
    {
        Span<byte> bytes = stackalloc byte[LongestId];
        if (text is null || text.Length > LongestId || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var length)) return null;
        var plain = Encoding.ASCII.GetString(bytes[..length]);
        var colon = plain.IndexOf(':');
        return colon > 0 ? (plain[..colon], plain[(colon + 1)..]) : null;
    }

    /// <exception cref="ExecutionError">Not an id of that type: the client mixed something up, so it is told, not answered with nothing.</exception>
    public static Guid Read(string text, string type, string field)
        => Parse(text) is { } parsed && parsed.Type == type ? parsed.Id : throw Invalid(field, type);

    public static ValidationError Invalid(string field, string type)
        => new($"{field} 不是 {type} 的编号；请原样使用接口返回的 id。{field} is not an id of a {type}; send ids exactly as they were received.") { Code = "INVALID_ID" };
}
