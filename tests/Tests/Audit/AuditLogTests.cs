using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Audit;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;
using ResourceHub.Tests.Indexer;
using ResourceHub.Tests.Sharing;

namespace ResourceHub.Tests.Audit;

/// <summary>What is written down, and who reads it.</summary>
public sealed class AuditLogTests : IClassFixture<ThreeSchools>
{
    private readonly ThreeSchools world;
    private readonly HubApp hub;

    public AuditLogTests(ThreeSchools world) => (this.world, hub) = (world, world.Hub);

    private async Task<List<string>> LinesAsync(string key, object? filter = null)
    {
        await hub.Services.GetRequiredService<AuditQueue>().WriteAsync(default);
        return [.. (await hub.QueryAsync("query($filter: AuditFilter) { auditEvents(filter: $filter, first: 100) { nodes { action objectType result detail school { name } actorSchool { name } } } }", new { filter }, key))
            .GetProperty("auditEvents").GetProperty("nodes").EnumerateArray().Select(n => $"{n.GetProperty("action").GetString()} {n.GetProperty("result").GetString()} {n.GetProperty("detail").GetString()}")];
    }

    private async Task<(string Resource, string Url)> FileAsync(string visibility)
    {
        var id = await hub.ResourceAsync(world.A, $"教案 {visibility} {Guid.CreateVersion7()}");
        var file = await hub.AttachAsync(id, Encoding.UTF8.GetBytes("一二三四五六七八九十"), $"{id[^6..]}.txt");
        if (visibility != "DRAFT") await hub.PublishAsync(id, visibility);
        return (id, file.GetProperty("downloadUrl").GetString()!);
    }

