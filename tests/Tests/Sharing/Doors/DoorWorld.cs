using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Engines.Checks;

namespace ResourceHub.Tests.Sharing.Doors;

/// <summary>
/// A circle with every state a resource can be in and everybody who may stand at a door: a school that owns all, a partner, one whose partnership is over,
/// one elsewhere that was asked and has not accepted. They are signed in by session, so that pages and API are asked alike.
/// </summary>
public sealed class DoorWorld : IAsyncLifetime
{
    private readonly List<HubPerson> people = [];
    private Partnership[] partnerships = [];

    public HubApp Hub { get; private set; } = null!;
    public List<Actor> Actors { get; } = [];
    public IReadOnlyList<Subject> Subjects { get; private set; } = [];

    /// <summary>Lessons, courses and collections, as open as the resources are, and where they stand.</summary>
    public PackSubjects Packs { get; private set; } = null!;

    public string Owner { get; private set; } = null!;
    public string Partner { get; private set; } = null!;
    public string Former { get; private set; } = null!;
    public string Elsewhere { get; private set; } = null!;
    public string ActivePair { get; private set; } = null!;
    public string OverPair { get; private set; } = null!;
    public string ProposedPair { get; private set; } = null!;

    /// <summary>Public, and near to all the others: they are related to it.</summary>
    public Subject Beacon => Subjects.Single(s => s.Name == "public");

    public Actor this[string name] => Actors.Single(a => a.Name == name);

    public async Task InitializeAsync()
    {
        Hub = await HubApp.StartAsync();
        Owner = await Hub.SchoolAsync("主校");
        (Partner, Former, Elsewhere) = (await Hub.SchoolAsync("伙伴校"), await Hub.SchoolAsync("昔日伙伴校"), await Hub.SchoolAsync("他校"));
        ActivePair = await Hub.PartnershipAsync("在效结对", Owner, Partner);
        OverPair = await Hub.PartnershipAsync("到期结对", Owner, Former);
        var creator = await JoinAsync("creator", Owner, Role.Teacher);
        await JoinAsync("colleague", Owner, Role.Teacher);
        var admin = await JoinAsync("school admin", Owner, Role.SchoolAdmin);
        await JoinAsync("partner", Partner, Role.Teacher);
        await JoinAsync("former partner", Former, Role.Teacher);
        await JoinAsync("elsewhere", Elsewhere, Role.SchoolAdmin);
        await JoinAsync("hub admin", null, Role.HubAdmin);
        Actors.Add(new Actor("anonymous", Hub.Client(), null));
        Actors.Add(new Actor("revoked", Hub.Client(await RevokedKeyAsync()), null, IsRefused: true));
        await LeaveAsync(await JoinAsync("left", Owner, Role.SchoolAdmin));
        ProposedPair = (await admin.QueryAsync(
            "mutation($ids: [ID!]!) { proposePartnership(input: { kind: PAIR, name: \"提议结对\", schoolIds: $ids }) { partnership { id } errors { message } } }", new { ids = new[] { Owner, Elsewhere } }))
            .GetProperty("proposePartnership").GetProperty("partnership").GetProperty("id").GetString()!;
        Subjects = await new SubjectMaker(Hub, creator, Owner, IdOf(ActivePair), IdOf(OverPair)).MakeAsync();
        await Hub.QueryAsync("mutation($id: ID!, $on: Date!) { endPartnership(input: { partnershipId: $id, on: $on, reason: \"期满\" }) { errors { message } } }",
            new { id = OverPair, on = TimeProvider.System.Today().ToString("yyyy-MM-dd") }, HubApp.AdminKey);
        await Hub.IdleAsync();
        await using var db = await DbAsync();
        partnerships = await db.Partnerships.AsNoTracking().Include(p => p.Members).ToArrayAsync();
        Packs = await new PackSubjectMaker(db, Subjects, TimeProvider.System.GetUtcNow().UtcDateTime).MakeAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var person in people) person.Dispose();
        await Hub.DisposeAsync();
    }

    public bool MaySee(Actor actor, Resource resource) => !actor.IsRefused && InWords.MaySee(actor.Asker, resource, partnerships, TimeProvider.System.Today());

    /// <summary>May or might once: while what is over now was in force, and before the resource was closed.</summary>
    public bool Saw(Actor actor, Subject subject)
    {
        bool Opened(Guid partnership) => partnerships.Any(p => p.Id == partnership && actor.Asker?.School is { } school && p.Members.Exists(m => m.SchoolId == school));
        return !actor.IsRefused && (InWords.MaySee(actor.Asker, subject.Resource, Opened) || subject.Before is { } before && InWords.MaySee(actor.Asker, before, Opened));
    }

    public bool IsOfOwner(Actor actor) => actor.Asker is { } asker && (asker.Role == Role.HubAdmin || asker.School == IdOf(Owner));

    public async Task<HubDb> DbAsync() => await Hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();

    public static Guid IdOf(string id) => GlobalId.Parse(id)!.Value.Id;

    private async Task<HubPerson> JoinAsync(string name, string? school, Role role)
    {
        var person = await Hub.PersonAsync(school, role switch { Role.HubAdmin => "HUB_ADMIN", Role.SchoolAdmin => "SCHOOL_ADMIN", _ => "TEACHER" });
        people.Add(person);
        Actors.Add(new Actor(name, person.Client, new Asker(IdOf(person.Id), school is null ? null : IdOf(school), role)));
        return person;
    }

    private async Task LeaveAsync(HubPerson leaver)
    {
        await using var db = await DbAsync();
        var person = await db.People.Include(p => p.Places).SingleAsync(p => p.Id == IdOf(leaver.Id));
        person.Leave(TimeProvider.System.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        var at = Actors.FindIndex(a => a.Client == leaver.Client);
        Actors[at] = Actors[at] with { Asker = null };
    }

    private async Task<string> RevokedKeyAsync()
    {
        var made = (await Hub.QueryAsync("mutation($id: ID!) { createApiKey(input: { name: \"key\", schoolId: $id, role: SCHOOL_ADMIN }) { secret apiKey { id } errors { message } } }", new { id = Owner }, HubApp.AdminKey)).GetProperty("createApiKey");
        await Hub.QueryAsync("mutation($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { errors { message } } }", new { id = made.GetProperty("apiKey").GetProperty("id").GetString() }, HubApp.AdminKey);
        return made.GetProperty("secret").GetString()!;
    }
}
