using ResourceHub.Web.Forms;
using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Pages;

/// <summary>Files of a form become files of a resource.</summary>
public static class OwnPageFiles
{
    /// <summary>What could not be added is told.</summary>
    public static async Task<IReadOnlyList<Problem>> AttachAsync(this HubClient hub, SentFiles files, Posted posted, string resourceId, CancellationToken ct)
    {
        var (sent, problems) = await files.ReceiveAsync(posted, ct);
        List<Problem> all = [.. problems];
        foreach (var (i, file) in sent.Index())
        {
            var done = await hub.ChangeAsync("AttachFile", new { resourceId, file.UploadId, clientMutationId = $"{posted.Key}-{i}" }, ct);
            all.AddRange(done.Errors.Select(e => e with { Path = ["file"] }));
        }
        return all;
    }
}
