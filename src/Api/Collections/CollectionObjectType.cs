using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Api.Schools;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Collections;

/// <summary>专辑：为一个用途汇集、按次序的资源和课。Resources and lessons put together for a purpose, in an order.</summary>
[ObjectType<Collection>, Node]
public static class CollectionObjectType
{
    [NodeResolver]
    public static IDataLoaderResult<Collection?> Find(Guid id, [Service] PackById<Collection> collections) => collections.LoadAsync(id);

    /// <summary>标题。The title, on one line.</summary>
    public static string GetTitle([Parent] Collection collection) => collection.Title;

    /// <summary>简介。What it is about.</summary>
    public static string? GetDescription([Parent] Collection collection) => collection.Description;

    /// <summary>学段。The stage of schooling.</summary>
    public static Term? GetStage([Parent] Collection collection) => Terms.NamedOrNull(Vocabulary.Stage, collection.Stage);

    /// <summary>年级。The grade it is for.</summary>
    public static Term? GetGrade([Parent] Collection collection) => Terms.NamedOrNull(Vocabulary.Grade, collection.Grade);

    /// <summary>学科。The subject.</summary>
    public static Term? GetSubject([Parent] Collection collection) => Terms.NamedOrNull(Vocabulary.Subject, collection.Subject);

    /// <summary>用途。What it is for.</summary>
    public static CollectionPurpose GetPurpose([Parent] Collection collection) => collection.Purpose;

    /// <summary>您能看到的各项，按次序。The items that you may see, in their order.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<ShownItem>> GetItems([Parent] Collection collection, [Service] ItemsOfCollection items, int first = 20, string? after = null)
    {
        var from = Page.NumberOf<ShownItem>(after) ?? 0;
        return items.LoadAsync(collection.Id).Then(shown => Page.Of<ShownItem>([.. (shown?.Items ?? []).Where(i => i.Position > from).Take(first + 1)], first, after, i => $"{i.Position}", Later.Given(shown?.Items.Count ?? 0)));
    }

    /// <summary>还有几项没有对您开放。How many more items there are that are not open to you.</summary>
    public static IDataLoaderResult<int> GetItemsNotShared([Parent] Collection collection, [Service] ItemsOfCollection items) => items.LoadAsync(collection.Id).Then(shown => shown?.NotShared ?? 0);

    /// <summary>所属学校。The school that owns it.</summary>
    public static IDataLoaderResult<School> GetSchool([Parent] Collection collection, [Service] SchoolById schools) => schools.LoadAsync(collection.SchoolId)!;

    /// <summary>状态。Where it is between draft and withdrawn.</summary>
    public static ResourceState GetState([Parent] Collection collection) => collection.State;

    /// <summary>专辑本身的可见范围；其中各项各有自己的。Who may see the collection once it is published; what is in it has its own.</summary>
    public static Visibility GetVisibility([Parent] Collection collection) => collection.Visibility;

    /// <summary>共享给哪些结对；只列出您有权知道的。The partnerships it is shared with, as far as they are yours to know.</summary>
    public static IDataLoaderResult<IReadOnlyList<Partnership>> GetSharedWith([Parent] Collection collection, [Service] PartnershipsOfPack shares, [Service] Viewer viewer)
        => shares.LoadAsync(collection.Id).Then(shared => ResourceAccess.SharesKnownTo(collection.SchoolId, viewer, shared ?? []));

    /// <summary>现在谁能看到，一句话；对外校只说其有权知道的。Who sees it now, in words; to other schools as far as it is theirs to know.</summary>
    public static IDataLoaderResult<string> GetAudience([Parent] Collection collection, [Service] AudienceOfPack audience) => audience.LoadAsync(new PackKey(collection))!;

    /// <summary>您是否可以更改它。Whether you may change it.</summary>
    public static bool GetMayEdit([Parent] Collection collection, [Service] Viewer viewer) => viewer.MayEdit(collection);

    /// <summary>当前版本号，从 1 起。The number of the current version, from 1.</summary>
    public static int GetVersion([Parent] Collection collection) => collection.Version;

    /// <summary>版本历史，新的在前。Its history, the newest first.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<ShownVersion>> GetVersions([Parent] Collection collection, [Service] VersionsOfPack versions, int first = 20, string? after = null) => versions.Read(collection, first, after);

    /// <summary>某一版；没有这一版时为 null。One version by its number; null when there is no such version.</summary>
    /// <param name="number">版本号。Its number.</param>
    public static IDataLoaderResult<ShownVersion?> GetVersionAt([Parent] Collection collection, int number, [Service] VersionOfPack versions) => versions.Read(collection, number);

    /// <summary>创建时间。When it was created.</summary>
    public static DateTime GetCreatedAt([Parent] Collection collection) => collection.CreatedAt;

    /// <summary>最近更新时间。When it last changed.</summary>
    public static DateTime GetUpdatedAt([Parent] Collection collection) => collection.UpdatedAt;

    /// <summary>首次发布时间。When it was first published.</summary>
    public static DateTime? GetPublishedAt([Parent] Collection collection) => collection.PublishedAt;
}
