using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Text;

namespace ResourceHub.Api.Lessons;

/// <summary>要哪些课：字段之间为“且”，一个字段的多个值为“或”。Which lessons: fields are AND, the values of one field OR.</summary>
/// <param name="Text">标题或章节包含的文字。Words in the title or chapter.</param>
/// <param name="Stage">学段代码。Codes of stages.</param>
/// <param name="Grade">年级代码。Codes of grades.</param>
/// <param name="Subject">学科代码。Codes of subjects.</param>
/// <param name="Edition">教材版本代码。Codes of editions.</param>
/// <param name="Volume">册次代码。Codes of volumes.</param>
/// <param name="Type">课型。What they are for.</param>
/// <param name="School">学校。The schools that own them.</param>
/// <param name="Partnership">共享给这些结对的。Shared with these partnerships.</param>
/// <param name="Chapter">教材目录中的章节。Places in the textbook catalogue.</param>
/// <param name="State">状态。Their states.</param>
/// <param name="Mine">只要您创建的。Only those you created.</param>
public sealed record LessonFilter(
    string? Text = null, IReadOnlyList<string>? Stage = null, IReadOnlyList<string>? Grade = null, IReadOnlyList<string>? Subject = null, IReadOnlyList<string>? Edition = null,
    IReadOnlyList<string>? Volume = null, IReadOnlyList<LessonType>? Type = null, [ID<School>] IReadOnlyList<Guid>? School = null, [ID<Partnership>] IReadOnlyList<Guid>? Partnership = null,
    [ID<CatalogueNode>] IReadOnlyList<Guid>? Chapter = null, IReadOnlyList<ResourceState>? State = null, bool Mine = false)
{
    public IQueryable<Lesson> Of(IQueryable<Lesson> lessons, Viewer viewer)
    {
        if (CleanText.Line(Text) is { } text) lessons = lessons.Where(l => l.Title.Contains(text) || l.Chapter != null && l.Chapter.Contains(text));
        if (Stage is { Count: > 0 }) lessons = lessons.Where(l => Stage.Contains(l.Stage!));
        if (Grade is { Count: > 0 }) lessons = lessons.Where(l => Grade.Contains(l.Grade!));
        if (Subject is { Count: > 0 }) lessons = lessons.Where(l => Subject.Contains(l.Subject!));
        if (Edition is { Count: > 0 }) lessons = lessons.Where(l => Edition.Contains(l.Edition!));
        if (Volume is { Count: > 0 }) lessons = lessons.Where(l => Volume.Contains(l.Volume!));
        if (Type is { Count: > 0 }) lessons = lessons.Where(l => l.LessonType != null && Type.Contains(l.LessonType.Value));
        if (School is { Count: > 0 }) lessons = lessons.Where(l => School.Contains(l.SchoolId));
        // Through a partnership of others nothing is found: with whom something is shared is not theirs to know.
        if (Partnership is { Count: > 0 })
        {
            var known = viewer.IsHubAdmin ? Partnership : [.. Partnership.Where(viewer.Partnerships.Contains)];
            lessons = lessons.Where(l => l.Visibility == Visibility.Partners && l.Shares.Any(s => known.Contains(s.PartnershipId)));
        }
        if (Chapter is { Count: > 0 }) lessons = lessons.Where(l => l.ChapterId != null && Chapter.Contains(l.ChapterId.Value));
        if (State is { Count: > 0 }) lessons = lessons.Where(l => State.Contains(l.State));
        return Mine ? lessons.Where(l => l.CreatedBy == viewer.ActorId) : lessons;
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
    public static async Task<Connection<Lesson>> GetLessonsAsync(
        [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, LessonFilter? filter = null, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.IdOf<Lesson>(after);
        var page = await Of(db).Where(l => before == null || l.Id < before).OrderByDescending(l => l.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, l => l.Id.ToString("n"), databases.Count((all, stop) => Of(all).CountAsync(stop)));

        IQueryable<Lesson> Of(HubDb of) => (filter ?? new()).Of(of.Lessons.AsNoTracking().VisibleTo(viewer), viewer);
    }
}
