using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;

namespace ResourceHub.Api.Lessons;

/// <summary>要哪些课：字段之间为“且”，一个字段的多个值为“或”。Which lessons: fields are AND, the values of one field OR.</summary>
public sealed record LessonFilter : PackFilter
{
    /// <summary>教材版本代码。Codes of editions.</summary>
    public IReadOnlyList<string>? Edition { get; init; }

    /// <summary>册次代码。Codes of volumes.</summary>
    public IReadOnlyList<string>? Volume { get; init; }

    /// <summary>课型。What they are for.</summary>
    public IReadOnlyList<LessonType>? Type { get; init; }

    /// <summary>教材目录中的章节。Places in the textbook catalogue.</summary>
    [ID<CatalogueNode>]
    public IReadOnlyList<Guid>? Chapter { get; init; }

    public IQueryable<Lesson> Of(IQueryable<Lesson> lessons, Viewer viewer)
    {
        lessons = Common(lessons, viewer);
        if (Edition is { Count: > 0 }) lessons = lessons.Where(l => Edition.Contains(l.Edition!));
        if (Volume is { Count: > 0 }) lessons = lessons.Where(l => Volume.Contains(l.Volume!));
        if (Type is { Count: > 0 }) lessons = lessons.Where(l => l.LessonType != null && Type.Contains(l.LessonType.Value));
        if (Chapter is { Count: > 0 }) lessons = lessons.Where(l => l.ChapterId != null && Chapter.Contains(l.ChapterId.Value));
        return lessons;
    }
}

[QueryType]
public static class LessonQueries
{
    /// <summary>一节课；没有或无权查看时为 null。One lesson; null when it is not there or you may not see it.</summary>
    /// <param name="id">课的全局编号。The lesson's global id.</param>
    public static IDataLoaderResult<Lesson?> GetLesson([ID<Lesson>] Guid id, [Service] PackById<Lesson> lessons) => lessons.LoadAsync(id);

    /// <summary>您能看到的课，新的在前。The lessons you may see, the newest first.</summary>
    /// <param name="filter">要哪些。Which ones.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(2)]
    public static Task<Connection<Lesson>> GetLessonsAsync(
        [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, LessonFilter? filter = null, int first = 20, string? after = null)
        => PackPage.OfAsync(databases, db => (filter ?? new()).Of(db.Lessons.AsNoTracking().VisibleTo(viewer), viewer), first, after, ct);
}

/// <summary>A page of lessons, courses or collections, the newest first.</summary>
internal static class PackPage
{
    public static async Task<Connection<T>> OfAsync<T>(IDbContextFactory<HubDb> databases, Func<HubDb, IQueryable<T>> of, int first, string? after, CancellationToken ct) where T : Pack
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.IdOf<T>(after);
        var page = await of(db).Where(p => before == null || p.Id < before).OrderByDescending(p => p.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, p => p.Id.ToString("n"), databases.Count((all, stop) => of(all).CountAsync(stop)));
    }
}
