using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ResourceHub.Core.Schools;
using ResourceHub.Indexer;

namespace ResourceHub.Tests.Journeys;

/// <summary>The way the hub was made for, by persons who are signed in: upload, review, share by an agreement, find at the partner's, end of the agreement.</summary>
public class SchoolSharesPlanTests : IAsyncLifetime
{
    private const string Words = "平行四边形的面积";
    private const string InsideTheFile = "割补法";

    private readonly List<IDisposable> people = [];
    private HubApp hub = null!;
    private string huaxin = null!, agreement = null!;
    private HubPerson teacher = null!, admin = null!, partner = null!, elsewhere = null!;

    /// <summary>What the hub runs on; the embedded engines unless a derived class says otherwise.</summary>
    protected virtual Task<Dictionary<string, string?>> EnginesAsync() => Task.FromResult(new Dictionary<string, string?>());

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync(await EnginesAsync());
        huaxin = await hub.SchoolAsync("重庆市江北区华新实验小学");
        var bazhong = await hub.SchoolAsync("巴中第一实验小学");
        agreement = await hub.PartnershipAsync("成渝双城经济圈教育协同发展协议", huaxin, bazhong, await hub.SchoolAsync("巴中市平昌县第六小学"));
        people.AddRange([
            teacher = await hub.PersonAsync(huaxin), admin = await hub.PersonAsync(huaxin, "SCHOOL_ADMIN"),
            partner = await hub.PersonAsync(bazhong), elsewhere = await hub.PersonAsync(await hub.SchoolAsync("德阳二中")),
        ]);
    }

    public async Task DisposeAsync()
    {
        people.ForEach(p => p.Dispose());
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_plan_is_uploaded_reviewed_and_shared_found_by_the_partners_and_by_nobody_elsewhere_until_the_agreement_ends()
    {
        var nothing = await SignsAsync(elsewhere, null, null);
        var id = (await ChangeAsync(teacher, "createResource", new { schoolId = huaxin, title = Words, kind = "lesson-plan", stage = "primary", grades = new[] { "g5" } }, "resource { id }"))
            .GetProperty("resource").GetProperty("id").GetString()!;
        var uploadId = await HubApp.UploadAsync(teacher.Client, System.Text.Encoding.UTF8.GetBytes($"教学过程：用{InsideTheFile}把平行四边形变成长方形。"), "教案.txt");
        var file = (await ChangeAsync(teacher, "attachFile", new { resourceId = id, uploadId }, "resource { files { id downloadUrl } }")).GetProperty("resource").GetProperty("files")[0];

        // What is missing is said, mended, and said no more.
        var missing = await AskAsync(teacher, "{ resource(id: $id) { missingForReview } }", id);
        Assert.Equal("""["licence","subject"]""", missing.GetProperty("resource").GetProperty("missingForReview").GetRawText());
        await ChangeAsync(teacher, "updateResource", new { resourceId = id, licence = "cc-by-nc-sa", subject = "mathematics" });
        var wanted = new { resourceId = id, visibility = "PARTNERS", partnershipIds = new[] { agreement }, note = "想与巴中的老师共用" };
        await ChangeAsync(teacher, "submitForReview", wanted);

        var queue = await admin.QueryAsync("{ reviewQueue { nodes { note visibility partnerships { name } resource { id title files { name } } } } }");
        Assert.Equal(
            $$$"""[{"note":"想与巴中的老师共用","visibility":"PARTNERS","partnerships":[{"name":"成渝双城经济圈教育协同发展协议"}],"resource":{"id":"{{{id}}}","title":"{{{Words}}}","files":[{"name":"教案.txt"}]}}]""",
            queue.GetProperty("reviewQueue").GetProperty("nodes").GetRawText());
        await ChangeAsync(admin, "returnResource", new { resourceId = id, reasons = new[] { "METADATA_INCOMPLETE" }, comment = "请写明教材版本" });
        var review = await AskAsync(teacher, "{ resource(id: $id) { state review { decision reasons comment } } }", id);
        Assert.Equal("""{"state":"DRAFT","review":{"decision":"RETURNED","reasons":["METADATA_INCOMPLETE"],"comment":"请写明教材版本"}}""", review.GetProperty("resource").GetRawText());
        await ChangeAsync(teacher, "updateResource", new { resourceId = id, edition = "bnu" });
        await ChangeAsync(teacher, "submitForReview", wanted);
        await ChangeAsync(admin, "approveResource", new { resourceId = id, comment = "很好" });
        var said = (await AskAsync(teacher, "{ resource(id: $id) { audience } }", id)).GetProperty("resource").GetProperty("audience").GetString();
        Assert.StartsWith("重庆市江北区华新实验小学、巴中市平昌县第六小学、巴中第一实验小学的教师可见", said);
        await hub.IdleAsync();

        // The partner finds it by words inside its file and reads the file.
        Assert.Equal([Words], await FoundAsync(partner, InsideTheFile));
        Assert.Contains(InsideTheFile, await partner.Client.GetStringAsync(file.GetProperty("downloadUrl").GetString()));
        // Elsewhere all answers are as they were before it was.
        Assert.Equal(nothing, await SignsAsync(elsewhere, id, file));

        // The day the agreement ends it is closed at the next request, though no index is written any more.
        await hub.Services.GetServices<IHostedService>().OfType<JobRunner>().Single().StopAsync(default);
        using var office = await hub.PersonAsync(null, "HUB_ADMIN");
        await ChangeAsync(office, "endPartnership", new { partnershipId = agreement, on = TimeProvider.System.Today().ToString("yyyy-MM-dd"), reason = "期满" });
        Assert.Equal(nothing, await SignsAsync(partner, id, file));
        Assert.Equal([Words], await FoundAsync(teacher, InsideTheFile));
    }

    [Fact]
    public async Task Taken_back_with_the_indexer_stopped_it_leaves_no_sign_either()
    {
        var nothing = await SignsAsync(partner, null, null);
        var id = await hub.ResourceAsync(huaxin, Words);
        var file = await hub.AttachAsync(id, System.Text.Encoding.UTF8.GetBytes(InsideTheFile), "教案.txt");
        foreach (var (close, input) in new (string, object)[]
        {
            ("unshareResource", new { resourceId = id, partnershipIds = new[] { agreement } }), ("setVisibility", new { resourceId = id, visibility = "SCHOOL" }),
            ("markPupils", new { resourceId = id, showsPupils = true }), ("withdrawResource", new { resourceId = id }), ("deleteResource", new { resourceId = id }),
        })
        {
            await hub.QueryAsync("mutation($id: ID!) { markPupils(input: { resourceId: $id, showsPupils: false }) { errors { message } } }", new { id }, HubApp.AdminKey);
            await hub.QueryAsync("mutation($id: ID!, $with: ID!) { shareResource(input: { resourceId: $id, partnershipIds: [$with] }) { errors { message } } }", new { id, with = agreement }, HubApp.AdminKey);
            await hub.IdleAsync();
            Assert.Equal([Words], await FoundAsync(partner, InsideTheFile));
            var runner = hub.Services.GetServices<IHostedService>().OfType<JobRunner>().Single();
            await runner.StopAsync(default);
            await ChangeAsync(admin, close, input);
            Assert.Equal(nothing, await SignsAsync(partner, id, file));
            await runner.StartAsync(default);
        }
    }

    /// <summary>Everything somebody is told about it, at every door, in one text without the ids that were asked for.</summary>
    private async Task<string> SignsAsync(HubPerson who, string? id, JsonElement? file)
    {
        var ids = new { id = id ?? "UmVzb3VyY2U6MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDE", file = file?.GetProperty("id").GetString() ?? "UmVzb3VyY2VGaWxlOjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAx" };
        var told = await who.QueryAsync(
            $$"""
            query($id: ID!, $file: ID!) {
              resource(id: $id) { title } node(id: $id) { id } nodes(ids: [$id, $file]) { id } file: node(id: $file) { id }
              title: search(text: "{{Words}}") { totalCount edges { node { title } } facets { name values { code count } } }
              inside: search(text: "{{InsideTheFile}}") { totalCount edges { node { title } } facets { name values { code count } } }
              all: search(filter: { subject: ["mathematics"] }) { totalCount facets { name values { code count } } }
              suggest(text: "平行") { text }
            }
            """, ids);
        using var answer = await who.Client.GetAsync(file?.GetProperty("downloadUrl").GetString() ?? $"/files/{Guid.Empty:n}");
        return $"{told} {(int)answer.StatusCode} {(await answer.Content.ReadAsStringAsync()).WithoutRequestNumber()}";
    }

    private static async Task<string[]> FoundAsync(HubPerson who, string text)
        => [.. (await who.QueryAsync("query($text: String) { search(text: $text) { edges { node { title } } } }", new { text })).GetProperty("search").GetProperty("edges").EnumerateArray()
            .Select(e => e.GetProperty("node").GetProperty("title").GetString()!)];

    private static Task<JsonElement> AskAsync(HubPerson who, string fields, string id) => who.QueryAsync($"query($id: ID!) {fields}", new { id });

    private static async Task<JsonElement> ChangeAsync(HubPerson who, string mutation, object input, string fields = "clientMutationId")
        => (await who.QueryAsync($"mutation($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) {{ {mutation}(input: $input) {{ {fields} errors {{ code message }} }} }}", new { input })).GetProperty(mutation);
}
