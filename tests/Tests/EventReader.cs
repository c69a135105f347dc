using System.Net.Http.Json;
using System.Text.Json;

namespace ResourceHub.Tests;

/// <summary>A subscription as the wire has it: headers first, then events.</summary>
public sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient client;
    private readonly StreamReader? lines;

    private EventReader(HttpClient client, HttpResponseMessage answer, StreamReader? lines) => (this.client, Answer, this.lines) = (client, answer, lines);

    public HttpResponseMessage Answer { get; }

    /// <summary>Returns when the headers are there: by then the hub listens.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient client, string query, object? variables = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        return await SendAsync(client, request);
    }

    public static async Task<EventReader> SendAsync(HttpClient client, HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("text/event-stream");
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(client, answer, answer.IsSuccessStatusCode ? new StreamReader(await answer.Content.ReadAsStreamAsync()) : null);
    }

    /// <summary>The next event's data, <c>complete</c>, <c>ping</c>, or null when the connection was closed without one.</summary>
    public async Task<string?> NextAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        string? name = null, data = null;
        while (await lines!.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line == ":") data = "ping";
            else if (line.Length == 0 && data is not null) return name == "complete" ? name : data;
        }
        return null;
    }

    public async Task<JsonElement> EventAsync() => JsonSerializer.Deserialize<JsonElement>(await NextAsync() ?? throw new InvalidOperationException("The stream was closed."));

    public void Dispose()
    {
        lines?.Dispose();
        Answer.Dispose();
        client.Dispose();
    }
}
