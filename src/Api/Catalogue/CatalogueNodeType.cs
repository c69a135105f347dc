using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Catalogue;

/// <summary>教材目录中的一处：册、单元、章或节。A place in a textbook: a volume, a unit, a chapter or a section.</summary>
[ObjectType<CatalogueNode>, Node]
public static class CatalogueNodeType
{
    [NodeResolver]
    public static IDataLoaderResult<CatalogueNode?> Find(Guid id, [Service] CatalogueNodeById nodes) => nodes.LoadAsync(id);

    /// <summary>目录文件中的稳定编号。Its stable code in the catalogue's file.</summary>
    public static string GetCode([Parent] CatalogueNode node) => node.Code;

    /// <summary>层级。Which level it is on.</summary>
    public static CatalogueLevel GetLevel([Parent] CatalogueNode node) => node.Level;

    /// <summary>在上一层中的次序，从 1 起。Its place among its neighbours, from 1.</summary>
    public static int GetPosition([Parent] CatalogueNode node) => node.Position;

    /// <summary>标题，按教材写法。Its title, as the textbook writes it.</summary>
    public static string GetTitle([Parent] CatalogueNode node) => node.Title;

    /// <summary>学段。The stage of schooling.</summary>
    public static Term? GetStage([Parent] CatalogueNode node) => Terms.NamedOrNull(Vocabulary.Stage, node.Stage);

    /// <summary>年级。The grade.</summary>
    public static Term? GetGrade([Parent] CatalogueNode node) => Terms.NamedOrNull(Vocabulary.Grade, node.Grade);

    /// <summary>学科。The subject.</summary>
    public static Term GetSubject([Parent] CatalogueNode node) => Terms.Named(Vocabulary.Subject, node.Subject);

    /// <summary>教材版本；不依教材的为 null。The edition; null for what follows no textbook.</summary>
    public static Term? GetEdition([Parent] CatalogueNode node) => Terms.NamedOrNull(Vocabulary.Edition, node.Edition);

    /// <summary>册次。The volume.</summary>
    public static Term? GetVolume([Parent] CatalogueNode node) => Terms.NamedOrNull(Vocabulary.Volume, node.Volume);

    /// <summary>主题，不同版本以此对应。What it teaches; places of other editions with a topic in common are its siblings.</summary>
    public static IReadOnlyList<string> GetTopics([Parent] CatalogueNode node) => node.Topics;

    /// <summary>目录中已不再有，因有内容归在其下而保留。No longer in its catalogue; kept because something is filed under it.</summary>
    public static bool GetIsRetired([Parent] CatalogueNode node) => node.IsRetired;

    /// <summary>上一层；册为 null。What it is in; null for a volume.</summary>
    public static IDataLoaderResult<CatalogueNode?> GetParent([Parent] CatalogueNode node, [Service] CatalogueNodeById nodes)
        => node.ParentId is { } parent ? nodes.LoadAsync(parent) : Later.Nothing<CatalogueNode>();

    /// <summary>下一层，按次序。What is directly in it, in order.</summary>
    public static IDataLoaderResult<IReadOnlyList<CatalogueNode>> GetChildren([Parent] CatalogueNode node, [Service] ChildrenOfNode children) => children.LoadAsync(node.Id).OrEmpty();

    /// <summary>其他版本中有相同主题的章节，相同主题多的在前。The places of other editions that teach the same, those with most in common first.</summary>
    [Cost(2)]
    public static IDataLoaderResult<IReadOnlyList<CatalogueNode>> GetSiblings([Parent] CatalogueNode node, [Service] SiblingsOfNode siblings) => siblings.LoadAsync(node.Id).OrEmpty();

    /// <summary>归在此处及其下的资源数，只数您能看到的。How many resources are filed here and below, of those you may see.</summary>
    public static IDataLoaderResult<int> GetResourceCount([Parent] CatalogueNode node, [Service] FiledUnderNode filed) => filed.LoadAsync(new NodeKey(node.Id, node.VolumeId)).Then(f => f?.Resources ?? 0);

    /// <summary>归在此处及其下的课例数，只数您能看到的。How many lessons are filed here and below, of those you may see.</summary>
    public static IDataLoaderResult<int> GetLessonCount([Parent] CatalogueNode node, [Service] FiledUnderNode filed) => filed.LoadAsync(new NodeKey(node.Id, node.VolumeId)).Then(f => f?.Lessons ?? 0);

    /// <summary>归在此处的资源，新的在前。The resources filed exactly here, the newest first.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(5)]
    public static async Task<Connection<Resource>> GetResourcesAsync(
        [Parent] CatalogueNode node, [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.IdOf<Resource>(after);
        var page = await Filed(db).Where(r => before == null || r.Id < before).OrderByDescending(r => r.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, r => r.Id.ToString("n"), databases.Count((all, stop) => Filed(all).CountAsync(stop)));

        IQueryable<Resource> Filed(HubDb of) => of.Resources.AsNoTracking().VisibleTo(viewer).Where(r => r.ChapterId == node.Id && r.State == ResourceState.Published);
    }

    /// <summary>归在此处的课例，新的在前。The lessons filed exactly here, the newest first.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    [Cost(5)]
    public static async Task<Connection<Lesson>> GetLessonsAsync(
        [Parent] CatalogueNode node, [Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.IdOf<Lesson>(after);
        var page = await Filed(db).Where(l => before == null || l.Id < before).OrderByDescending(l => l.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, l => l.Id.ToString("n"), databases.Count((all, stop) => Filed(all).CountAsync(stop)));

        IQueryable<Lesson> Filed(HubDb of) => of.Lessons.AsNoTracking().VisibleTo(viewer).Where(l => l.ChapterId == node.Id && l.State == ResourceState.Published);
    }
}
