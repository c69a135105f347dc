using System.Text.Json;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Comparison;

/// <summary>对来源改动的决定。What a school decided about a change of its copy's source.</summary>
public enum Decision
{
    /// <summary>已采纳。Taken over.</summary>
    Taken,

    /// <summary>不采纳；来源再次改动前不再提示。Declined; it comes back only when it changes again.</summary>
    Declined,
}

/// <summary>文件的变化。What became of a file.</summary>
public enum FileChangeKind
{
    /// <summary>新增。Added.</summary>
    Added,

    /// <summary>移除。Removed.</summary>
    Removed,

    /// <summary>换成了另一份内容。Replaced by other content.</summary>
    Replaced,

    /// <summary>改名，内容未变。Renamed, its content unchanged.</summary>
    Renamed,
}

/// <summary>One field that says something else.</summary>
/// <param name="Key">Names the change when it is taken or declined.</param>
/// <param name="Ours">What the copy says now; null where no copy is looked at.</param>
/// <param name="IsConflict">The copy was changed there as well, to something else: both are shown, nothing is merged.</param>
public sealed record FieldChange(string Key, string Field, string? Before, string? After, string? Ours = null, bool IsConflict = false, Decision? Decision = null);

/// <summary>One file that came, went or is another.</summary>
/// <param name="WithHidden">Whether hidden slides and sheets may be compared: only between versions of one's own.</param>
public sealed record FileChange(string Key, FileChangeKind Kind, ResourceFile? Before, ResourceFile? After, bool IsConflict = false, Decision? Decision = null, bool WithHidden = false);

/// <summary>How two versions differ.</summary>
public sealed record Comparison(int FromVersion, int ToVersion, IReadOnlyList<FieldChange> Fields, IReadOnlyList<FileChange> Files)
{
    internal static Comparison Of(Snapshot before, Snapshot after)
    {
        List<FieldChange> fields = [];
        foreach (var name in before.Fields.Keys.Union(after.Fields.Keys))
        {
            var key = Snapshot.FieldKey + name;
            if (!before.ValueAt(key).AsSpan().SequenceEqual(after.ValueAt(key))) fields.Add(new FieldChange(key, char.ToLowerInvariant(name[0]) + name[1..], Shown(before, name), Shown(after, name)));
        }
        return new Comparison(before.Version, after.Version, fields, FilesOf(before, after));
    }

    private static List<FileChange> FilesOf(Snapshot before, Snapshot after)
    {
        List<FileChange> changes = [];
        var gone = before.Files.Where(f => !after.Files.ContainsKey(f.Key)).Select(f => f.Value).ToList();
        var come = after.Files.Where(f => !before.Files.ContainsKey(f.Key)).Select(f => f.Value).ToList();
        foreach (var (key, old) in before.Files)
            if (after.Files.TryGetValue(key, out var now) && now.Sha256 != old.Sha256) changes.Add(new FileChange(key, FileChangeKind.Replaced, old, now));
        foreach (var old in gone.ToList())
            if (come.Find(c => c.Sha256 == old.Sha256) is { } renamed) Pair(old, renamed, FileChangeKind.Renamed);
        // The only one of its kind that went, and the only one that came: the same thing anew.
        foreach (var old in gone.ToList())
            if (gone.Count(g => g.MediaType == old.MediaType) == 1 && come.Where(c => c.MediaType == old.MediaType).ToList() is [var anew]) Pair(old, anew, FileChangeKind.Replaced);
        changes.AddRange(gone.Select(old => new FileChange(Snapshot.KeyOf(old), FileChangeKind.Removed, old, null)));
        changes.AddRange(come.Select(anew => new FileChange(Snapshot.KeyOf(anew), FileChangeKind.Added, null, anew)));
        return changes;

        void Pair(ResourceFile old, ResourceFile anew, FileChangeKind kind)
        {
            changes.Add(new FileChange(Snapshot.KeyOf(old), kind, old, anew));
            gone.Remove(old);
            come.Remove(anew);
        }
    }

    /// <summary>A value as a person reads it: lists with commas, contributors by their names.</summary>
    internal static string? Shown(Snapshot of, string field) => of.Fields.TryGetValue(field, out var value) ? Shown(value) : null;

    private static string? Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.GetArrayLength() == 0 ? null : string.Join("、", value.EnumerateArray().Select(Shown)),
        JsonValueKind.Object => value.TryGetProperty("Name", out var name) ? name.GetString() : value.GetRawText(),
        _ => value.GetRawText(),
    };
}
