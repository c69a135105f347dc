using System.Buffers.Text;
using System.Text;
using GraphQL;
using GraphQL.DataLoader;

namespace ResourceHub.Api.GraphQL;

/// <summary>分页信息。Where this page stands in the whole.</summary>
/// <param name="HasNextPage">后面还有。More follow: ask again with <c>after</c> set to endCursor.</param>
/// <param name="HasPreviousPage">前面还有。There are some before this page.</param>
/// <param name="StartCursor">第一项的游标。Cursor of the first item.</param>
/// <param name="EndCursor">最后一项的游标。Cursor of the last item.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);

/// <summary>列表中的一项。One item of a list and its place.</summary>
/// <param name="Cursor">不透明的位置。Its place; opaque.</param>
/// <param name="Node">该项。The item.</param>
public sealed record Edge<T>(string Cursor, T Node) where T : class;

/// <summary>列表的一页。One page of a list.</summary>
/// <param name="Edges">各项及其位置。The items with their places.</param>
/// <param name="PageInfo">分页信息。Where this page stands.</param>
public sealed record Connection<T>(IReadOnlyList<Edge<T>> Edges, PageInfo PageInfo, [property: GraphQLIgnore] IDataLoaderResult<int> Total) where T : class
{
    /// <summary>各项。The items alone.</summary>
    public IReadOnlyList<T> GetNodes() => [.. Edges.Select(e => e.Node)];

    /// <summary>总数，只数您能看到的。How many there are that you may see.</summary>
    public IDataLoaderResult<int> GetTotalCount() => Total;
}

/// <summary>Pages of lists that are ordered by a key; a cursor is that key, opaque.</summary>
public static class Page
{
    /// <param name="found">One more than asked for, so that it is known whether more follow.</param>
    public static Connection<T> Of<T>(IReadOnlyList<T> found, int first, string? after, Func<T, string> key, IDataLoaderResult<int> total) where T : class
    {
        List<Edge<T>> edges = [.. found.Take(first).Select(item => new Edge<T>(CursorOf<T>(key(item)), item))];
        return new Connection<T>(edges, new PageInfo(found.Count > first, after is not null, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor), total);
    }

    /// <summary>The list's type is part of the cursor: one of another list is noticed.</summary>
    public static string CursorOf<T>(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{typeof(T).Name}:{key}"));

    /// <exception cref="ExecutionError">Not a cursor that this list gave.</exception>
    public static string? KeyOf<T>(string? cursor)
    {
        if (cursor is null) return null;
        if (cursor.Length > 1000 || !Base64Url.IsValid(cursor)) throw Invalid();
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return plain.StartsWith(typeof(T).Name + ":", StringComparison.Ordinal) ? plain[(typeof(T).Name.Length + 1)..] : throw Invalid();
    }

    public static int? NumberOf<T>(string? cursor) => KeyOf<T>(cursor) is not { } key ? null : int.TryParse(key, out var number) ? number : throw Invalid();

    public static Guid? IdOf<T>(string? cursor) => KeyOf<T>(cursor) is not { } key ? null : Guid.TryParseExact(key, "n", out var id) ? id : throw Invalid();

    public static ExecutionError Invalid() => new("这个游标不属于此列表。This cursor is not one of this list.") { Code = "INVALID_CURSOR" };
}
