using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Keys;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Tests.Contracts;

/// <summary>What must hold when two who each look first and then write come at the same moment. An engine inherits these facts.</summary>
public abstract class RaceContract : IAsyncLifetime
{
    private const int Rounds = 8;

    private static readonly Viewer Office = new(Guid.CreateVersion7(), "Office", Role.HubAdmin, null, [.. ApiKeyScopes.All], []);
    private readonly ManualClock clock = new();
    private TempRecord record = null!;

    protected abstract Task<TempRecord> StartAsync(TimeProvider clock);

    public async Task InitializeAsync() => record = await StartAsync(clock);

    public async Task DisposeAsync() => await record.DisposeAsync();

    [Fact]
    public async Task However_many_write_at_once_the_audit_log_is_one_chain_without_gaps()
    {
        var audit = record.Get<AuditLog>();
        await AtOnce.RunAsync(8, async writer =>
        {
            for (var i = 0; i < 10; i++) await audit.WriteAsync(Office, new AuditNote(AuditActions.Forbidden, Detail: $"{writer}.{i}"), default);
            return true;
        });
        await using var db = record.CreateDbContext();
        var verdict = await AuditChain.VerifyAsync(db, default);
        Assert.Equal((80, null), (verdict.Lines, verdict.Flaw));
    }

    [Fact]
    public async Task A_reader_who_follows_the_changes_misses_none_however_many_write_meanwhile()
    {
        var school = await SchoolAsync("华新实验小学");
        var library = record.Get<ResourceLibrary>();
        using var over = new CancellationTokenSource();
        var reading = Task.Run(() => FollowAsync(over.Token));
        await AtOnce.RunAsync(6, async writer =>
        {
            for (var i = 0; i < 10; i++)
                Assert.Empty((await library.CreateAsync(Office, new NewResource { SchoolId = school.Id, Title = $"{writer}.{i}", Kind = "slides" }, null, default)).Problems);
            return true;
        });
        await over.CancelAsync();
        await using var db = record.CreateDbContext();
        Assert.Equal((await db.Resources.Select(r => r.Id).ToListAsync()).Order(), (await reading).Order());
    }

