using GraphQL.DataLoader;
using ResourceHub.Api.Catalogue;
using ResourceHub.Api.Comparison;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Api.Schools;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.Comparison;
using ResourceHub.Core.Duplicates;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Api.Resources;

/// <summary>共享的教学资源：教学设计、课件、视频等，含文件与版本。A shared teaching resource with its files and versions; only the owner school changes it.</summary>
[ObjectType<Resource>, Node]
public static class ResourceType
{
    [NodeResolver]
    public static IDataLoaderResult<Resource?> Find(Guid id, [Service] ResourceById resources) => resources.LoadAsync(id);

    /// <summary>标题。The title, on one line.</summary>
    public static string GetTitle([Parent] Resource resource) => resource.Title;

    /// <summary>简介。What it is about and how to use it.</summary>
    public static string? GetDescription([Parent] Resource resource) => resource.Description;

    /// <summary>资源类型，如教学设计、课件。What kind of resource it is.</summary>
    public static Term GetKind([Parent] Resource resource) => Terms.Named(Vocabulary.Kind, resource.Kind);

    /// <summary>学段。The stage of schooling.</summary>
    public static Term? GetStage([Parent] Resource resource) => Terms.NamedOrNull(Vocabulary.Stage, resource.Stage);

    /// <summary>年级，可多个。The grades it is for.</summary>
    public static IReadOnlyList<Term> GetGrades([Parent] Resource resource) => resource.Grades.ConvertAll(g => Terms.Named(Vocabulary.Grade, g));

    /// <summary>学科。The subject.</summary>
    public static Term? GetSubject([Parent] Resource resource) => Terms.NamedOrNull(Vocabulary.Subject, resource.Subject);

    /// <summary>教材版本。The edition of the textbook it follows.</summary>
    public static Term? GetEdition([Parent] Resource resource) => Terms.NamedOrNull(Vocabulary.Edition, resource.Edition);

    /// <summary>册次。The volume of that textbook.</summary>
    public static Term? GetVolume([Parent] Resource resource) => Terms.NamedOrNull(Vocabulary.Volume, resource.Volume);

    /// <summary>章节，按教材写法。The chapter, as the textbook writes it.</summary>
    public static string? GetChapter([Parent] Resource resource) => resource.Chapter;

    /// <summary>教材目录中的位置；未归入目录时为 null。Its place in the textbook catalogue; null when it is filed under none.</summary>
    public static IDataLoaderResult<CatalogueNode?> GetCatalogueChapter([Parent] Resource resource, [Service] CatalogueNodeById nodes)
        => resource.ChapterId is { } chapter ? nodes.LoadAsync(chapter) : Later.Nothing<CatalogueNode>();

    /// <summary>语言代码，如 zh-CN。The language it is in.</summary>
    public static string GetLanguage([Parent] Resource resource) => resource.Language;

    /// <summary>授权方式。Under which licence it may be used.</summary>
    public static Term? GetLicence([Parent] Resource resource) => Terms.NamedOrNull(Vocabulary.Licence, resource.Licence);

    /// <summary>关键词。Words it should be found by.</summary>
    public static IReadOnlyList<string> GetKeywords([Parent] Resource resource) => resource.Keywords;

    /// <summary>作者等，按学校填写。Who made it, as the school wrote it.</summary>
    public static IReadOnlyList<Contributor> GetContributors([Parent] Resource resource) => resource.Contributors;

    /// <summary>所属学校。The school that owns it.</summary>
    public static IDataLoaderResult<School> GetSchool([Parent] Resource resource, [Service] SchoolById schools) => schools.LoadAsync(resource.SchoolId)!;

    /// <summary>状态。Where it is between draft and withdrawn.</summary>
    public static ResourceState GetState([Parent] Resource resource) => resource.State;

    /// <summary>可见范围。Who may see it once it is published.</summary>
    public static Visibility GetVisibility([Parent] Resource resource) => resource.Visibility;

    /// <summary>共享给哪些结对；只列出您有权知道的。The partnerships it is shared with, as far as they are yours to know.</summary>
    public static IDataLoaderResult<IReadOnlyList<Partnership>> GetSharedWith([Parent] Resource resource, [Service] PartnershipsOfResource shares, [Service] Viewer viewer)
        => shares.LoadAsync(resource.Id).Then(shared => resource.SharesKnownTo(viewer, shared ?? []));

    /// <summary>当前版本的文件。The files of the current version.</summary>
    public static IDataLoaderResult<IReadOnlyList<ResourceFile>> GetFiles([Parent] Resource resource, [Service] FilesOfResource files) => files.LoadAsync(resource.Id).OrEmpty();

    /// <summary>当前版本号，从 1 起。The number of the current version, from 1.</summary>
    public static int GetVersion([Parent] Resource resource) => resource.Version;

