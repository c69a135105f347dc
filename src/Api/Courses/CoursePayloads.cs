using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Courses;

namespace ResourceHub.Api.Courses;

/// <summary>更改的结果。What came of a change.</summary>
public abstract record CoursePayload([property: GraphQLIgnore] Outcome<Course> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>更改后的课程；未办成时为 null。The course as it is now; null when nothing was done.</summary>
    public Course? Course => Outcome.Value;
}

/// <summary>createCourse 的结果。What came of createCourse.</summary>
public sealed record CreateCoursePayload(Outcome<Course> Outcome, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>updateCourse 的结果。What came of updateCourse.</summary>
public sealed record UpdateCoursePayload(Outcome<Course> Outcome, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>setCourseLessons 的结果。What came of setCourseLessons.</summary>
public sealed record SetCourseLessonsPayload(Outcome<Course> Outcome, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>publishCourse 的结果。What came of publishCourse.</summary>
/// <param name="Audience">现在谁能看到，一句话。Who sees it now, in words.</param>
public sealed record PublishCoursePayload(Outcome<Course> Outcome, string? Audience, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>shareCourse 的结果。What came of shareCourse.</summary>
/// <param name="Audience">现在谁能看到，一句话。Who sees it now, in words.</param>
public sealed record ShareCoursePayload(Outcome<Course> Outcome, string? Audience, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>unshareCourse 的结果。What came of unshareCourse.</summary>
public sealed record UnshareCoursePayload(Outcome<Course> Outcome, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>withdrawCourse 的结果。What came of withdrawCourse.</summary>
public sealed record WithdrawCoursePayload(Outcome<Course> Outcome, string? ClientMutationId) : CoursePayload(Outcome, ClientMutationId);

/// <summary>deleteCourse 的结果。What came of deleteCourse.</summary>
public sealed record DeleteCoursePayload([property: GraphQLIgnore] Outcome<Course> Outcome, string? ClientMutationId) : Payload(Outcome.Problems, ClientMutationId)
{
    /// <summary>被删除的课程的编号；未办成时为 null。The id of what was deleted; null when nothing was done.</summary>
    [ID]
    public string? CourseId => Outcome.Value is { } deleted ? GlobalId.Of<Course>(deleted.Id) : null;
}
