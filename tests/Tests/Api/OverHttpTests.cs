using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ResourceHub.Tests.Api;

/// <summary>/graphql as HTTP: what the npm audit does not look at, or looks at in passing.</summary>
public sealed class OverHttpTests : IAsyncLifetime
{
    private HubApp hub = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        hub = await HubApp.StartAsync();
        client = hub.Client();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await hub.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string body, string type = "application/json", string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""[{"query":"{ __typename }"}]""")]
    [InlineData("""{"query":7}""")]
    [InlineData("""{"query":"{ __typename }","variables":"x"}""")]
    [InlineData("""{"query":"{ __typename }","variables":[1]}""")]
    [InlineData("""{"query":"{ __typename }","operationName":{}}""")]
    [InlineData("""{"query":"{ __typename }","extensions":1}""")]
    [InlineData("""{"query":"{ __typename }"}{}""")]
    [InlineData("""{"query":"\ud800"}""")]
    [InlineData("""{"query":"  "}""")]
    [InlineData("{}")]
    [InlineData("nothing")]
    [InlineData("")]
    public async Task A_body_that_is_no_request_is_told_so_and_the_connection_goes_on(string body)
    {
        var (status, text) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("\"code\":\"BAD_REQUEST\"", text);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("""{"query":"{ __typename }"}""")).Status);
    }

    [Theory]
    [InlineData("application/json", null, HttpStatusCode.OK)]
    [InlineData("application/json; charset=utf-8", "*/*", HttpStatusCode.OK)]
    [InlineData("text/plain", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json; charset=gb18030", null, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/json", "image/png", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "application/graphql-response+json;q=0", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json", "text/event-stream, application/json;q=0.5", HttpStatusCode.OK)]
    public async Task Media_types_are_taken_at_their_word(string type, string? accept, HttpStatusCode expected)
        => Assert.Equal(expected, (await PostAsync("""{"query":"{ __typename }"}""", type, accept)).Status);

    [Fact]
    public async Task A_mutation_by_GET_changes_nothing()
    {
        using var answer = await client.GetAsync("/graphql?query=" + Uri.EscapeDataString("mutation { createSchool(input: { name: \"x\" }) { errors { code } } }"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_query_by_GET_takes_variables_and_an_operation_name()
    {
        var url = $"/graphql?query={Uri.EscapeDataString("query A { __typename } query B($t: String) { schools(text: $t) { totalCount } }")}&operationName=B&variables={Uri.EscapeDataString("""{"t":"学校"}""")}";
        Assert.Equal("""{"data":{"schools":{"totalCount":0}}}""", await client.GetStringAsync(url));
        using var unnamed = await client.GetAsync(url.Replace("&operationName=B", "", StringComparison.Ordinal));
        Assert.Contains("UNKNOWN_OPERATION", await unnamed.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Chinese_is_not_escaped_and_errors_carry_codes_but_no_stack()
    {
        await hub.SchoolAsync("江北区新村实验小学");
        var answer = await PostAsync("""{"query":"{ schools { nodes { name } } school(id: \"坏的编号\") { id } }"}""");
        Assert.Contains("江北区新村实验小学", answer.Body);
        Assert.Contains("\"code\":\"INVALID_ID\"", answer.Body);
        Assert.DoesNotContain("   at ", answer.Body);
        Assert.Contains("\"code\":\"SYNTAX_ERROR\"", (await PostAsync("""{"query":"{"}""")).Body);
    }

    [Fact]
    public async Task A_browser_gets_a_page_of_our_own_with_a_strict_policy()
    {
        foreach (var (path, type) in new[] { ("/graphql", "text/html"), ("/graphql/ide.css", "text/css"), ("/graphql/ide.js", "text/javascript") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
            using var answer = await client.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("default-src 'none'; script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.DoesNotContain("http://", body);
            Assert.DoesNotContain("https://", body);
            Assert.True(body.Length > 1000);
        }
    }

    [Fact]
    public async Task A_key_that_is_not_valid_is_refused_and_never_taken_for_nobody()
    {
        using var stranger = hub.Client("hub_0000000000000000000000000000000000000000000000000000000000000000");
        using var answer = await stranger.PostAsync("/graphql", new StringContent("""{"query":"{ __typename }"}""", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("UNAUTHENTICATED", await answer.Content.ReadAsStringAsync());
    }
}
