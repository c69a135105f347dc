using System.Net;

namespace ResourceHub.Tests.Web;

/// <summary>What holds for every form, whoever is there.</summary>
public sealed class FormTests(TeachingHub hub) : IClassFixture<TeachingHub>
{
    [Theory]
    [InlineData("/upload")]
    [InlineData("/resources/x/edit")]
    public async Task A_page_for_the_signed_in_sends_others_to_sign_in_and_remembers_where_they_wanted_to_go(string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = hub.App.Address };
        using var response = await client.GetAsync(address + "?x=1");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.EndsWith("/sign-in?return=" + Uri.EscapeDataString(address + "?x=1"), response.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("/upload", "/upload")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    public async Task Only_an_address_of_the_hub_is_gone_back_to_after_signing_in(string asked, string kept)
    {
        var page = await hub.OpenAsync("/sign-in?return=" + Uri.EscapeDataString(asked));
        Assert.Equal(kept, page.Document.QuerySelector("input[name=returnUrl]")!.GetAttribute("value"));
        Assert.Equal("/accounts/sign-in", page.Document.QuerySelector("main form")!.GetAttribute("action"));
    }

    [Fact]
    public async Task Why_signing_in_failed_is_said_in_words()
    {
        var page = await hub.OpenAsync("/sign-in?problem=LOCKED_OUT&return=/mine");
        Assert.Equal(423, page.Status);
        Assert.Contains("账号已暂时锁定", page.Document.QuerySelector("[role=alert]")!.TextContent);
        Assert.Contains("locked for a while", (await hub.OpenAsync("/sign-in?problem=LOCKED_OUT&lang=en")).Text);
        Assert.Equal(401, (await hub.OpenAsync("/sign-in?problem=%3Cscript%3E")).Status);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "do=upload&title=x", 302)]
    [InlineData("text/plain", "do=upload", 415)]
    [InlineData("multipart/form-data; boundary=b", "nonsense", 400)]
    public async Task A_form_of_another_site_changes_nothing(string mediaType, string body, int status)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = hub.App.Address };
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        using var response = await client.PostAsync("/upload", content);
        Assert.Equal(status == 302 ? 303 : status, (int)response.StatusCode);
    }
}
