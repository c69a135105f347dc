using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using ResourceHub.Tests.Sharing;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Audit;

public sealed class AuditExportTests(ThreeSchools world, ITestOutputHelper output) : IClassFixture<ThreeSchools>
{
    private HubApp Hub => world.Hub;

    private async Task<(HttpStatusCode Status, byte[] Body, HttpResponseMessage Answer)> GetAsync(string? key, string query = "")
    {
        using var client = Hub.Client(key);
        using var answer = await client.GetAsync("/audit.csv" + query);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(), answer);
    }

    private async Task<List<string[]>> RowsAsync(string key, string query = "")
    {
        var (status, body, _) = await GetAsync(key, query);
        Assert.Equal(HttpStatusCode.OK, status);
        return Parse(Encoding.UTF8.GetString(body)[1..]);
    }

    [Fact]
    public async Task A_spreadsheet_opens_it_as_UTF_8_and_takes_nothing_in_it_for_a_formula()
    {
        (string Typed, string Shown)[] names =
        [
            ("=HYPERLINK(\"http://192.0.2.1\",\"点\")", "'=HYPERLINK(\"http://192.0.2.1\",\"点\")"),
            ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1+1", "'＝1+1"),
            ("甲校、乙校\"友好\"，互助", "甲校、乙校\"友好\"，互助"),
            ("a,b", "a,b"),
            ("plain", "plain"),
        ];
        foreach (var (typed, _) in names) await world.ProposeAsync(typed, world.A, world.B);
        // What cleaning at the door keeps from being typed, written by another way.
        await Hub.Services.GetRequiredService<AuditLog>().WriteAsync(Viewer.Anonymous, new AuditNote(AuditActions.PartnershipProposed, Detail: "\t=1+1\r\n第二行"), default);
        var (_, body, answer) = await GetAsync(HubApp.AdminKey, "?action=partnership-proposed");
        Assert.Equal([0xEF, 0xBB, 0xBF], body[..3]);
        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Matches(@"^audit-\d{4}-\d\d-\d\d\.csv$", answer.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString());
        var rows = Parse(Encoding.UTF8.GetString(body)[1..]);
        Assert.All(rows, r => Assert.Equal(14, r.Length));
        Assert.Equal(["序号 seq", "时间 at (UTC)", "操作者 actor"], rows[0][..3]);
        var shown = rows.Skip(1).Select(r => r[10]).ToList();
        Assert.All(names, n => Assert.Contains(n.Shown, shown));
        Assert.Contains("'\t=1+1\r\n第二行", shown);
        Assert.Contains("\"甲校、乙校\"\"友好\"\"，互助\"", Encoding.UTF8.GetString(body));
        Assert.Equal("甲校", rows[1][8]);
    }

    [Fact]
    public async Task School_admins_get_their_schools_lines_hub_admins_all_others_none_and_each_export_is_a_line_itself()
    {
        await world.ProposeAsync("导出", world.A, world.B);
        var own = await RowsAsync(world.AdminA);
        Assert.All(own.Skip(1), r => Assert.Contains("甲校", new[] { r[4], r[8] }));
        Assert.Equal(("exported", "audit.csv"), (own[^1][5], own[^1][10]));
        Assert.All(await RowsAsync(world.AdminD), r => Assert.DoesNotContain("甲校", r));
        var all = await RowsAsync(HubApp.AdminKey);
        Assert.Equal(Enumerable.Range(1, all.Count - 1).Select(n => n.ToString()), all.Skip(1).Select(r => r[0]));
        foreach (var (key, status, code) in new[] { (world.TeacherA, HttpStatusCode.Forbidden, "FORBIDDEN"), (null, HttpStatusCode.Unauthorized, "UNAUTHENTICATED") })
        {
            var refused = await GetAsync(key);
            Assert.Equal(status, refused.Status);
            Assert.Equal(code, JsonSerializer.Deserialize<JsonElement>(refused.Body).GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
        Assert.Contains(await RowsAsync(world.AdminA, "?action=forbidden"), r => r[10] == "audit.csv" && r[9] == "Refused");
    }

    [Fact]
    public async Task Days_are_the_schools_days_and_what_is_no_day_is_refused()
    {
        var log = Hub.Services.GetRequiredService<AuditLog>();
        var viewer = Viewer.Anonymous;
        await log.WriteAsync([.. new[] { "2024-02-28T15:59:59Z", "2024-02-28T16:00:00Z", "2024-02-29T15:59:59Z", "2024-02-29T16:00:00Z" }
            .Select(at => new AuditLine(viewer, new AuditNote(AuditActions.SignOut, Detail: at), DateTime.Parse(at, null, System.Globalization.DateTimeStyles.AdjustToUniversal)))], default);
        Assert.Equal(["2024-02-28T16:00:00Z", "2024-02-29T15:59:59Z"], (await RowsAsync(HubApp.AdminKey, "?from=2024-02-29&until=2024-02-29&action=sign-out")).Skip(1).Select(r => r[10]));
        Assert.Equal(["2024-02-28T15:59:59Z"], (await RowsAsync(HubApp.AdminKey, "?from=2024-02-28T15:00:00Z&until=2024-02-28T16:00:00Z&action=sign-out&action=sign-in")).Skip(1).Select(r => r[10]));
        foreach (var wrong in (string[])["?from=gestern", "?until=2024-02-30", "?from=9999-12-31", "?from=%3D1"]) Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync(HubApp.AdminKey, wrong)).Status);
    }

    [Fact]
    public async Task A_long_log_is_sent_as_it_is_read()
    {
        const int many = 20_000;
        var log = Hub.Services.GetRequiredService<AuditLog>();
        await log.WriteAsync([.. Enumerable.Range(0, many).Select(n => new AuditLine(Viewer.Anonymous, new AuditNote(AuditActions.Downloaded, "Resource", Guid.CreateVersion7(), Detail: $"第{n}行"), DateTime.UnixEpoch))], default);
        using var client = Hub.Client(HubApp.AdminKey);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var answer = await client.GetAsync("/audit.csv?action=downloaded", HttpCompletionOption.ResponseHeadersRead);
        Assert.Null(answer.Content.Headers.ContentLength);
        using var body = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var lines = -1;
        while (await body.ReadLineAsync() is not null) lines++;
        output.WriteLine($"{lines / watch.Elapsed.TotalSeconds:N0} lines/s");
        Assert.Equal(many, lines);
    }

    /// <summary>RFC 4180, to judge what we write.</summary>
    private static List<string[]> Parse(string text)
    {
        List<string[]> rows = [];
        List<string> row = [];
        for (var i = 0; i < text.Length;)
        {
            var cell = new StringBuilder();
            if (text[i] == '"')
            {
                for (i++; text[i] != '"' || i + 1 < text.Length && text[i + 1] == '"'; i++)
                {
                    if (text[i] == '"') i++;
                    cell.Append(text[i]);
                }
                i++;
            }
            else
                for (; text[i] is not (',' or '\r'); i++) cell.Append(text[i]);
            row.Add(cell.ToString());
            if (text[i] == ',')
            {
                i++;
                continue;
            }
            Assert.Equal("\r\n", text.Substring(i, 2));
            i += 2;
            rows.Add([.. row]);
            row = [];
        }
        return rows;
    }
}
