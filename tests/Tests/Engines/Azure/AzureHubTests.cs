using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ResourceHub.Engines;
using ResourceHub.Tests.Api;

namespace ResourceHub.Tests.Engines.Azure;

/// <summary>The hub on Azurite through its doors.</summary>
public sealed class AzureHubTests(Azurite azurite) : IClassFixture<Azurite>
{
    private Dictionary<string, string?> Settings(bool links = false)
    {
        var settings = azurite.Settings;
        return new() { ["Blobs"] = "azure", ["Azure:ConnectionString"] = settings.ConnectionString, ["Azure:Container"] = settings.Container, ["Azure:Links"] = links.ToString() };
    }

    [Fact]
    public async Task A_plan_is_uploaded_read_found_and_downloaded()
    {
        await using var hub = await HubApp.StartAsync(Settings());
        var school = await hub.SchoolAsync("德阳二中");
        var content = Encoding.UTF8.GetBytes("异分母分数先通分再相加。");
        var id = await hub.ShareAsync(school, "分数加法", content, "分数加法.txt");
        var found = await hub.QueryAsync("{ search(text: \"通分\") { edges { node { id files { downloadUrl } } } } }");
        var node = found.GetProperty("search").GetProperty("edges")[0].GetProperty("node");
        Assert.Equal(id, node.GetProperty("id").GetString());
        using var client = hub.Client();
        Assert.Equal(content, await client.GetByteArrayAsync(node.GetProperty("files")[0].GetProperty("downloadUrl").GetString()));
    }

    [Fact]
    public async Task With_links_what_is_for_everybody_is_fetched_from_the_store_and_what_is_for_the_school_from_the_hub()
    {
        await using var hub = await HubApp.StartAsync(Settings(links: true));
        var school = await hub.SchoolAsync("德阳二中");
        var content = Encoding.UTF8.GetBytes("牛顿第一定律");
        var id = await hub.ResourceAsync(school, "惯性");
        var file = (await hub.AttachAsync(id, content, "惯性.txt")).GetProperty("downloadUrl").GetString();
        using var straight = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = hub.Address };
        straight.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await hub.KeyAsync(school));
        await hub.PublishAsync(id, "SCHOOL");
        using (var through = await straight.GetAsync(file)) Assert.Equal(content, await through.Content.ReadAsByteArrayAsync());
        await hub.PublishAsync(id);
        using var sent = await straight.GetAsync(file);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.True(sent.Headers.CacheControl!.NoStore);
        using var http = new HttpClient();
        using var fetched = await http.GetAsync(sent.Headers.Location);
        Assert.Equal(content, await fetched.Content.ReadAsByteArrayAsync());
        Assert.Equal("惯性.txt", fetched.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task Azurite_stopped_in_the_middle_of_an_upload_loses_nothing_that_was_told_as_stored()
    {
        var own = new Azurite();
        await own.InitializeAsync();
        try
        {
            var settings = own.Settings;
            await using var hub = await HubApp.StartAsync(new() { ["Blobs"] = "azure", ["Azure:ConnectionString"] = settings.ConnectionString, ["Azure:Container"] = settings.Container });
            var school = await hub.SchoolAsync("德阳二中");
            var content = Encoding.UTF8.GetBytes("惯性是物体保持原有运动状态的性质。");
            using var tus = new TusClient(hub, HubApp.AdminKey);
            var upload = await tus.BeginAsync(content.Length);
            Assert.Equal(204, await tus.PatchStatusAsync(upload, 0, content[..20]));
            await own.StopAsync();
            using (var down = await tus.PatchAsync(upload, 20, content[20..]))
            {
                Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
                Assert.NotNull(down.Headers.RetryAfter);
            }
            await own.StartAsync();
            Assert.Equal(20, await tus.OffsetAsync(upload));
            Assert.Equal(204, await tus.PatchStatusAsync(upload, 20, content[20..]));
            var id = await hub.ResourceAsync(school, "惯性");
            var data = await hub.QueryAsync("mutation($r: ID!, $u: String!) { attachFile(input: { resourceId: $r, uploadId: $u, name: \"惯性.txt\" }) { resource { files { downloadUrl } } errors { message } } }",
                new { r = id, u = upload.Split('/')[^1] }, HubApp.AdminKey);
            var url = data.GetProperty("attachFile").GetProperty("resource").GetProperty("files")[0].GetProperty("downloadUrl").GetString();
            using var client = hub.Client(HubApp.AdminKey);
            Assert.Equal(content, await client.GetByteArrayAsync(url));
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("Hub:Blobs=azure needs", null, null)]
    [InlineData("not both", "https://a.blob.core.windows.net", "UseDevelopmentStorage=true")]
    [InlineData("must be an https address", "http://a.blob.core.windows.net", null)]
    public async Task Settings_that_cannot_work_stop_the_start_with_one_sentence(string says, string? account, string? connection)
    {
        var wrong = await Assert.ThrowsAsync<SettingsException>(() => HubApp.StartAsync(new() { ["Blobs"] = "azure", ["Azure:Account"] = account, ["Azure:ConnectionString"] = connection }));
        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
    }
}
