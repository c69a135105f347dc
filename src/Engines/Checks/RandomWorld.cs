using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Engines.Checks;

/// <summary>A small circle of schools drawn by chance: people who moved or left, partnerships proposed, to come, in force and over, resources in every state.</summary>
internal sealed class RandomWorld
{
    private readonly Random random;
    private readonly DateTime now;
    private readonly DateOnly today;

    public RandomWorld(int seed, DateTime now)
    {
        (Seed, random, this.now, today) = (seed, new Random(seed), now, SchoolDay.Of(now));
        Schools = [.. Enumerable.Range(0, 3).Select(n => new School { Name = $"学校 {seed}-{n}", CreatedAt = now })];
        Partnerships = [.. Enumerable.Range(0, 2).Select(_ => DrawPartnership())];
        People = [.. Enumerable.Range(0, 3).Select(_ => DrawPerson())];
        Resources = [.. Enumerable.Range(0, 4).Select(_ => DrawResource())];
    }

    public int Seed { get; }
    public List<School> Schools { get; }
    public List<Partnership> Partnerships { get; }
    public List<Person> People { get; }
    public List<Resource> Resources { get; }

    /// <param name="person">Null for somebody who is not signed in.</param>
    public bool MaySee(Person? person, Resource resource)
        => InWords.MaySee(person is null or { LeftAt: not null } ? null : new Asker(person.Id, person.SchoolId, person.Role), resource, Partnerships, today);

    private Partnership DrawPartnership()
    {
        var partnership = new Partnership
        {
            Name = "结对",
            From = today.AddDays(Chance(5) ? random.Next(1, 3) : -random.Next(0, 3)),
            Until = Chance(3) ? today.AddDays(random.Next(-2, 3)) : null,
            AcceptedAt = Chance(6) ? null : now,
            CreatedAt = now,
            Members = [.. Schools.OrderBy(_ => random.Next()).Take(random.Next(2, 4)).Select(s => new PartnershipMember { SchoolId = s.Id, AcceptedAt = now })],
        };
        if (Chance(4)) partnership.End(today.AddDays(random.Next(-1, 2)), "期满");
        return partnership;
    }

    private Person DrawPerson()
    {
        var person = new Person { DisplayName = "教师", CreatedAt = now };
        for (var places = Chance(3) ? 2 : 1; places > 0; places--)
        {
            var role = Chance(8) ? Role.HubAdmin : Chance(3) ? Role.SchoolAdmin : Role.Teacher;
            person.Take(role == Role.HubAdmin ? null : Pick(Schools).Id, role, now);
        }
        if (Chance(10)) person.Leave(now);
        return person;
    }

    private Resource DrawResource()
    {
        var resource = new Resource { SchoolId = Pick(Schools).Id, CreatedBy = Pick(People).Id, Title = "教案", Kind = "slides", CreatedAt = now };
        resource.Shares.AddRange(Partnerships.Where(_ => Chance(2)).Select(p => new ResourceShare { ResourceId = resource.Id, PartnershipId = p.Id, SharedAt = now }));
        resource.Touch(now);
        if (Chance(5)) resource.Submit(now);
        if (!Chance(4)) resource.Publish((Visibility)random.Next(5), now);
        if (Chance(8)) resource.Withdraw(now);
        if (Chance(8)) resource.CloseToSchool(now);
        if (Chance(12)) resource.Delete(now);
        return resource;
    }

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(List<T> from) => from[random.Next(from.Count)];
}
