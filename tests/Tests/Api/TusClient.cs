using System.Net.Http.Headers;
using System.Text;

namespace ResourceHub.Tests.Api;

/// <summary>One request of tus at a time, so that a test can send each of them wrongly.</summary>
internal sealed class TusClient(HubApp hub, string? key) : IDisposable
{
    private readonly HttpClient http = hub.Client(key);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> CreateAsync(long length, string name = "教案.docx")
        => SendAsync(HttpMethod.Post, "/uploads", null, ("Upload-Length", length.ToString()), ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}"));

    /// <summary>Creates an upload and returns its path.</summary>
    public async Task<string> BeginAsync(long length, string name = "教案.docx")
    {
        using var created = await CreateAsync(length, name);
        Assert.Equal(201, (int)created.StatusCode);
        return created.Headers.Location!.ToString();
    }

    public Task<HttpResponseMessage> PatchAsync(string path, long offset, byte[] piece, params (string Name, string Value)[] headers)
        => PatchAsync(path, offset, new ByteArrayContent(piece), headers);

    public Task<HttpResponseMessage> PatchAsync(string path, long offset, HttpContent piece, params (string Name, string Value)[] headers)
    {
        piece.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        return SendAsync(HttpMethod.Patch, path, piece, [("Upload-Offset", offset.ToString()), .. headers]);
    }

    public async Task<int> PatchStatusAsync(string path, long offset, byte[] piece, params (string Name, string Value)[] headers)
    {
        using var answer = await PatchAsync(path, offset, piece, headers);
        return (int)answer.StatusCode;
    }

    public Task<HttpResponseMessage> HeadAsync(string path) => SendAsync(HttpMethod.Head, path);

    /// <summary>Bytes that the hub says it has; null when it knows no such upload.</summary>
    public async Task<long?> OffsetAsync(string path)
    {
        using var answer = await HeadAsync(path);
        return answer.Headers.TryGetValues("Upload-Offset", out var values) ? long.Parse(values.Single()) : null;
    }

    public void Dispose() => http.Dispose();
}
