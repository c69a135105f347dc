using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ResourceHub.Tests.Faults;

/// <summary>
/// A client that remembers what it was told, and after a crash goes on where it was: the same key for the same request, an upload resumed at the offset the hub names.
/// </summary>
internal sealed class Ledger(string schoolId, int seed, Acknowledgements acknowledged)
{
    private int next;

    /// <summary>What was asked for, in order; the nullable parts are those that have been acknowledged.</summary>
    public List<Entry> Entries { get; } = [];

    public sealed class Entry(int number, byte[] content)
    {
        /// <summary>A word that no other resource has.</summary>
        public string Word => $"kw{number:d6}x";

        public byte[] Content => content;
        public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(content));
        public string? ResourceId { get; set; }
        public string? Location { get; set; }
        public long Acked { get; set; }
        public string? DownloadUrl { get; set; }
        public bool Published { get; set; }
    }

    /// <summary>Goes through journeys until the hub dies under it.</summary>
    public async Task WorkAsync(HttpClient hub)
    {
        try
        {
            while (true)
            {
                var entry = Entries.LastOrDefault(e => !e.Published);
                if (entry is null)
                {
                    var number = Interlocked.Increment(ref next) + seed;
                    entry = new Entry(number, Encoding.UTF8.GetBytes($"# 教学设计 {number}\n\n" + string.Concat(Enumerable.Repeat($"第{number}课讲圆的面积，inner{number:d6}x。\n", 400 + number % 300))));
                    Entries.Add(entry);
                }
                await AdvanceAsync(hub, entry);
            }
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
        {
            // The hub was killed; what was not acknowledged is asked for again by the next call.
        }
    }

    private async Task AdvanceAsync(HttpClient hub, Entry entry)
    {
        entry.ResourceId ??= (await AskAsync(hub, "mutation($s: ID!, $t: String!, $k: String!) { r: createResource(input: { schoolId: $s, title: $t, kind: \"lesson-plan\", licence: \"cc-by\", clientMutationId: $k }) { resource { id } errors { message } } }",
            new { s = schoolId, t = $"教学设计 {entry.Word}", k = $"create {entry.Word}" })).GetProperty("resource").GetProperty("id").GetString();
        if (entry.DownloadUrl is null)
        {
            acknowledged.Add();
            entry.Location ??= await BeginAsync(hub, entry);
            acknowledged.Add();
            await SendAsync(hub, entry);
            var files = (await AskAsync(hub, "mutation($r: ID!, $u: String!, $k: String!) { r: attachFile(input: { resourceId: $r, uploadId: $u, name: \"教案.md\", clientMutationId: $k }) { resource { files { downloadUrl } } errors { message } } }",
                new { r = entry.ResourceId, u = entry.Location.Split('/')[^1], k = $"attach {entry.Word}" })).GetProperty("resource").GetProperty("files");
            Assert.Equal(1, files.GetArrayLength());
            entry.DownloadUrl = files[0].GetProperty("downloadUrl").GetString();
            acknowledged.Add();
        }
        await AskAsync(hub, "mutation($r: ID!, $k: String!) { r: publishResource(input: { resourceId: $r, visibility: PUBLIC, clientMutationId: $k }) { resource { id } errors { message } } }",
            new { r = entry.ResourceId, k = $"publish {entry.Word}" });
        entry.Published = true;
        acknowledged.Add();
    }

    private static async Task<string> BeginAsync(HttpClient hub, Entry entry)
    {
        using var create = new HttpRequestMessage(HttpMethod.Post, "/uploads");
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", entry.Content.Length.ToString());
        using var created = await hub.SendAsync(create);
        created.EnsureSuccessStatusCode();
        return new Uri(hub.BaseAddress!, created.Headers.Location!).AbsolutePath;
    }

    private async Task SendAsync(HttpClient hub, Entry entry)
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, entry.Location);
        head.Headers.Add("Tus-Resumable", "1.0.0");
        using var known = await hub.SendAsync(head);
        if (known.StatusCode == System.Net.HttpStatusCode.NotFound && entry.Acked == entry.Content.Length) return;
        known.EnsureSuccessStatusCode();
        var offset = long.Parse(known.Headers.GetValues("Upload-Offset").Single());
        Assert.True(offset >= entry.Acked, $"{entry.Word}: {entry.Acked} bytes were acknowledged, {offset} are there.");
        while (offset < entry.Content.Length)
        {
            var piece = (int)Math.Min(8192, entry.Content.Length - offset);
            using var patch = new HttpRequestMessage(HttpMethod.Patch, entry.Location) { Content = new ByteArrayContent(entry.Content, (int)offset, piece) };
            patch.Headers.Add("Tus-Resumable", "1.0.0");
            patch.Headers.Add("Upload-Offset", offset.ToString());
            patch.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            using var patched = await hub.SendAsync(patch);
            patched.EnsureSuccessStatusCode();
            offset = entry.Acked = long.Parse(patched.Headers.GetValues("Upload-Offset").Single());
            acknowledged.Add();
        }
    }

    public static async Task<JsonElement> AskAsync(HttpClient hub, string query, object variables)
    {
        using var answer = await hub.PostAsJsonAsync("/graphql", new { query, variables });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(json.TryGetProperty("errors", out var errors), errors.ToString());
        var result = json.GetProperty("data").GetProperty("r");
        if (result.TryGetProperty("errors", out var problems)) Assert.True(problems.GetArrayLength() == 0, problems.ToString());
        return result;
    }
}
