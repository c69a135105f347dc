using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>Judges requests by the official schemas of Elasticsearch 8.19 and 9.5, where they are at hand. They judge shape, not behaviour.</summary>
internal static class Schemas
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly string Repository = FindRepository();

    /// <summary>One request a line: step, method, path, contentType, body (an object, or text where it is lines itself).</summary>
    public static string Line(SentRequest request) => JsonSerializer.Serialize(new
    {
        step = request.Step,
        method = request.Method,
        path = request.Path,
        contentType = request.ContentType,
        body = request.Body.Length == 0 ? (object?)null : request.ContentType == "application/x-ndjson" ? request.Body : JsonSerializer.Deserialize<JsonElement>(request.Body),
    }, Readable);

    public static async Task JudgeAsync(IEnumerable<SentRequest> requests, ITestOutputHelper output)
    {
        if (Shared.Folder is not { } shared)
        {
            output.WriteLine("No ../shared here: requests were not judged by the official schemas.");
            return;
        }
        var folder = Path.Join(Repository, "tests", "Conformance");
        Assert.True(Directory.Exists(Path.Join(folder, "node_modules", "ajv")), "The judge of schemas is not installed: run ./hub test, which installs it (or npm ci in tests/Conformance).");
        var file = Path.GetTempFileName();
        // The judge takes no body that is null.
        await File.WriteAllLinesAsync(file, requests.Select(r => Line(r).Replace(",\"body\":null", "", StringComparison.Ordinal).Replace(",\"contentType\":null", "", StringComparison.Ordinal)));
        foreach (var version in (string[])["8.19", "9.5"])
        {
            var start = new ProcessStartInfo("node", [Path.Join(shared, "elasticsearch", "es-validate.mjs"), version, file]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            using var node = Process.Start(start)!;
            var complaints = node.StandardError.ReadToEndAsync();
            var said = await node.StandardOutput.ReadToEndAsync() + await complaints;
            await node.WaitForExitAsync();
            output.WriteLine($"{version}: {said.Trim().Split('\n')[^1]}");
            Assert.True(node.ExitCode == 0, said);
        }
        File.Delete(file);
    }

    private static string FindRepository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Join(at.FullName, "ResourceHub.sln"))) at = at.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return at.FullName;
    }
}
