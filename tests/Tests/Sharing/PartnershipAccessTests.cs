using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Sharing;

public sealed class PartnershipAccessTests(ITestOutputHelper output)
{
    private static readonly DateTime Now = new(2026, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task SQL_and_memory_say_the_same_about_who_knows_of_which_partnership()
    {
        var seed = Random.Shared.Next(1_000_000);
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var record = await TempRecord.StartAsync();
        List<School> schools = [.. Enumerable.Range(0, 6).Select(n => new School { Name = $"学校{n}", CreatedAt = Now })];
        List<Partnership> partnerships = [.. Enumerable.Range(0, 200).Select(n => Draw(random, n, schools))];
        await record.SaveAsync([.. schools]);
        await record.SaveAsync([.. partnerships]);
        var hidden = 0;
        foreach (var viewer in Viewers(schools))
        {
            // The rule once more, in plain words.
            var told = partnerships.Where(p => p.AcceptedAt is not null || viewer.Role == Role.HubAdmin || p.Members.Exists(m => viewer.SchoolId is not null && m.SchoolId == viewer.SchoolId)).Select(p => p.Id).ToHashSet();
            var memory = partnerships.Where(PartnershipAccess.VisibleTo(viewer).Compile()).Select(p => p.Id).ToHashSet();
            await using var db = record.CreateDbContext();
            var sql = (await db.Partnerships.VisibleTo(viewer).Select(p => p.Id).ToListAsync()).ToHashSet();
            Assert.True(memory.SetEquals(told), $"{viewer}: memory");
            Assert.True(sql.SetEquals(told), $"{viewer}: SQL");
            hidden += partnerships.Count - told.Count;
        }
        Assert.True(hidden > 0);
    }

    private static Partnership Draw(Random random, int number, List<School> schools)
    {
        var members = schools.OrderBy(_ => random.Next()).Take(random.Next(2, 4)).ToList();
        var partnership = new Partnership
        {
            Name = $"结对{number}",
            From = new DateOnly(2026, 1, 1),
            CreatedAt = Now,
            ProposedBy = random.Next(3) == 0 ? null : members[0].Id,
            Members = [.. members.Select(s => new PartnershipMember { SchoolId = s.Id })],
        };
        if (partnership.ProposedBy is null) partnership.AcceptedAt = Now;
        else
            foreach (var member in members.Where(_ => random.Next(3) > 0)) partnership.Accept(member.Id, Now);
        if (random.Next(4) == 0) partnership.End(new DateOnly(2026, 5, 1), "期满");
        return partnership;
    }

    private static IEnumerable<Viewer> Viewers(List<School> schools)
    {
        yield return Viewer.Anonymous;
        yield return new Viewer(Guid.CreateVersion7(), "operator", Role.HubAdmin, null, ApiKeyScopes.All.ToFrozenSet(), []);
        yield return new Viewer(Guid.CreateVersion7(), "of no school", Role.Teacher, null, [ApiKeyScopes.Read], []);
        foreach (var school in schools)
            foreach (var role in (Role[])[Role.Teacher, Role.SchoolAdmin])
                yield return new Viewer(Guid.CreateVersion7(), "of a school", role, school.Id, [ApiKeyScopes.Read], []);
    }
}
