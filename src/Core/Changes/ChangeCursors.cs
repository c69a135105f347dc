using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ResourceHub.Core.People;
using ResourceHub.Core.Search;

namespace ResourceHub.Core.Changes;

/// <summary>A place among the changes: after this entry. Many can share a number, such as all that the end of a partnership closed.</summary>
public readonly record struct ChangePlace(long Seq, Guid ResourceId)
{
    public static readonly ChangePlace Start = new(0, Guid.Empty);

    /// <summary>After everything with this number.</summary>
    public static ChangePlace Behind(long seq) => new(seq, Guid.AllBitsSet);
}

/// <summary>Cursors of the feed. Numbers count what everybody did, also where the reader may not look, so they are enciphered; and a cursor is its reader's alone.</summary>
public sealed class ChangeCursors(CursorSeal seal)
{
    public static readonly Problem Invalid = new("INVALID_CURSOR", "这个游标无效或属于别人，请不带游标从头开始。This cursor is not valid or somebody else's; start again without one.", "since");

    /// <param name="of">What is read: the feed, or one partnership's activity.</param>
    public string Seal(Viewer viewer, string of, ChangePlace place) => seal.Seal(new SearchPosition(place.Seq.ToString(CultureInfo.InvariantCulture), place.ResourceId), Digest(viewer, of));

    /// <summary>Null for what this hub did not give to this reader.</summary>
    public ChangePlace? Open(Viewer viewer, string of, string cursor)
        => seal.Open(cursor, Digest(viewer, of)) is { } position && long.TryParse(position.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? new(seq, position.Id) : null;

    private static byte[] Digest(Viewer viewer, string of) => SHA256.HashData(Encoding.UTF8.GetBytes($"changes {of} {viewer.ActorId:n}"));
}