    /// <summary>版本历史，新的在前。Its history, the newest first.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<ResourceVersion>> GetVersions([Parent] Resource resource, [Service] VersionsOfResource versions, int first = 20, string? after = null)
        => versions.LoadAsync(new VersionsPage(resource.Id, first, Page.NumberOf<ResourceVersion>(after)))
            .Then(found => Page.Of(found ?? [], first, after, v => v.Number.ToString(), Later.Given(resource.Version)));

    /// <summary>相关资源：同一课例、同一章节、内容相近或有改编关系的在前，再同学科学段。What may be wanted next: of the same lesson or chapter, alike in text, or bound by adaptation; then of the same subject and stage.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    [Cost(5)]
    public static IDataLoaderResult<IReadOnlyList<Resource>> GetRelated([Parent] Resource resource, [Service] RelatedToResource related, int first = 5)
        => related.LoadAsync(new RelatedKey(resource, first)).Then(found => (IReadOnlyList<Resource>)[.. (found ?? []).Select(r => r.Resource)]);

    /// <summary>同样的相关资源，并说明原因。The same, each with the reason.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    [Cost(5)]
    public static IDataLoaderResult<IReadOnlyList<RelatedResource>> GetMoreLikeThis([Parent] Resource resource, [Service] RelatedToResource related, int first = 5)
        => related.LoadAsync(new RelatedKey(resource, first)).OrEmpty();

    /// <summary>现在谁能看到，一句话；对外校只说其有权知道的。Who sees it now, in words; to other schools as far as it is theirs to know.</summary>
    public static IDataLoaderResult<string> GetAudience([Parent] Resource resource, [Service] AudienceOfResource audience) => audience.LoadAsync(new ResourceKey(resource))!;

    /// <summary>您是否可以更改它的元数据。Whether you may change what it says.</summary>
    public static bool GetMayEdit([Parent] Resource resource, [Service] Viewer viewer) => viewer.MayEdit(resource);

    /// <summary>送审前还缺哪些字段；仅本校可见，其他人为空。The fields still missing for a review; for the owner school, empty for others.</summary>
    public static IDataLoaderResult<IReadOnlyList<string>> GetMissingForReview([Parent] Resource resource, [Service] FilesOfResource files, [Service] Viewer viewer)
        => viewer.IsOf(resource.SchoolId) ? files.LoadAsync(resource.Id).Then(found => ReviewNeeds.MissingIn(resource, found?.Count > 0)) : Later.Given<IReadOnlyList<string>>([]);

    /// <summary>最近一轮审核；仅本校可见。The latest round of review; for the owner school.</summary>
    public static IDataLoaderResult<Review?> GetReview([Parent] Resource resource, [Service] NewestReview reviews, [Service] Viewer viewer)
        => viewer.IsOf(resource.SchoolId) ? reviews.LoadAsync(resource.Id) : Later.Nothing<Review>();

