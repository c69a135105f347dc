namespace ResourceHub.Core.People;

/// <summary>A teacher or administrator. One school at a time; where they were before stays known.</summary>
public sealed class Person : IHasId
{
    public const int NameLimit = 80;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string DisplayName { get; set => field = Guard.Text(value, NameLimit, "A person needs a name"); }

    /// <summary>Null for a hub admin, and for somebody signed in elsewhere whom no school has taken in yet.</summary>
    public Guid? SchoolId { get; private set; }

    public Role Role { get; private set; }

    /// <summary>Who they are where they sign in, when that is not here: issuer and subject.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Sessions carry it: a new one ends them all at the next request.</summary>
    public Guid SessionStamp { get; private set; } = Guid.CreateVersion7();

    public DateTime CreatedAt { get; init; }

    /// <summary>Left the circle: may not sign in. What the school owns stays.</summary>
    public DateTime? LeftAt { get; private set; }

    public List<PersonPlace> Places { get; init; } = [];

    /// <summary>Takes a place at a school, or in the hub's own office; the one before ends.</summary>
    public void Take(Guid? schoolId, Role role, DateTime utcNow)
    {
        EndPlace(utcNow);
        (SchoolId, Role, LeftAt) = (schoolId, role, null);
        Places.Add(new PersonPlace { PersonId = Id, SchoolId = schoolId, Role = role, From = utcNow });
    }

    public void Leave(DateTime utcNow)
    {
        EndPlace(utcNow);
        LeftAt = utcNow;
        EndSessions();
    }

    /// <summary>Belongs nowhere from now on, as somebody whom no school has taken in yet; may still sign in.</summary>
    public void LosePlace(DateTime utcNow)
    {
        EndPlace(utcNow);
        (SchoolId, Role) = (null, Role.Teacher);
    }

    public void EndSessions() => SessionStamp = Guid.CreateVersion7();

    /// <summary>Needs the places.</summary>
    private void EndPlace(DateTime utcNow)
    {
        foreach (var place in Places) place.Until ??= utcNow;
    }
}

/// <summary>A time that somebody spent at a school in a role.</summary>
public sealed class PersonPlace
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PersonId { get; init; }
    public Guid? SchoolId { get; init; }
    public Role Role { get; init; }
    public DateTime From { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTime? Until { get; set; }
}
