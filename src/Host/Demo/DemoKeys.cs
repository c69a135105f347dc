using System.Security.Cryptography;

namespace ResourceHub.Host.Demo;

/// <summary>A key that the demonstration prints, so that a newcomer can be a teacher of a school.</summary>
public sealed record DemoKey(string School, string Role, string Secret);

/// <summary>
/// The demonstration's keys, kept in <c>demo-keys.json</c> of the data folder, which only its owner may read: the hub itself shows a secret once,
/// and a second start must print the same ones. Also notes that all was seeded, so that a second start changes nothing.
/// </summary>
public sealed class DemoKeys
{
    private sealed record Kept(string AdminKey, bool Seeded, IReadOnlyList<DemoKey> Keys);

    private readonly string path;
    private Kept kept;

    private DemoKeys(string path, Kept kept) => (this.path, this.kept) = (path, kept);

    /// <summary>The operator's key of the demonstration: give it to the hub as Hub:BootstrapKey before it starts.</summary>
    public string AdminKey => kept.AdminKey;

    public bool Seeded => kept.Seeded;

    public IReadOnlyList<DemoKey> All => kept.Keys;

    /// <summary>The keys of this data folder; new ones at the first start.</summary>
    /// <param name="adminKey">The operator's own key, where the settings name one; else one is made and kept.</param>
    public static async Task<DemoKeys> OpenAsync(string dataFolder, string? adminKey, CancellationToken ct)
    {
        Directory.CreateDirectory(dataFolder);
        var path = Path.Join(dataFolder, "demo-keys.json");
        if (!File.Exists(path))
        {
            var fresh = new DemoKeys(path, new Kept(adminKey ?? $"hub_demo_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", false, []));
            await fresh.SaveAsync(ct);
            return fresh;
        }
        var kept = await OwnersFile.ReadAsync<Kept>(path, ct);
        return new DemoKeys(path, adminKey is null ? kept : kept with { AdminKey = adminKey });
    }

    public Task AddAsync(DemoKey key, CancellationToken ct)
    {
        kept = kept with { Keys = [.. kept.Keys, key] };
        return SaveAsync(ct);
    }

    public Task NoteSeededAsync(CancellationToken ct)
    {
        kept = kept with { Seeded = true };
        return SaveAsync(ct);
    }

    private Task SaveAsync(CancellationToken ct) => OwnersFile.WriteAsync(path, kept, ct);
}
