using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;

namespace ResourceHub.Api.Catalogue;

[QueryType]
public static class CatalogueQueries
{
    /// <summary>教材目录中的册，按学科、年级、册次排序；其下的单元与章节见 children。The volumes of the textbook catalogue; what is in them is found under children.</summary>
    /// <param name="edition">教材版本代码。Only of this edition.</param>
    /// <param name="subject">学科代码。Only of this subject.</param>
    /// <param name="stage">学段代码。Only of this stage.</param>
    /// <param name="grade">年级代码。Only of this grade.</param>
    /// <param name="volume">册次代码。Only this volume.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static async Task<Connection<CatalogueNode>> GetCatalogueAsync(
        [Service] IDbContextFactory<HubDb> databases, CancellationToken ct,
        string? edition = null, string? subject = null, string? stage = null, string? grade = null, string? volume = null, int first = 20, string? after = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var from = Page.KeyOf<CatalogueNode>(after);
        var page = await Volumes(db).Where(n => from == null || n.Code.CompareTo(from) > 0).OrderBy(n => n.Code).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, n => n.Code, databases.Count((all, stop) => Volumes(all).CountAsync(stop)));

        IQueryable<CatalogueNode> Volumes(HubDb of) => of.CatalogueNodes.AsNoTracking().Where(n => n.ParentId == null && !n.IsRetired)
            .Where(n => edition == null || n.Edition == edition).Where(n => subject == null || n.Subject == subject)
            .Where(n => stage == null || n.Stage == stage).Where(n => grade == null || n.Grade == grade).Where(n => volume == null || n.Volume == volume);
    }

    /// <summary>教材目录中的一处。One place of the textbook catalogue.</summary>
    /// <param name="id">全局编号。Its global id.</param>
    public static IDataLoaderResult<CatalogueNode?> GetCatalogueNode([ID<CatalogueNode>] Guid id, [Service] CatalogueNodeById nodes) => nodes.LoadAsync(id);
}
