using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace ResourceHub.Tests.Processes;

/// <summary>Somebody who asks again when nobody answered, as portals and browsers do: changes with the same key, so that they are made once.</summary>
internal sealed class PatientClient(HttpClient http)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public HttpClient Http => http;

    public async Task<JsonElement> ChangeAsync(string mutation, Dictionary<string, object?> input, string fields = "clientMutationId")
    {
        input["clientMutationId"] = Guid.CreateVersion7().ToString("n");
        var data = await AskAsync($"mutation($input: {char.ToUpperInvariant(mutation[0])}{mutation[1..]}Input!) {{ {mutation}(input: $input) {{ {fields} errors {{ code message }} }} }}", new { input });
        return data.GetProperty(mutation);
    }

    public async Task<JsonElement> AskAsync(string query, object? variables = null)
    {
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) });
        return HubApp.DataOf(query, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                using var request = make();
                var answer = await http.SendAsync(request, limit.Token);
                if (answer.StatusCode is not (HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable)) return answer;
                answer.Dispose();
            }
            catch (HttpRequestException)
            {
                // Cut off: whether it was done is found out by asking again.
            }
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Goes on with an upload from where the hub says it stands.</summary>
    public async Task<long> ResumeAsync(string location, byte[] content)
    {
        using var head = await SendAsync(() => Tus(HttpMethod.Head, location));
        head.EnsureSuccessStatusCode();
        var offset = long.Parse(head.Headers.GetValues("Upload-Offset").Single());
        using var patched = await SendAsync(() => Piece(location, offset, new ByteArrayContent(content, (int)offset, content.Length - (int)offset)));
        patched.EnsureSuccessStatusCode();
        return offset;
    }

    public async Task<string> BeginAsync(int length)
    {
        using var created = await SendAsync(() =>
        {
            var create = Tus(HttpMethod.Post, "/uploads");
            create.Headers.Add("Upload-Length", $"{length}");
            return create;
        });
        created.EnsureSuccessStatusCode();
        return created.Headers.Location!.ToString();
    }

    public static HttpRequestMessage Piece(string location, long offset, HttpContent content)
    {
        var patch = Tus(HttpMethod.Patch, location);
        patch.Headers.Add("Upload-Offset", $"{offset}");
        patch.Content = content;
        patch.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return patch;
    }

    private static HttpRequestMessage Tus(HttpMethod method, string location)
    {
        var request = new HttpRequestMessage(method, location);
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }
}