    /// <summary>Reads as portals do: what is behind the last number that was seen.</summary>
    private async Task<List<Guid>> FollowAsync(CancellationToken over)
    {
        List<Guid> seen = [];
        var last = 0L;
        for (var isOver = false; ;)
        {
            await using var db = record.CreateDbContext();
            var page = await db.Changes.AsNoTracking().Where(c => c.Seq > last).OrderBy(c => c.Seq).Take(7).ToListAsync(CancellationToken.None);
            seen.AddRange(page.Select(c => c.ResourceId!.Value));
            if (page.Count > 0) last = page[^1].Seq;
            else if (isOver) return seen;
            isOver = over.IsCancellationRequested;
        }
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_at_once_do_not_leave_their_school_without_one()
    {
        var membership = record.Get<Membership>();
        for (var round = 0; round < Rounds; round++)
        {
            var school = await SchoolAsync($"学校 {round}");
            Person[] admins = [Admin(school, "甲"), Admin(school, "乙")];
            await record.SaveAsync([.. admins]);
            var answers = await AtOnce.RunAsync(2, n => membership.RemoveAsync(ViewerOf(admins[n]), admins[1 - n].Id, null, default));
            Assert.Single(answers, a => a.Problems.Count == 0);
            await using var db = record.CreateDbContext();
            Assert.Equal(1, await db.People.CountAsync(p => p.SchoolId == school.Id && p.LeftAt == null));
        }
    }

    [Fact]
    public async Task The_last_two_schools_that_accept_at_once_put_the_partnership_in_force()
    {
        var desk = record.Get<PartnershipDesk>();
        for (var round = 0; round < Rounds; round++)
        {
            School[] schools = [await SchoolAsync($"甲 {round}"), await SchoolAsync($"乙 {round}"), await SchoolAsync($"丙 {round}")];
            Viewer[] admins = [.. schools.Select(s => ViewerOf(Admin(s, "管理员")))];
            var proposal = (await desk.ProposeAsync(admins[0], new NewPartnership(PartnershipKind.Alliance, $"联盟 {round}", [.. schools.Select(s => s.Id)]), null, default)).Value!;
            var answers = await AtOnce.RunAsync(2, n => desk.AcceptAsync(admins[n + 1], proposal.Id, null, default));
            Assert.All(answers, a => Assert.Empty(a.Problems));
            await using var db = record.CreateDbContext();
            Assert.NotNull((await db.Partnerships.SingleAsync(p => p.Id == proposal.Id)).AcceptedAt);
        }
    }

    [Fact]
    public async Task An_upload_that_is_attached_in_two_places_at_once_is_in_one()
    {
        var library = record.Get<ResourceLibrary>();
        var school = await SchoolAsync("华新实验小学");
        for (var round = 0; round < Rounds; round++)
        {
            var upload = new Upload { Id = Guid.CreateVersion7().ToString("n"), OwnerId = Office.ActorId!.Value, Name = "a.txt", Length = 1, CreatedAt = clock.UtcNow, ExpiresAt = clock.UtcNow.AddHours(1), Sha256 = new string('a', 64) };
            await record.SaveAsync(upload);
            Resource[] resources = [await ResourceAsync(library, school), await ResourceAsync(library, school)];
            var answers = await AtOnce.RunAsync(2, n => library.AttachFileAsync(Office, resources[n].Id, upload.Id, null, null, default));
            Assert.Single(answers, a => a.Problems.Count == 0);
            Assert.Equal("UPLOAD_NOT_FOUND", Assert.Single(answers, a => a.Problems.Count > 0).Problems[0].Code);
            await using var db = record.CreateDbContext();
            Assert.Equal(round + 1, await db.Files.CountAsync());
        }
    }

    [Fact]
    public async Task What_ends_on_a_day_is_noted_once_by_however_many_processes()
    {
        School[] schools = [await SchoolAsync("甲"), await SchoolAsync("乙")];
        var desk = record.Get<PartnershipDesk>();
        for (var i = 0; i < Rounds; i++)
            await desk.CreateAsync(Office, new NewPartnership(PartnershipKind.Pair, $"结对 {i}", [.. schools.Select(s => s.Id)], new DateOnly(2020, 9, 1), DateOnly.FromDateTime(clock.UtcNow)), null, default);
        clock.Advance(TimeSpan.FromDays(2));
        var noted = await AtOnce.RunAsync(4, _ => record.Get<PartnershipEnds>().NoteAsync(default));
        Assert.Equal(Rounds, noted.Sum());
        await using var db = record.CreateDbContext();
        Assert.Equal(Rounds, await db.Changes.CountAsync(c => c.Kind == ChangeKind.Ended));
    }

    [Fact]
    public async Task A_link_that_two_use_at_once_lets_one_in()
    {
        var school = await SchoolAsync("华新实验小学");
        var invitations = record.Get<Invitations>();
        var link = (await invitations.InviteAsync(Office, new NewInvitation(school.Id, "王老师", Role.Teacher), null, default)).Value!;
        var answers = await AtOnce.RunAsync(3, n => invitations.AcceptAsync(new Acceptance(link.Secret!, "江北的春天来得特别早", $"wang-{n}"), RequestOrigin.Unknown, default));
        Assert.Single(answers, a => a.Value is not null);
        await using var db = record.CreateDbContext();
        Assert.Equal((1, 1), (await db.People.CountAsync(), await db.LocalAccounts.CountAsync()));
    }

    [Fact]
    public async Task Processes_that_start_at_once_have_the_same_keys()
    {
        await AtOnce.RunAsync(8, async _ =>
        {
            await record.Get<KeyRing>().EnsureBootstrapKeyAsync("the operator's first key", default);
            return true;
        });
        Assert.Single((await AtOnce.RunAsync(8, _ => Task.FromResult(Convert.ToHexString(record.Get<SharedKeys>().CursorKey())))).Distinct());
        await using var db = record.CreateDbContext();
        Assert.Equal(1, await db.ApiKeys.CountAsync());
    }

    private async Task<School> SchoolAsync(string name)
    {
        var school = new School { Name = name, CreatedAt = clock.UtcNow };
        await record.SaveAsync(school);
        return school;
    }

    private static async Task<Resource> ResourceAsync(ResourceLibrary library, School school)
        => (await library.CreateAsync(Office, new NewResource { SchoolId = school.Id, Title = "圆的面积", Kind = "slides" }, null, default)).Value!;

    private Person Admin(School school, string name)
    {
        var person = new Person { DisplayName = name, CreatedAt = clock.UtcNow };
        person.Take(school.Id, Role.SchoolAdmin, clock.UtcNow);
        return person;
    }

    private static Viewer ViewerOf(Person person) => new(person.Id, person.DisplayName, person.Role, person.SchoolId, [.. ApiKeyScopes.All], []);
}
