using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Forms;

/// <summary>Files that come with a form: whole uploads by their id, as the script sends them, or one file in the form itself.</summary>
public sealed class SentFiles(UploadClient uploads)
{
    private const string Separator = "/";

    /// <summary>The form says upload and name as <c>ID/NAME</c>.</summary>
    public static string NameOf(string upload) => upload[(upload.IndexOf(Separator, StringComparison.Ordinal) + 1)..];

    /// <summary>What can be known before a byte is sent on.</summary>
    public static Problem? Refuse(Posted posted, long? limit) => posted.File switch
    {
        null => null,
        { Length: null or < 0 } => new Problem("LENGTH_REQUIRED", "", ["file"]),
        { Length: { } length } when length > limit => new Problem("TOO_LARGE", "", ["file"]),
        _ => null,
    };

    /// <summary>Uploads that are whole, and why others are not.</summary>
    public async Task<(IReadOnlyList<SentFile> Files, IReadOnlyList<Problem> Problems)> ReceiveAsync(Posted posted, CancellationToken ct)
    {
        List<SentFile> sent = [.. posted.All("upload").Select(u => new SentFile(u.Split(Separator)[0], NameOf(u)))];
        if (posted.File is not { Length: { } length } file) return (sent, []);
        var uploaded = await uploads.SendAsync(file.Content, file.Name, length, ct);
        if (uploaded.Id is not { } id) return (sent, [uploaded.Problem!]);
        sent.Add(new SentFile(id, file.Name));
        return (sent, []);
    }
}

public sealed record SentFile(string UploadId, string Name);
