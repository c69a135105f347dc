using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Api.Files;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Schools;
using ResourceHub.Tests.Indexer;

namespace ResourceHub.Tests.Sharing;

public sealed class AgreementFileTests : IClassFixture<ThreeSchools>
{
    private readonly ThreeSchools world;
    private readonly HubApp hub;

    public AgreementFileTests(ThreeSchools world) => (this.world, hub) = (world, world.Hub);

    private async Task<string> AttachAsync(string partnershipId, byte[] content, string name, string key)
    {
        await world.DoAsync("attachAgreement", key, new { partnershipId, uploadId = await hub.UploadAsync(content, name, key) });
        return (await world.PartnershipAsync(partnershipId, key)).GetProperty("agreementFile").GetProperty("url").GetString()!;
    }

    [Fact]
    public async Task Members_read_the_agreement_and_to_all_others_it_is_not_there()
    {
        var id = await hub.PartnershipAsync("有协议", world.A, world.B);
        var bare = await hub.PartnershipAsync("无协议", world.A, world.B);
        var pdf = MadeFiles.Pdf("结对协议");
        var url = await AttachAsync(id, pdf, "结对协议.pdf", world.AdminB);
        Assert.Equal($$"""{"name":"结对协议.pdf","mediaType":"application/pdf","size":{{pdf.Length}},"url":"{{url}}"}""", (await world.PartnershipAsync(id, world.TeacherA)).GetProperty("agreementFile").GetRawText());
        foreach (var key in (string[])[world.TeacherA, world.AdminB, HubApp.AdminKey])
        {
            using var member = hub.Client(key);
            using var answer = await member.GetAsync(url);
            Assert.Equal(pdf, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal("application/pdf", answer.Content.Headers.ContentType!.ToString());
            Assert.Equal("结对协议.pdf", answer.Content.Headers.ContentDisposition!.FileNameStar);
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition.DispositionType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("private, no-store", string.Join(", ", answer.Headers.GetValues("Cache-Control").Single().Split(", ").Order(StringComparer.Ordinal).Reverse()));
        }
        var never = AgreementAddress.Of(Guid.CreateVersion7());
        foreach (var key in (string?[])[null, world.TeacherC, world.AdminD])
        {
            Assert.Equal("null", (await world.PartnershipAsync(id, key)).GetProperty("agreementFile").GetRawText());
            var absent = await AnswerAsync(never, key);
            Assert.StartsWith("404", absent);
            Assert.Equal(absent, await AnswerAsync(url, key));
            Assert.Equal(absent, await AnswerAsync(AgreementAddress.Of(Read(bare)), key));
            Assert.Equal(absent, await AnswerAsync("/agreements/x", key));
        }
    }

    [Fact]
    public async Task A_part_of_it_and_whether_it_changed_can_be_asked_for()
    {
        var id = await hub.PartnershipAsync("分段", world.A, world.B);
        var url = await AttachAsync(id, [0xFF, 0xD8, 0xFF, 1, 2, 3, 4, 5], "扫描.jpg", world.AdminA);
        using var member = hub.Client(world.TeacherB);
        using var ask = new HttpRequestMessage(HttpMethod.Get, url + "?inline=1") { Headers = { Range = new RangeHeaderValue(3, 4) } };
        using var part = await member.SendAsync(ask);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal([1, 2], await part.Content.ReadAsByteArrayAsync());
        Assert.Equal(("inline", "image/jpeg"), (part.Content.Headers.ContentDisposition!.DispositionType, part.Content.Headers.ContentType!.ToString()));
        using var again = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { part.Headers.ETag! } } };
        using var same = await member.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task Only_papers_are_taken_whatever_their_name_says()
    {
        var id = await hub.PartnershipAsync("各种文件", world.A, world.B);
        (byte[] Content, string Name, string? Type)[] files =
        [
            (MadeFiles.Pdf("协议"), "协议", "application/pdf"),
            (MadeFiles.Docx(MadeFiles.P("协议")), "协议.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0], "扫描.pdf", "image/png"),
            (Encoding.UTF8.GetBytes("<html><script>alert(1)</script>"), "协议.pdf", null),
            (MadeFiles.Zip(("协议.txt", "文字")), "协议.docx", null),
            (MadeFiles.Zip(("word/document.xml", "<w/>"), ("word/vbaProject.bin", "x")), "协议.docx", null),
            ([], "空.pdf", null),
        ];
        foreach (var (content, name, type) in files)
        {
            var input = new { partnershipId = id, uploadId = await hub.UploadAsync(content, name, world.AdminA) };
            if (type is null)
            {
                Assert.Equal("UNSUPPORTED_FILE", await world.CodeAsync("attachAgreement", world.AdminA, input));
                continue;
            }
            await world.DoAsync("attachAgreement", world.AdminA, input);
            Assert.Equal(type, (await world.PartnershipAsync(id, world.TeacherB)).GetProperty("agreementFile").GetProperty("mediaType").GetString());
        }
    }

    [Fact]
    public async Task Only_admins_of_its_schools_attach_it_from_their_own_finished_uploads_of_at_most_50_MB()
    {
        var id = await hub.PartnershipAsync("谁能附", world.A, world.B);
        var own = await hub.UploadAsync(MadeFiles.Pdf("协议"), "协议.pdf", world.AdminA);
        Assert.Equal("FORBIDDEN", await world.CodeAsync("attachAgreement", world.TeacherA, new { partnershipId = id, uploadId = own }));
        Assert.Equal("FORBIDDEN", await world.CodeAsync("attachAgreement", world.AdminD, new { partnershipId = id, uploadId = own }));
        Assert.Equal("UPLOAD_NOT_FOUND", await world.CodeAsync("attachAgreement", world.AdminB, new { partnershipId = id, uploadId = own }));
        var proposal = await world.ProposeAsync("提议的协议", world.A, world.B);
        Assert.Equal("NOT_FOUND", await world.CodeAsync("attachAgreement", world.AdminD, new { partnershipId = proposal, uploadId = own }));
        await using var db = await hub.Services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync();
        await db.Uploads.Where(u => u.Id == own).ExecuteUpdateAsync(set => set.SetProperty(u => u.Length, Agreements.MostBytes + 1));
        Assert.Equal("FILE_TOO_LARGE", await world.CodeAsync("attachAgreement", world.AdminA, new { partnershipId = proposal, uploadId = own }));
        await db.Uploads.Where(u => u.Id == own).ExecuteUpdateAsync(set => set.SetProperty(u => u.Length, Agreements.MostBytes));
        await world.DoAsync("attachAgreement", world.AdminA, new { partnershipId = proposal, uploadId = own });
        Assert.Equal("UPLOAD_NOT_FOUND", await world.CodeAsync("attachAgreement", world.AdminA, new { partnershipId = proposal, uploadId = own }));
    }

    [Fact]
    public async Task Bytes_that_are_an_agreement_outlive_an_expired_upload_of_the_same()
    {
        var clock = new ManualClock();
        await using var other = await HubApp.StartAsync(change: services => services.AddSingleton<TimeProvider>(clock));
        var id = await other.PartnershipAsync("字节还在", await other.SchoolAsync("甲校"), await other.SchoolAsync("乙校"));
        var pdf = MadeFiles.Pdf("协议");
        var uploadId = await other.UploadAsync(pdf, "协议.pdf");
        await other.UploadAsync(pdf, "再传一次.pdf");
        await other.QueryAsync("mutation($input: AttachAgreementInput!) { attachAgreement(input: $input) { errors { message } } }", new { input = new { partnershipId = id, uploadId } }, HubApp.AdminKey);
        clock.Advance(TimeSpan.FromHours(48));
        await other.Services.GetRequiredService<UploadSweep>().SweepAsync(default);
        using var member = other.Client(HubApp.AdminKey);
        Assert.Equal(pdf, await member.GetByteArrayAsync(AgreementAddress.Of(Read(id))));
    }

    private static Guid Read(string id) => AgreementAddress.Read(id)!.Value;

    private async Task<string> AnswerAsync(string address, string? key)
    {
        using var client = hub.Client(key);
        using var answer = await client.GetAsync(address);
        return $"{(int)answer.StatusCode} {answer.Content.Headers} {(await answer.Content.ReadAsStringAsync()).WithoutRequestNumber()}";
    }
}
