using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Keys;

/// <summary>
/// The keys that a hub's processes seal with, kept in its record: whichever process needs one first makes it. Asked now and then, by code that cannot wait, so
/// these are the few statements that are not asynchronous.
/// </summary>
public sealed class SharedKeys(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    public const string Cursor = "cursor";

    /// <summary>Before the names of keys that seal sessions and forms.</summary>
    public const string Protection = "protection/";

    /// <summary>No key: a note that this record is being filled by a move, and no hub may start on it.</summary>
    public const string Moving = "moving";

    private const int CursorLength = 32;

    public byte[] CursorKey() => Convert.FromBase64String(GetOrAdd(Cursor, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(CursorLength))));

    /// <exception cref="CannotStartException">The record is not whole yet.</exception>
    public void CheckWhole()
    {
        using var db = databases.CreateDbContext();
        if (Find(db, Moving) is { } note)
            throw new CannotStartException($"This record is being filled from {note.Split(' ')[0]} by ./hub migrate: run the same command again until it says done, then start the hub.");
    }

    public IReadOnlyList<string> All(string prefix)
    {
        using var db = databases.CreateDbContext();
        return [.. db.SharedKeys.AsNoTracking().Where(k => k.Name.StartsWith(prefix)).OrderBy(k => k.Name).Select(k => k.Value)];
    }

    /// <summary>The key of this name; made when there is none. Of several processes that make one at once all get the same.</summary>
    public string GetOrAdd(string name, Func<string> make)
    {
        using var db = databases.CreateDbContext();
        if (Find(db, name) is { } known) return known;
        var made = make();
        db.Add(new SharedKey { Name = name, Value = made, CreatedAt = clock.GetUtcNow().UtcDateTime });
        try
        {
            db.SaveChanges();
            return made;
        }
        catch (DbUpdateException)
        {
            // Another process was first; if it was not that, there is still none.
            db.ChangeTracker.Clear();
            if (Find(db, name) is { } theirs) return theirs;
            throw;
        }
    }

    /// <summary>Takes keys over that earlier versions kept in the data folder, so that sessions and cursors go on; then they are in the record only.</summary>
    /// <param name="folder">The data folder.</param>
    public void TakeOver(string folder)
    {
        var cursor = Path.Join(folder, "cursor.key");
        if (File.Exists(cursor) && File.ReadAllBytes(cursor) is { Length: CursorLength } key)
        {
            GetOrAdd(Cursor, () => Convert.ToBase64String(key));
            File.Delete(cursor);
        }
        var protection = new DirectoryInfo(Path.Join(folder, "keys"));
        if (!protection.Exists) return;
        foreach (var file in protection.EnumerateFiles("*.xml"))
        {
            GetOrAdd(Protection + Path.GetFileNameWithoutExtension(file.Name), () => File.ReadAllText(file.FullName));
            file.Delete();
        }
        if (!protection.EnumerateFileSystemInfos().Any()) protection.Delete();
    }

    private static string? Find(HubDb db, string name) => db.SharedKeys.AsNoTracking().Where(k => k.Name == name).Select(k => k.Value).FirstOrDefault();
}
