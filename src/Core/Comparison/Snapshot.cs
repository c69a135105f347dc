using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Comparison;

/// <summary>A resource as it was at one version: what it said, by field, and the files it had.</summary>
internal sealed class Snapshot
{
    public const string FieldKey = "field:";
    public const string FileKey = "file:";

    private Snapshot(int version, Dictionary<string, JsonElement> fields, List<ResourceFile> files)
    {
        Version = version;
        Fields = fields;
        Files = [];
        // Two files of one name: the later is the name's, the earlier keeps its hash as a name of its own.
        foreach (var file in files.OrderBy(f => f.AddedIn).ThenBy(f => f.Id))
            if (!Files.TryAdd(KeyOf(file), file)) Files[$"{KeyOf(file)}#{file.Sha256[..8]}"] = file;
    }

    public int Version { get; }
    public Dictionary<string, JsonElement> Fields { get; }

    /// <summary>By key: their names without case.</summary>
    public Dictionary<string, ResourceFile> Files { get; }

    /// <summary>SHA-256 of what stands at a key; the same for equal values, and one of its own for nothing.</summary>
    public byte[] ValueAt(string key)
    {
        if (key.StartsWith(FieldKey, StringComparison.Ordinal)) return Hash(Fields.TryGetValue(key[FieldKey.Length..], out var value) ? value.GetRawText() : "");
        return Hash(Files.TryGetValue(key, out var file) ? file.Sha256 : "");
    }

    public static byte[] Hash(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    public static string KeyOf(ResourceFile file) => FileKey + file.Name.ToLowerInvariant();

    /// <summary>Of the current row, or of an entry of the history; null when there is no such version.</summary>
    public static async Task<Snapshot?> AtAsync(HubDb db, Guid resourceId, int version, CancellationToken ct)
    {
        if (await db.ResourceVersions.AsNoTracking().Where(v => v.ResourceId == resourceId && v.Number == version).Select(v => v.Metadata).FirstOrDefaultAsync(ct) is not { } metadata) return null;
        var files = await db.Files.AsNoTracking().Where(f => f.ResourceId == resourceId && f.AddedIn <= version && (f.RemovedIn == null || f.RemovedIn > version)).ToListAsync(ct);
        return new Snapshot(version, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(metadata)!, files);
    }
}
