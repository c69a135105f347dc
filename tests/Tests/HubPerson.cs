using System.Net.Http.Json;
using System.Text.Json;

namespace ResourceHub.Tests;

/// <summary>Somebody signed in as in a browser: by the session cookie, through the real door.</summary>
public sealed class HubPerson(string id, string userName, string password, HttpClient client) : IDisposable
{
    /// <summary>The global id.</summary>
    public string Id => id;

    public string UserName => userName;
    public string Password => password;

    /// <summary>Holds the session cookie; follows no redirects.</summary>
    public HttpClient Client => client;

    /// <summary>Asks GraphQL and returns the whole answer, errors included.</summary>
    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query, variables });
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Asks GraphQL and returns <c>data</c>; errors fail the test.</summary>
    public async Task<JsonElement> QueryAsync(string query, object? variables = null) => HubApp.DataOf(query, await AskAsync(query, variables));

    public void Dispose() => client.Dispose();
}
