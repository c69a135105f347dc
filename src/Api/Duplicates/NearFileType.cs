using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Resources;
using ResourceHub.Core.Duplicates;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Duplicates;

/// <summary>一份相同或相近的文件。A file that is the same or nearly the same.</summary>
[ObjectType<NearFile>]
public static class NearFileType
{
    /// <summary>它所属的资源。The resource it is of.</summary>
    public static IDataLoaderResult<Resource?> GetResource([Parent] NearFile near, [Service] ResourceById resources) => resources.LoadAsync(near.ResourceId);

    /// <summary>相近的文件。The file that is near.</summary>
    public static ResourceFile GetFile([Parent] NearFile near) => near.File;

    /// <summary>与本资源的哪个文件相近。Which of this resource's files it is near to.</summary>
    public static IDataLoaderResult<ResourceFile?> GetOfFile([Parent] NearFile near, [Service] FileById files) => files.LoadAsync(near.OfFileId);

    /// <summary>相近的程度。How near it is.</summary>
    public static Nearness GetNearness([Parent] NearFile near) => near.Nearness;

    /// <summary>共有文字占两者全部文字的比例，0–1（四字片段的 Jaccard 系数）。What they have in common, of all that either says: the Jaccard index of runs of four characters.</summary>
    public static double GetJaccard([Parent] NearFile near) => Math.Round(near.Jaccard, 3);

    /// <summary>较短的一份有多少也在另一份中，0–1。How much of the shorter one is in the other.</summary>
    public static double GetContainment([Parent] NearFile near) => Math.Round(near.Containment, 3);
}
