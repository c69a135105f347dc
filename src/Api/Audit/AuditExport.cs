using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.Files;
using ResourceHub.Api.People;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Audit;

/// <summary>The audit log as a table for a spreadsheet, oldest first, for those who may read it. Written as it is read: its length costs no memory.</summary>
public static class AuditExport
{
    private static readonly string[] Columns =
    [
        "序号 seq", "时间 at (UTC)", "操作者 actor", "操作者编号 actorId", "操作者学校 actorSchool", "动作 action", "对象类型 objectType", "对象编号 objectId", "学校 school", "结果 result", "说明 detail",
        "地址 ip", "请求 requestId", "哈希 hash",
    ];

    public static void MapAuditExport(this IEndpointRouteBuilder app) => app.MapGet("/audit.csv", AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        HttpContext http, AuditReading reading, AuditQueue queue, AuditLog audit, IDbContextFactory<HubDb> databases, TimeProvider clock, string? from = null, string? until = null, string[]? action = null)
    {
        var viewer = http.Viewer();
        if (!viewer.IsSignedIn) return Refusal.Of(401, Problem.SignInNeeded);
        if (!TryRead(from, 0, out var start) || !TryRead(until, 1, out var end))
            return Refusal.Of(400, "INVALID_PERIOD", "from 与 until 须为日期，如 2026-09-01，或 UTC 时刻，如 2026-09-01T08:00:00Z。from and until are days such as 2026-09-01 or moments such as 2026-09-01T08:00:00Z.");
        if (AuditReading.For(viewer, new AuditWanted(action is { Length: > 0 } ? action : null, From: start, Until: end)) is not { } allowed)
        {
            queue.Note(viewer, new AuditNote(AuditActions.Forbidden, Result: AuditResult.Refused, Detail: "audit.csv"));
            return Refusal.Of(403, Problem.Forbidden);
        }
        // What waits is in it, and so is the export itself: said before the first line leaves.
        await queue.WriteAsync(http.RequestAborted);
        var said = string.Join(' ', new[] { "audit.csv", from is null ? null : $"from {from}", until is null ? null : $"until {until}", allowed.Actions is null ? null : string.Join(',', allowed.Actions) }.OfType<string>());
        await audit.WriteAsync(viewer, new AuditNote(AuditActions.Exported, SchoolId: viewer.SchoolId, Detail: said.Length > 500 ? said[..500] : said), http.RequestAborted);
        DownloadHeaders.Write(http, $"audit-{clock.Today():yyyy-MM-dd}.csv", asAttachment: true);
        return TypedResults.Stream(body => WriteAsync(body, reading, allowed, databases, http.RequestAborted), "text/csv; charset=utf-8");
    }

    private static async Task WriteAsync(Stream body, AuditReading reading, AuditWanted allowed, IDbContextFactory<HubDb> databases, CancellationToken ct)
    {
        // Filled in memory and sent whole: the server allows no writing that waits.
        using var piece = new MemoryStream();
        await using var text = new StreamWriter(piece, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        // Excel takes a file without this mark for one in the machine's old code page.
        text.Write('\uFEFF');
        CsvText.WriteLine(text, Columns);
        var schools = new Dictionary<Guid, string>();
        await foreach (var lines in reading.OldestAsync(allowed, ct))
        {
            await NameAsync(databases, schools, lines, ct);
            foreach (var a in lines)
                CsvText.WriteLine(text,
                [
                    a.Seq.ToString(CultureInfo.InvariantCulture), a.At.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture), a.Actor, a.ActorId?.ToString(), NameOf(a.ActorSchoolId), a.Action,
                    a.ObjectType, a.ObjectId?.ToString(), NameOf(a.SchoolId), a.Result.ToString(), a.Detail, a.Ip, a.RequestId, Convert.ToHexStringLower(a.Hash),
                ]);
            await SendAsync();
        }
        await SendAsync();

        async Task SendAsync()
        {
            text.Flush();
            piece.Position = 0;
            await piece.CopyToAsync(body, ct);
            piece.SetLength(0);
        }

        string? NameOf(Guid? id) => id is { } school ? schools.GetValueOrDefault(school) : null;
    }

    private static async Task NameAsync(IDbContextFactory<HubDb> databases, Dictionary<Guid, string> schools, IReadOnlyList<AuditEvent> lines, CancellationToken ct)
    {
        List<Guid> unknown = [.. lines.SelectMany(l => new[] { l.SchoolId, l.ActorSchoolId }).OfType<Guid>().Distinct().Where(id => !schools.ContainsKey(id))];
        if (unknown.Count == 0) return;
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var school in await db.Schools.Where(s => unknown.Contains(s.Id)).Select(s => new { s.Id, s.Name }).ToListAsync(ct)) schools[school.Id] = school.Name;
    }

    /// <summary>A day is a school's day, and the last one is wholly in.</summary>
    private static bool TryRead(string? text, int daysOn, out DateTime? utc)
    {
        utc = null;
        if (string.IsNullOrEmpty(text)) return true;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
        {
            utc = SchoolDay.StartOf(day.AddDays(daysOn));
            return true;
        }
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var moment)) return false;
        utc = moment;
        return true;
    }
}
