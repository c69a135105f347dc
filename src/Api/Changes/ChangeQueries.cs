using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Changes;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Changes;

[QueryType]
public static class ChangeQueries
{
    /// <summary>
    /// 变动流，供门户同步：每个资源只有一项，即最近一次变动，旧的在前。存下 pageInfo.endCursor，下次作为 since 传入。您不再能看到的资源以 WITHDRAWN 出现，只给编号。一页可能不满甚至为空而后面还有：请看 hasNextPage。
    /// The feed of changes for portals: one entry for each resource, its latest, oldest first. Keep pageInfo.endCursor and send it as since the next time.
    /// What you may no longer see comes as WITHDRAWN with nothing but its id. A page may be short or empty while more follow: go by hasNextPage.
    /// When your rights grow (another role), what opened then is not told again: start once more without since.
    /// </summary>
    /// <param name="since">从此游标之后开始；游标只对取得它的人或密钥有效。Start after this cursor; good for the person or key that got it only.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    [Cost(5)]
    public static async Task<Connection<Change>> GetChangesAsync([Service] ChangeFeed feed, [Service] Viewer viewer, CancellationToken ct, string? since = null, int first = 100)
    {
        var read = await feed.ReadAsync(viewer, since, first, ct);
        if (read.Value is not { } page) throw UserError.AsError(read.Problems);
        List<Edge<Change>> edges = [.. page.Entries.Select(e => new Edge<Change>(e.Cursor, e.Change))];
        return new Connection<Change>(edges, new PageInfo(page.HasMore, since is not null, edges.FirstOrDefault()?.Cursor, page.End), Later.Do(stop => feed.CountAsync(viewer, stop)));
    }
}
