using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Resources;

[QueryType]
public static class ResourceQueries
{
    /// <summary>一个资源；没有或无权查看时为 null。One resource; null when it is not there or you may not see it.</summary>
    /// <param name="id">资源的全局编号。The resource's global id.</param>
    public static IDataLoaderResult<Resource?> GetResource([ID<Resource>] Guid id, [Service] ResourceById resources) => resources.LoadAsync(id);
}
