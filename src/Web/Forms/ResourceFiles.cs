using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Forms;

/// <summary>Files that come with a form: whole uploads by their id, as the script sends them, or one file in the form itself.</summary>
public sealed class ResourceFiles(HubClient hub, UploadClient uploads)
{
    private const string Separator = "/";

    /// <summary>The form says upload and name as <c>ID/NAME</c>.</summary>
    public static string NameOf(string upload) => upload[(upload.IndexOf(Separator, StringComparison.Ordinal) + 1)..];

    private static string IdOf(string upload) => upload.Split(Separator)[0];

    /// <summary>What can be known before a byte is sent on.</summary>
    public static Problem? Refuse(Posted posted, long? limit) => posted.File switch
    {
        null => null,
        { Length: null or < 0 } => new Problem("LENGTH_REQUIRED", "", ["file"]),
        { Length: { } length } when length > limit => new Problem("TOO_LARGE", "", ["file"]),
        _ => null,
    };

    /// <summary>Makes them files of the resource; what could not be is told.</summary>
    public async Task<IReadOnlyList<Problem>> AttachAsync(Posted posted, string resourceId, CancellationToken ct)
    {
        List<Problem> problems = [];
        var sent = posted.All("upload").Select(IdOf).ToList();
        if (posted.File is { Length: { } length } file)
        {
            var uploaded = await uploads.SendAsync(file.Content, file.Name, length, ct);
            if (uploaded.Id is { } id) sent.Add(id);
            else problems.Add(uploaded.Problem!);
        }
        foreach (var (i, uploadId) in sent.Index())
        {
            var done = await hub.ChangeAsync("AttachFile", new { resourceId, uploadId, clientMutationId = $"{posted.Key}-{i}" }, ct);
            problems.AddRange(done.Errors.Select(e => e with { Path = ["file"] }));
        }
        return problems;
    }
}
