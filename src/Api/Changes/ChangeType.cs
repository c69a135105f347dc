using GraphQL.DataLoader;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Lessons;
using ResourceHub.Api.Resources;
using ResourceHub.Api.Schools;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Collections;
using ResourceHub.Core.Courses;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Changes;

/// <summary>一项变动。Something that happened to a resource or in a partnership.</summary>
[ObjectType<Change>]
public static class ChangeType
{
    /// <summary>种类。What happened.</summary>
    public static ChangeKind GetKind([Parent] Change change) => change.Kind;

    /// <summary>时间。When.</summary>
    public static DateTime GetAt([Parent] Change change) => change.At;

    /// <summary>涉及的资源的编号。Id of the resource it is about.</summary>
    [ID<Resource>]
    public static string? GetResourceId([Parent] Change change) => change.ResourceId is { } id ? GlobalId.Of<Resource>(id) : null;

    /// <summary>资源现在的样子；您不再能看到时为 null。The resource as it is now; null when you may not see it any more.</summary>
    public static IDataLoaderResult<Resource?> GetResource([Parent] Change change, [Service] ResourceById resources)
        => change is { ResourceId: { } id } and not { Kind: ChangeKind.Withdrawn, PartnershipId: null } ? resources.LoadAsync(id) : Later.Nothing<Resource>();

    /// <summary>涉及的课、课程或专辑的编号。Id of the lesson, course or collection it is about.</summary>
    [ID]
    public static IDataLoaderResult<string?> GetPackId([Parent] Change change, [Service] KindOfPack kinds)
        => change.PackId is { } id ? kinds.LoadAsync(id).Then(kind => kind is null ? null : GlobalId.Of(kind, id)) : Later.Nothing<string>();

    /// <summary>课现在的样子；您不再能看到时为 null。The lesson as it is now; null when you may not see it any more.</summary>
    public static IDataLoaderResult<Lesson?> GetLesson([Parent] Change change, [Service] PackById<Lesson> lessons) => change.PackId is { } id ? lessons.LoadAsync(id) : Later.Nothing<Lesson>();

    /// <summary>课程现在的样子；您不再能看到时为 null。The course as it is now; null when you may not see it any more.</summary>
    public static IDataLoaderResult<Course?> GetCourse([Parent] Change change, [Service] PackById<Course> courses) => change.PackId is { } id ? courses.LoadAsync(id) : Later.Nothing<Course>();

    /// <summary>专辑现在的样子；您不再能看到时为 null。The collection as it is now; null when you may not see it any more.</summary>
    public static IDataLoaderResult<Collection?> GetCollection([Parent] Change change, [Service] PackById<Collection> collections) => change.PackId is { } id ? collections.LoadAsync(id) : Later.Nothing<Collection>();

    /// <summary>涉及的结对；资源自身的变动为 null。The partnership it is about; null where it is the resource's own.</summary>
    public static IDataLoaderResult<Partnership?> GetPartnership([Parent] Change change, [Service] PartnershipById partnerships)
        => change.PartnershipId is { } id ? partnerships.LoadAsync(id) : Later.Nothing<Partnership>();

    /// <summary>作出变动的学校。The school that did it.</summary>
    public static IDataLoaderResult<School?> GetSchool([Parent] Change change, [Service] SchoolById schools)
        => change.SchoolId is { } id ? schools.LoadAsync(id) : Later.Nothing<School>();
}
