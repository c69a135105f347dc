namespace ResourceHub.Core.People;

/// <summary>What can be wrong with a person's place.</summary>
internal static class PeopleProblems
{
    public static readonly Problem HasLeft = new("INVALID_STATE", "此人已经离开。This person has left.", "personId");

    public static readonly Problem LastAdmin = new("INVALID_STATE", "这是最后一名管理员：请先让另一人成为管理员。This is the last administrator: make somebody else one first.", "personId");

    /// <summary>A hub admin belongs to no school, everybody else to one.</summary>
    public static Problem? Mismatch(Role role, Guid? schoolId) => (role == Role.HubAdmin) == (schoolId is null) ? null
        : new("INVALID_ROLE", "教师和学校管理员属于一所学校；平台管理员不属于学校。Teachers and school admins belong to a school, hub admins to none.", "role");
}