    [Fact]
    public async Task Reading_a_file_that_is_not_open_to_all_members_leaves_a_line_once_for_each_reading()
    {
        var (resource, url) = await FileAsync("SCHOOL");
        using var teacher = hub.Client(world.TeacherA);
        async Task GetAsync(long? from)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, url);
            if (from is not null) ask.Headers.Range = new RangeHeaderValue(from, null);
            using var answer = await teacher.SendAsync(ask);
            answer.EnsureSuccessStatusCode();
        }

        // A piece from the middle is a reading too; the pieces after it are the same one.
        await GetAsync(6);
        await GetAsync(3);
        Assert.Single(await LinesAsync(world.AdminA, new { objectId = resource, action = "downloaded" }));
        await GetAsync(null);
        await GetAsync(9);
        Assert.Equal(2, (await LinesAsync(world.AdminA, new { objectId = resource, action = "downloaded" })).Count);
        using var head = await teacher.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal(2, (await LinesAsync(world.AdminA, new { objectId = resource, action = "downloaded" })).Count);
    }

    [Theory]
    [InlineData("DRAFT", 1)]
    [InlineData("SCHOOL", 1)]
    [InlineData("MEMBERS", 0)]
    [InlineData("PUBLIC", 0)]
    public async Task What_all_members_may_read_leaves_no_line(string visibility, int lines)
    {
        var (resource, url) = await FileAsync(visibility);
        using var admin = hub.Client(world.AdminA);
        await admin.GetByteArrayAsync(url);
        Assert.Equal(lines, (await LinesAsync(world.AdminA, new { objectId = resource, action = "downloaded" })).Count);
    }

    [Fact]
    public async Task Steps_of_a_partnership_and_its_paper_leave_lines_with_the_step()
    {
        var id = await world.ProposeAsync("记录在案", world.A, world.B);
        await world.DoAsync("acceptPartnership", world.AdminB, new { partnershipId = id });
        await world.DoAsync("attachAgreement", world.AdminA, new { partnershipId = id, uploadId = await hub.UploadAsync(MadeFiles.Pdf("协议"), "协议.pdf", world.AdminA) });
        using (var member = hub.Client(world.TeacherB)) await member.GetByteArrayAsync((await world.PartnershipAsync(id, world.TeacherB)).GetProperty("agreementFile").GetProperty("url").GetString());
        // Lines of readings are written a moment later.
        await hub.Services.GetRequiredService<AuditQueue>().WriteAsync(default);
        await world.DoAsync("endPartnership", world.AdminB, new { partnershipId = id, on = TimeProvider.System.Today().ToString("yyyy-MM-dd"), reason = "合并" });
        var lines = await LinesAsync(HubApp.AdminKey, new { objectId = id });
        Assert.Equal([$"partnership-ended OK {TimeProvider.System.Today():yyyy-MM-dd} 合并", "downloaded OK 协议.pdf"], lines[..2]);
        Assert.StartsWith("agreement-attached OK sha-256 ", lines[2]);
        Assert.Equal(["partnership-accepted OK 记录在案", "partnership-proposed OK 记录在案"], lines[3..]);
        // Each school reads what its own people did.
        Assert.Equal(["partnership-proposed"], (await LinesAsync(world.AdminA, new { objectId = id, action = new[] { "partnership-proposed", "partnership-accepted" } })).ConvertAll(l => l.Split(' ')[0]));
    }

    [Fact]
    public async Task A_key_that_opens_nothing_leaves_a_line_without_the_key_and_many_in_a_moment_leave_one()
    {
        await hub.Services.GetRequiredService<AuditQueue>().WriteAsync(default);
        for (var n = 0; n < 7; n++)
        {
            using var client = hub.Client($"hub_guess{n}");
            using var answer = await client.GetAsync("/graphql?query={__typename}");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        var lines = await LinesAsync(HubApp.AdminKey, new { action = "not-authenticated" });
        Assert.All(lines, l => Assert.DoesNotContain("guess", l));
        Assert.InRange(lines.Count, 1, 4);
        Assert.Equal(7, lines.Sum(l => l.Contains('×') ? int.Parse(l.Split('×')[1]) : 1));
    }

    [Fact]
    public async Task School_admins_read_their_schools_lines_hub_admins_all_and_others_none()
    {
        var (resource, url) = await FileAsync("SCHOOL");
        using (var teacher = hub.Client(world.TeacherA)) await teacher.GetByteArrayAsync(url);
        Assert.Single(await LinesAsync(world.AdminA, new { objectId = resource, action = "downloaded" }));
        Assert.Single(await LinesAsync(HubApp.AdminKey, new { objectId = resource, action = "downloaded" }));
        Assert.Empty(await LinesAsync(world.AdminB, new { objectId = resource }));
        Assert.Empty(await LinesAsync(world.AdminB, new { schoolId = world.A }));
        var all = await SeqsAsync(HubApp.AdminKey);
        foreach (var (key, school) in new[] { (world.AdminA, "甲校"), (world.AdminB, "乙校") })
        {
            var own = await hub.QueryAsync("{ auditEvents(first: 100) { nodes { seq school { name } actorSchool { name } } } }", key: key);
            Assert.All(own.GetProperty("auditEvents").GetProperty("nodes").EnumerateArray(), n => Assert.Contains(school, new[] { n.GetProperty("school"), n.GetProperty("actorSchool") }.Where(s => s.ValueKind == JsonValueKind.Object).Select(s => s.GetProperty("name").GetString())));
            Assert.Empty((await SeqsAsync(key)).Except(all));
        }
        foreach (var (key, code) in new[] { (world.TeacherA, "FORBIDDEN"), (null, "UNAUTHENTICATED"), (await hub.KeyAsync(world.A, "SCHOOL_ADMIN", "read"), "FORBIDDEN") })
            Assert.Equal(code, (await hub.AskAsync("{ auditEvents { totalCount } }", key: key)).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Contains("forbidden REFUSED auditEvents", await LinesAsync(world.AdminA));
    }

    [Fact]
    public async Task The_pages_of_the_log_join_without_a_gap_and_count_what_they_hold()
    {
        for (var n = 0; n < 7; n++) await hub.AskAsync("mutation { createSchool(input: { name: \"不行\" }) { errors { code } } }", key: n % 2 == 0 ? world.TeacherC : world.AdminC);
        var once = await SeqsAsync(world.AdminC);
        Assert.True(once.Count >= 7);
        Assert.Equal(once, await SeqsAsync(world.AdminC, 3));
        Assert.Equal(once.OrderDescending(), once);
    }

    private async Task<List<long>> SeqsAsync(string key, int first = 100)
    {
        await hub.Services.GetRequiredService<AuditQueue>().WriteAsync(default);
        List<long> seqs = [];
        string? after = null;
        int total;
        do
        {
            var page = (await hub.QueryAsync("query($first: Int, $after: String) { auditEvents(first: $first, after: $after) { totalCount nodes { seq } pageInfo { hasNextPage endCursor } } }", new { first, after }, key)).GetProperty("auditEvents");
            seqs.AddRange(page.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("seq").GetInt64()));
            total = page.GetProperty("totalCount").GetInt32();
            after = page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean() ? page.GetProperty("pageInfo").GetProperty("endCursor").GetString() : null;
        }
        while (after is not null);
        Assert.Equal(total, seqs.Count);
        return seqs;
    }

    [Fact]
    public async Task A_line_says_who_what_where_and_by_which_request()
    {
        var proposal = await world.ProposeAsync("逐项", world.A, world.B);
        var line = (await hub.QueryAsync("query($o: ID!) { auditEvents(filter: { objectId: $o }) { nodes { seq at actor actorId action objectType objectId result ip requestId school { name } } } }", new { o = proposal }, world.AdminA))
            .GetProperty("auditEvents").GetProperty("nodes")[0];
        Assert.Equal(("test", "partnership-proposed", "Partnership", proposal, "OK", "甲校"), (line.GetProperty("actor").GetString(), line.GetProperty("action").GetString(), line.GetProperty("objectType").GetString(),
            line.GetProperty("objectId").GetString(), line.GetProperty("result").GetString(), line.GetProperty("school").GetProperty("name").GetString()));
        var by = (await hub.QueryAsync("query($a: ID!) { auditEvents(filter: { actorId: $a, action: [\"partnership-proposed\"], result: OK }, first: 100) { nodes { seq } } }", new { a = line.GetProperty("actorId").GetString() }, world.AdminA))
            .GetProperty("auditEvents").GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("seq").GetInt64());
        Assert.Contains(line.GetProperty("seq").GetInt64(), by);
        var none = await hub.QueryAsync("{ auditEvents(filter: { until: \"2020-01-01T00:00:00Z\" }) { totalCount } }", key: world.AdminA);
        Assert.Equal(0, none.GetProperty("auditEvents").GetProperty("totalCount").GetInt32());
    }

    [Fact]
    public async Task What_waits_to_be_written_is_written_when_the_hub_stops()
    {
        var data = Directory.CreateTempSubdirectory("hub-test-");
        try
        {
            // Its clock stands still, so that nothing is written before.
            await using (var other = await HubApp.StartAsync(data: data.FullName, change: services => services.AddSingleton<TimeProvider>(new ManualClock())))
            {
                var queue = other.Services.GetRequiredService<AuditQueue>();
                for (var n = 0; n < 2500; n++) queue.Note(Viewer.Anonymous, new AuditNote(AuditActions.Downloaded, Detail: $"{n}"));
                // Of a request that was still answered when everything was told to stop.
                await queue.StopAsync(default);
                queue.Note(Viewer.Anonymous, new AuditNote(AuditActions.Downloaded, Detail: "last"));
            }
            await using var again = await HubApp.StartAsync(data: data.FullName);
            await using var db = await again.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
            Assert.Equal(2501, await db.AuditEvents.CountAsync(a => a.Action == AuditActions.Downloaded));
            Assert.Null((await AuditChain.VerifyAsync(db, default)).Flaw);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
