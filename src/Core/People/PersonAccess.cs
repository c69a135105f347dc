using System.Linq.Expressions;

namespace ResourceHub.Core.People;

/// <summary>Who may know of whom: oneself, the people of one's own school, and everybody for hub admins.</summary>
public static class PersonAccess
{
    public static Expression<Func<Person, bool>> KnownTo(Viewer viewer)
    {
        if (viewer.IsHubAdmin) return p => true;
        if (!viewer.IsSignedIn) return p => false;
        var actor = viewer.ActorId;
        var school = viewer.SchoolId;
        return p => p.Id == actor || school != null && p.SchoolId == school;
    }

    extension(IQueryable<Person> people)
    {
        public IQueryable<Person> KnownTo(Viewer viewer) => people.Where(PersonAccess.KnownTo(viewer));
    }

    public static bool Knows(this Viewer viewer, Person person)
        => viewer.IsHubAdmin || viewer.IsSignedIn && (person.Id == viewer.ActorId || viewer.SchoolId is { } school && person.SchoolId == school);

    /// <summary>What somebody signs in with is theirs and their own admins' to know.</summary>
    public static bool MaySeeAccountOf(this Viewer viewer, Person person) => viewer.ActorId == person.Id || viewer.CanRunPeopleOf(person.SchoolId);
}
