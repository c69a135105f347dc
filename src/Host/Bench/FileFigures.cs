using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ResourceHub.Host.Demo;
using ResourceHub.Host.Demo.Files;

namespace ResourceHub.Host.Bench;

/// <summary>Bytes in and out beside a bare server on the same disk, and reading a long document.</summary>
internal static class FileFigures
{
    private const int Piece = 64 << 20;

    public static async Task MeasureAsync(Plan plan, Figures figures, string work)
    {
        var data = Path.Join(work, "data-files");
        Dictionary<string, string> settings = new() { ["Hub__Data"] = data, ["Hub__BootstrapKey"] = SearchFigures.Key, ["Hub__ReserveBytes"] = "0", ["Hub__RequestsPerMinute"] = "100000000" };
        await using var bare = await Server.StartAsync([Bare.Verb, work], new Dictionary<string, string>(), "/");
        await using var hub = await Server.StartAsync(["run"], settings, "/health/ready");
        using var http = new HttpClient { BaseAddress = hub.Address, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SearchFigures.Key);
        using var bareHttp = new HttpClient { BaseAddress = bare.Address, Timeout = TimeSpan.FromMinutes(10) };

        await TusAsync(http, 8 << 20);
        var idle = hub.RssMb;
        await PutAsync(bareHttp, 8 << 20);
        var put = await PutAsync(bareHttp, plan.UploadBytes);
        var peak = 0.0;
        using var watch = new CancellationTokenSource();
        var watching = PeakAsync(hub, mb => peak = Math.Max(peak, mb), watch.Token);
        var (time, uploadId) = await TusAsync(http, plan.UploadBytes);
        await watch.CancelAsync();
        await watching;
        figures.AtLeast("tus upload: share of a bare PUT", put / time, "", 0.4);
        figures.AtMost("tus upload: memory above idle", peak - idle, "MB", 60);

        var file = await AttachAsync(http, uploadId);
        await DownloadAsync(bareHttp, "/file");
        var bareDownload = await DownloadAsync(bareHttp, "/file");
        await DownloadAsync(http, file);
        figures.AtLeast("Range download: share of bare", bareDownload / await DownloadAsync(http, file), "", 0.7);
        await ReadPdfAsync(figures, work, plan.Seed);
    }

    private static async Task PeakAsync(Server hub, Action<double> seen, CancellationToken ct)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await tick.WaitForNextTickAsync(ct)) seen(hub.RssMb);
        }
        catch (OperationCanceledException)
        {
            // The upload is over.
        }
    }

    private static async Task<double> PutAsync(HttpClient http, long length)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await http.PutAsync("/file", new MadeContent(length));
        answer.EnsureSuccessStatusCode();
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<(double Seconds, string UploadId)> TusAsync(HttpClient http, long length)
    {
        var clock = Stopwatch.StartNew();
        using var create = new HttpRequestMessage(HttpMethod.Post, "/uploads");
        create.Headers.Add("Tus-Resumable", "1.0.0");
        create.Headers.Add("Upload-Length", length.ToString());
        create.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String("video.bin"u8)}");
        using var created = await http.SendAsync(create);
        created.EnsureSuccessStatusCode();
        for (var offset = 0L; offset < length; offset += Piece)
        {
            using var patch = new HttpRequestMessage(HttpMethod.Patch, created.Headers.Location) { Content = new MadeContent(Math.Min(Piece, length - offset)) };
            patch.Headers.Add("Tus-Resumable", "1.0.0");
            patch.Headers.Add("Upload-Offset", offset.ToString());
            patch.Content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
            using var patched = await http.SendAsync(patch);
            patched.EnsureSuccessStatusCode();
        }
        return (clock.Elapsed.TotalSeconds, created.Headers.Location!.ToString().Split('/')[^1]);
    }

    private static async Task<string> AttachAsync(HttpClient http, string uploadId)
    {
        var school = await AskAsync(http, "mutation { createSchool(input: { name: \"测速学校\" }) { school { id } errors { message } } }", new { });
        var schoolId = school.GetProperty("createSchool").GetProperty("school").GetProperty("id").GetString();
        var made = await AskAsync(http, "mutation($s: ID!) { createResource(input: { schoolId: $s, title: \"测速\", kind: \"media\", licence: \"cc-by\" }) { resource { id } errors { message } } }", new { s = schoolId });
        var id = made.GetProperty("createResource").GetProperty("resource").GetProperty("id").GetString();
        var attached = await AskAsync(http, "mutation($r: ID!, $u: String!) { attachFile(input: { resourceId: $r, uploadId: $u, name: \"video.bin\" }) { resource { files { downloadUrl } } errors { message } } }", new { r = id, u = uploadId });
        return attached.GetProperty("attachFile").GetProperty("resource").GetProperty("files")[0].GetProperty("downloadUrl").GetString()!;
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, string query, object variables)
    {
        using var answer = await http.PostAsJsonAsync("/graphql", new { query, variables });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
    }

    /// <summary>The whole file but its first byte: a range, so nothing answers from a shortcut for whole files.</summary>
    private static async Task<double> DownloadAsync(HttpClient http, string path)
    {
        var clock = Stopwatch.StartNew();
        using var ask = new HttpRequestMessage(HttpMethod.Get, path);
        ask.Headers.Range = new RangeHeaderValue(1, null);
        using var answer = await http.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await (await answer.Content.ReadAsStreamAsync()).CopyToAsync(Stream.Null);
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task ReadPdfAsync(Figures figures, string work, int seed)
    {
        var lessons = new Lessons(seed);
        var path = Path.Join(work, "hundred.pdf");
        var text = string.Join("\n\n---\n\n", Enumerable.Range(0, 100).Select(_ => lessons.Text(900)));
        await using (var pdf = File.Create(path)) PdfBuilder.Build(new LessonFile("hundred.pdf", "一百页", "测速学校", text), pdf);
        using var process = Process.Start(OwnProgram.With(["extract", path, "--json"]))!;
        var read = JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync()).RootElement.EnumerateObject().Single().Value;
        await process.WaitForExitAsync();
        if (read.GetProperty("pages").GetInt32() != 100) throw new InvalidOperationException($"The pdf was not read whole: {read}");
        figures.AtMost("reading a 100-page pdf, new process", read.GetProperty("elapsedMs").GetDouble() / 1000, "s", 2);
    }

    /// <summary>So many bytes that are made while they are sent.</summary>
    private sealed class MadeContent : HttpContent
    {
        private static readonly byte[] Block = Enumerable.Range(0, 1 << 16).Select(n => (byte)(n * 31 + n / 251)).ToArray();
        private readonly long length;

        public MadeContent(long length)
        {
            this.length = length;
            Headers.ContentLength = length;
        }

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (var left = length; left > 0; left -= Block.Length) await stream.WriteAsync(Block.AsMemory(0, (int)Math.Min(Block.Length, left)));
        }

        protected override bool TryComputeLength(out long l)
        {
            l = length;
            return true;
        }
    }
}
