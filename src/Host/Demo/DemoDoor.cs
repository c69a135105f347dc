using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace ResourceHub.Host.Demo;

/// <summary>The hub refused or failed a step of the seeding; the message says which and why.</summary>
public sealed class DemoException(string message) : Exception(message);

/// <summary>The hub as every client meets it: GraphQL and tus over HTTP, with the operator's key.</summary>
internal sealed class DemoDoor(HttpClient hub, string adminKey)
{
    /// <summary>Runs one mutation and returns its payload.</summary>
    /// <param name="once">Idempotency key: the same step again gives the first answer again.</param>
    public async Task<JsonElement> ChangeAsync(string mutation, string selection, Dictionary<string, object?> input, string? once, CancellationToken ct)
    {
        if (once is not null) input["clientMutationId"] = once;
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var data = await AskAsync($$"""mutation($input: {{type}}!) { {{mutation}}(input: $input) { {{selection}} errors { message } } }""", new { input }, ct);
        var payload = data.GetProperty(mutation);
        if (payload.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            throw new DemoException($"{once ?? mutation}: {string.Join(' ', errors.EnumerateArray().Select(e => e.GetProperty("message").GetString()))}");
        return payload;
    }

    public async Task<JsonElement> AskAsync(string query, object variables, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, "/graphql");
        request.Content = JsonContent.Create(new { query, variables });
        using var answer = await hub.SendAsync(request, ct);
        if (answer.Content.Headers.ContentType?.MediaType is not { } type || !type.EndsWith("json", StringComparison.Ordinal))
            throw new DemoException($"/graphql: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        if (said.TryGetProperty("errors", out var errors)) throw new DemoException($"GraphQL: {errors}");
        return said.GetProperty("data");
    }

    /// <summary>Uploads through tus and returns the upload's id.</summary>
    public async Task<string> UploadAsync(string name, Stream content, CancellationToken ct)
    {
        using var create = Request(HttpMethod.Post, "/uploads");
        create.Headers.Add("Upload-Length", content.Length.ToString());
        create.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        using var created = await hub.SendAsync(create, ct);
        if (created.Headers.Location is not { } location) throw new DemoException($"/uploads {name}: {(int)created.StatusCode} {await created.Content.ReadAsStringAsync(ct)}");
        using var patch = Request(HttpMethod.Patch, location.ToString());
        patch.Headers.Add("Upload-Offset", "0");
        patch.Content = new StreamContent(content);
        patch.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        using var patched = await hub.SendAsync(patch, ct);
        if (!patched.IsSuccessStatusCode) throw new DemoException($"{location} {name}: {(int)patched.StatusCode} {await patched.Content.ReadAsStringAsync(ct)}");
        return location.ToString().TrimEnd('/').Split('/')[^1];
    }

    /// <summary>Jobs that wait or run: files to read and resources to index.</summary>
    public async Task<int> WaitingAsync(CancellationToken ct)
    {
        using var answer = await hub.GetAsync("/health/ready", ct);
        if (!answer.IsSuccessStatusCode) throw new DemoException($"/health/ready: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}");
        var health = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        return health.GetProperty("waiting").GetInt32();
    }

    private HttpRequestMessage Request(HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", adminKey);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }
}
