using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Resources;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;

namespace ResourceHub.Api.Comparison;

/// <summary>改编的来源，以及两校各自改了什么。What it was adapted from, and what either school changed since.</summary>
/// <param name="Version">来源当时的版本。The source's version at that time.</param>
public sealed record Adaptation([property: GraphQLIgnore] Guid CopyId, [property: GraphQLIgnore] Guid SourceId, int Version)
{
    /// <summary>来源；您无权查看或已不在时为 null。The source; null when you may not see it, or it is gone.</summary>
    public IDataLoaderResult<Resource?> GetResource([Service] ResourceById resources) => resources.LoadAsync(SourceId);

    /// <summary>改编时改了什么：与来源当时的版本比较；仅两校可见，来源不再可见时为 null。What was changed in adapting, beside the source as it then was; for the two schools, null once the source is not to be seen.</summary>
    [Cost(5)]
    public Task<Core.Comparison.Comparison?> GetChangesAsync([Service] Comparisons comparisons, [Service] Viewer viewer, CancellationToken ct) => comparisons.OfCopyAsync(viewer, CopyId, ct);

    /// <summary>来源此后改了什么，可逐项采纳或不采纳；仅改编的学校可见。What its source's school changed since, to be taken or declined one by one; for the copy's school.</summary>
    [Cost(5)]
    public Task<Core.Comparison.Comparison?> GetUpstreamChangesAsync([Service] Comparisons comparisons, [Service] Viewer viewer, CancellationToken ct) => comparisons.UpstreamAsync(viewer, CopyId, ct);
}

/// <summary>两个版本的差别。How two versions differ.</summary>
[ObjectType<Core.Comparison.Comparison>]
public static class ComparisonType
{
    /// <summary>比较的起点。The version it starts from.</summary>
    public static int GetFromVersion([Parent] Core.Comparison.Comparison comparison) => comparison.FromVersion;

    /// <summary>比较的终点。The version it leads to.</summary>
    public static int GetToVersion([Parent] Core.Comparison.Comparison comparison) => comparison.ToVersion;

    /// <summary>元数据的变化。Fields that say something else.</summary>
    public static IReadOnlyList<FieldChange> GetFields([Parent] Core.Comparison.Comparison comparison) => comparison.Fields;

    /// <summary>文件的变化。Files that came, went or are others.</summary>
    public static IReadOnlyList<FileChange> GetFiles([Parent] Core.Comparison.Comparison comparison) => comparison.Files;
}

/// <summary>一个字段的变化。One field that says something else.</summary>
[ObjectType<FieldChange>]
public static class FieldChangeType
{
    /// <summary>采纳或不采纳时用它指明。Names the change when it is taken or declined.</summary>
    public static string GetKey([Parent] FieldChange change) => change.Key;

    /// <summary>字段，如 title、chapter。The field, such as title.</summary>
    public static string GetField([Parent] FieldChange change) => change.Field;

    /// <summary>原来的值。What it said.</summary>
    public static string? GetBefore([Parent] FieldChange change) => change.Before;

    /// <summary>现在的值。What it says.</summary>
    public static string? GetAfter([Parent] FieldChange change) => change.After;

    /// <summary>改编的资源现在的值；比较版本时为 null。What the copy says now; null where no copy is looked at.</summary>
    public static string? GetOurs([Parent] FieldChange change) => change.Ours;

    /// <summary>两校都改了且不同：并列给出，不会自动合并。Both schools changed it, to different things: both are shown, nothing is merged.</summary>
    public static bool GetIsConflict([Parent] FieldChange change) => change.IsConflict;

    /// <summary>已作的决定；未决定为 null。What was decided; null while nothing was.</summary>
    public static Decision? GetDecision([Parent] FieldChange change) => change.Decision;
}

/// <summary>一个文件的变化。One file that came, went or is another.</summary>
[ObjectType<FileChange>]
public static class FileChangeType
{
    /// <summary>采纳或不采纳时用它指明。Names the change when it is taken or declined.</summary>
    public static string GetKey([Parent] FileChange change) => change.Key;

    /// <summary>变化的种类。What happened.</summary>
    public static FileChangeKind GetKind([Parent] FileChange change) => change.Kind;

    /// <summary>原来的文件。The file as it was.</summary>
    public static ComparedFile? GetBefore([Parent] FileChange change) => ComparedFile.Of(change.Before);

    /// <summary>现在的文件。The file as it is.</summary>
    public static ComparedFile? GetAfter([Parent] FileChange change) => ComparedFile.Of(change.After);

    /// <summary>内容的差别：幻灯片、段落、字幕；只在换成另一份内容时有。How the content differs, where a file was replaced.</summary>
    [Cost(5)]
    public static async Task<ContentChanges?> GetContentAsync([Parent] FileChange change, [Service] Comparisons comparisons, CancellationToken ct)
        => change is { Kind: FileChangeKind.Replaced, Before: { } before, After: { } after } ? await comparisons.ContentAsync(before, after, change.WithHidden, ct) : null;

    /// <summary>两校都换过且不同。Both schools replaced it, by different content.</summary>
    public static bool GetIsConflict([Parent] FileChange change) => change.IsConflict;

    /// <summary>已作的决定；未决定为 null。What was decided; null while nothing was.</summary>
    public static Decision? GetDecision([Parent] FileChange change) => change.Decision;
}

/// <summary>比较中的一个文件。A file of a comparison.</summary>
/// <param name="Name">文件名。Its name.</param>
/// <param name="MediaType">媒体类型。Its media type.</param>
/// <param name="Size">字节数。Its size in bytes.</param>
/// <param name="Sha256">内容的 SHA-256。SHA-256 of its content.</param>
public sealed record ComparedFile(string Name, string MediaType, long Size, string Sha256)
{
    internal static ComparedFile? Of(ResourceFile? file) => file is null ? null : new ComparedFile(file.Name, file.MediaType, file.Size, file.Sha256);
}