    /// <summary>历次审核，新的在前；仅本校可见。All rounds of review, the newest first; for the owner school.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Review>?> GetReviews(
        [Parent] Resource resource, [Service] ReviewsOfResource reviews, [Service] ReviewCount counts, [Service] Viewer viewer, int first = 20, string? after = null)
        => !viewer.IsOf(resource.SchoolId) ? Later.Nothing<Connection<Review>>()
         : reviews.LoadAsync(new PageOfResource(resource.Id, first, Page.IdOf<Review>(after))).Then(found => (Connection<Review>?)Page.Of(found ?? [], first, after, r => r.Id.ToString("n"), counts.LoadAsync(resource.Id)));

    /// <summary>是否有学生出镜；尚未说明时为 null。Whether pupils can be seen or heard; null while nobody has said.</summary>
    public static bool? GetShowsPupils([Parent] Resource resource) => resource.ShowsPupils;

    /// <summary>这一类型通常有学生出镜（课堂实录、听评课记录），送审前须说明。Whether its kind usually shows pupils, so that it must be said before a review.</summary>
    public static bool GetSuggestsShowingPupils([Parent] Resource resource) => ConsentRules.SuggestsPupils(resource);

    /// <summary>出镜同意书的登记；仅本校可见。The statement on the consent of those who can be seen; for the owner school.</summary>
    public static IDataLoaderResult<Consent?> GetConsent([Parent] Resource resource, [Service] NewestConsent consents, [Service] Viewer viewer)
        => viewer.IsOf(resource.SchoolId) ? consents.LoadAsync(resource.Id) : Later.Nothing<Consent>();

    /// <summary>到此时刻自动只对本校开放（同意书到期）；仅本校可见。When it closes to the school by itself, because a consent ends; for the owner school.</summary>
    public static DateTime? GetOpenUntil([Parent] Resource resource, [Service] Viewer viewer) => viewer.IsOf(resource.SchoolId) ? resource.OpenUntil : null;

    /// <summary>改编的来源；原创时为 null。What it was adapted from; null for what the school made itself.</summary>
    public static Adaptation? GetBasedOn([Parent] Resource resource) => resource is { BasedOnId: { } source, BasedOnVersion: { } version } ? new Adaptation(resource.Id, source, version) : null;

    /// <summary>引用它时的署名：作者、学校、来源与授权，中英文各一行。Whom to name when it is used: author, school, source and licence, a line in Chinese and one in English.</summary>
    public static IDataLoaderResult<string> GetAttribution([Parent] Resource resource, [Service] AttributionOfResource attribution) => attribution.LoadAsync(new ResourceKey(resource))!;

    /// <summary>两个版本的差别；仅本校可见。How two of its versions differ; for its own school.</summary>
    /// <param name="from">较早的版本号。The number of the one.</param>
    /// <param name="to">较晚的版本号；省略为当前版本。The number of the other; the current one when left out.</param>
    [Cost(5)]
    public static Task<Core.Comparison.Comparison?> GetComparisonAsync([Parent] Resource resource, int from, [Service] Comparisons comparisons, [Service] Viewer viewer, CancellationToken ct, int? to = null)
        => comparisons.VersionsAsync(viewer, resource.Id, from, to ?? resource.Version, ct);

    /// <summary>与它的文件相同或相近的其他资源，只在您能看到的之中找；仅本校可见，用于提示“是否由它改编”。Other resources with the same or nearly the same files, among what you may see; for its own school, to suggest what it may be based on.</summary>
    [Cost(20)]
    public static Task<IReadOnlyList<NearFile>> GetNearDuplicatesAsync([Parent] Resource resource, [Service] NearDuplicates duplicates, [Service] Viewer viewer, CancellationToken ct)
        => viewer.IsOf(resource.SchoolId) ? duplicates.FindAsync(viewer, resource.Id, ct) : Task.FromResult<IReadOnlyList<NearFile>>([]);

    /// <summary>由它改编的资源，新的在前；只列出您能看到的。What was adapted from it, the newest first, as far as you may see it.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Resource>> GetAdaptations(
        [Parent] Resource resource, [Service] AdaptationsOfResource adaptations, [Service] AdaptationCount counts, int first = 20, string? after = null)
        => adaptations.LoadAsync(new PageOfResource(resource.Id, first, Page.IdOf<Resource>(after))).Then(found => Page.Of(found ?? [], first, after, r => r.Id.ToString("n"), counts.LoadAsync(resource.Id)));

    /// <summary>用到它的课，新的在前；只列出您能看到的。The lessons that it is a part of, the newest first, as far as you may see them.</summary>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static IDataLoaderResult<Connection<Lesson>> GetLessons([Parent] Resource resource, [Service] LessonsOfResource lessons, [Service] LessonCountOfResource counts, int first = 20, string? after = null)
        => lessons.LoadAsync(new PageOfResource(resource.Id, first, Page.IdOf<Lesson>(after))).Then(found => Page.Of(found ?? [], first, after, l => l.Id.ToString("n"), counts.LoadAsync(resource.Id)));

    /// <summary>下载次数。How often its files were downloaded.</summary>
    public static long GetDownloads([Parent] Resource resource) => resource.Downloads;

    /// <summary>创建时间。When it was created.</summary>
    public static DateTime GetCreatedAt([Parent] Resource resource) => resource.CreatedAt;

    /// <summary>最近更新时间。When it last changed.</summary>
    public static DateTime GetUpdatedAt([Parent] Resource resource) => resource.UpdatedAt;

    /// <summary>首次发布时间。When it was first published.</summary>
    public static DateTime? GetPublishedAt([Parent] Resource resource) => resource.PublishedAt;
}

/// <summary>一项相关资源及其原因。Something related and why.</summary>
[ObjectType<RelatedResource>]
public static class RelatedResourceType
{
    /// <summary>资源。The resource.</summary>
    public static Resource GetResource([Parent] RelatedResource related) => related.Resource;

    /// <summary>最主要的原因。The strongest of what speaks for it.</summary>
    public static RelatedReason GetReason([Parent] RelatedResource related) => related.Reason;
}

/// <summary>参与者。Somebody who made it.</summary>
[ObjectType<Contributor>]
public static class ContributorType
{
    /// <summary>姓名，按学校填写。The name as the school wrote it.</summary>
    public static string GetName([Parent] Contributor contributor) => contributor.Name;

    /// <summary>角色，如 author。The part played, such as author.</summary>
    public static string GetRole([Parent] Contributor contributor) => contributor.Role;
}

/// <summary>版本历史的一项。One entry of a resource's history.</summary>
[ObjectType<ResourceVersion>]
public static class ResourceVersionType
{
    /// <summary>版本号。The version's number.</summary>
    public static int GetNumber([Parent] ResourceVersion version) => version.Number;

    /// <summary>时间。When it was made.</summary>
    public static DateTime GetAt([Parent] ResourceVersion version) => version.At;

    /// <summary>变动：created、adapted、metadata、file-added、file-removed、taken、restored。What changed.</summary>
    public static string GetWhat([Parent] ResourceVersion version) => version.What;

    /// <summary>为什么改，按改的人所写。Why it was changed, in the words of who did.</summary>
    public static string? GetWhy([Parent] ResourceVersion version) => version.Why;
}
