using System.Net;
using System.Text;
using System.Text.Json;

namespace ResourceHub.Tests.Api;

/// <summary>What one request may ask for, and that none of the ways around it works.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private HubApp hub = null!;

    public async Task InitializeAsync() => hub = await HubApp.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    private async Task<string?> CodeAsync(string query, object? variables = null, string? key = null)
        => (await hub.AskAsync(query, variables, key)).TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;

    [Fact]
    public async Task A_query_may_be_12_levels_deep_but_not_13()
    {
        static string Nested(int levels) => levels == 1 ? "id" : $"related(first: 1) {{ {Nested(levels - 1)} }}";
        string Query(int levels) => $"{{ resource(id: \"x\") {{ {Nested(levels - 1)} }} }}";
        Assert.Equal("INVALID_ID", await CodeAsync(Query(12)));
        Assert.Equal("QUERY_TOO_DEEP", await CodeAsync(Query(13)));
    }

    [Fact]
    public async Task Tools_may_ask_for_the_whole_schema_without_a_key()
    {
        const string type = "kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }";
        var answer = await hub.AskAsync($$"""
            query IntrospectionQuery { __schema { description queryType { name } mutationType { name } subscriptionType { name } types { ...FullType }
              directives { name description isRepeatable locations args { ...InputValue } } } }
            fragment FullType on __Type { kind name description
              fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
              inputFields(includeDeprecated: true) { ...InputValue } interfaces { ...TypeRef } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
            fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
            fragment TypeRef on __Type { {{type}} }
            """);
        Assert.True(answer.TryGetProperty("data", out var data), answer.ToString());
        Assert.True(data.GetProperty("__schema").GetProperty("types").GetArrayLength() > 40);
    }

    [Fact]
    public async Task An_introspection_that_goes_in_circles_is_refused()
        => Assert.Equal("QUERY_TOO_COMPLEX", await CodeAsync("{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }"));

    [Fact]
    public async Task Aliases_directives_repeats_and_tokens_are_counted()
    {
        string Many(int count, Func<int, string> one) => $"{{ {string.Concat(Enumerable.Range(0, count).Select(one))} }}";
        Assert.Null(await CodeAsync(Many(30, i => $"a{i}: __typename ")));
        Assert.Equal("QUERY_TOO_LARGE", await CodeAsync(Many(31, i => $"a{i}: __typename ")));
        Assert.Equal("QUERY_TOO_LARGE", await CodeAsync(Many(500, _ => "__typename ")));
        Assert.Equal("QUERY_TOO_LARGE", await CodeAsync($"{{ __typename {string.Concat(Enumerable.Repeat("@skip(if: false) ", 10))} }}"));
        Assert.Equal("QUERY_TOO_LARGE", await CodeAsync(Many(2100, i => $"f{i} ")));
    }

    [Fact]
    public async Task Fragments_that_name_each_other_or_grow_without_bound_are_refused()
    {
        Assert.Equal("QUERY_TOO_DEEP", await CodeAsync("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }"));
        var growing = string.Concat(Enumerable.Range(0, 14).Select(i => $" fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} ...F{i + 1} }}")) + " fragment F14 on Query { __typename }";
        Assert.Equal("QUERY_TOO_LARGE", await CodeAsync("{ ...F0 }" + growing));
    }

    [Fact]
    public async Task A_page_has_at_most_100_items_however_the_number_comes()
    {
        Assert.Null(await CodeAsync("{ schools(first: 100) { nodes { id } } }"));
        Assert.Equal("INVALID_PAGE_SIZE", await CodeAsync("{ schools(first: 101) { nodes { id } } }"));
        Assert.Equal("INVALID_PAGE_SIZE", await CodeAsync("{ schools(first: -1) { nodes { id } } }"));
        Assert.Equal("ARGUMENTS_OF_CORRECT_TYPE", await CodeAsync("{ schools(first: 99999999999) { nodes { id } } }"));
        Assert.Equal("INVALID_PAGE_SIZE", await CodeAsync("query($n: Int = 500) { schools(first: $n) { nodes { id } } }"));
        Assert.Null(await CodeAsync("query($n: Int = 500) { schools(first: $n) { nodes { id } } }", new { n = 5 }));
        Assert.Equal("TOO_MANY_IDS", await CodeAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = Enumerable.Repeat("x", 101) }));
        Assert.Null(await CodeAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new { ids = Enumerable.Repeat("x", 100) }));
    }

    [Fact]
    public async Task A_known_document_is_weighed_anew_with_each_requests_variables()
    {
        const string query = "query($n: Int) { search(first: $n) { edges { node { related(first: $n) { school { name } } } } } }";
        Assert.Null(await CodeAsync(query, new { n = 2 }));
        Assert.Equal("QUERY_TOO_COMPLEX", await CodeAsync(query, new { n = 100 }));
        Assert.Null(await CodeAsync(query, new { n = 3 }));
    }

    [Fact]
    public async Task Who_is_signed_in_may_ask_for_more()
    {
        const string query = "{ search(first: 100) { edges { node { files { extraction { state } } related { id } school { name } } } } }";
        Assert.Equal("QUERY_TOO_COMPLEX", await CodeAsync(query));
        Assert.Null(await CodeAsync(query, key: HubApp.AdminKey));
    }

    [Fact]
    public async Task A_request_of_300_KB_is_refused_and_the_connection_goes_on()
    {
        using var client = hub.Client();
        using var large = await client.PostAsync("/graphql", new StringContent(JsonSerializer.Serialize(new { query = "{ __typename } #" + new string('x', 300_000) }), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var next = await client.PostAsync("/graphql", new StringContent("""{"query":"{ __typename }"}""", Encoding.UTF8, "application/json"));
        Assert.Equal("""{"data":{"__typename":"Query"}}""", await next.Content.ReadAsStringAsync());
    }
}
