using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Host.Commands;

/// <summary>The verb extract: reads files and folders as the hub would and prints what is in them.</summary>
public static class ExtractCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args)
    {
        var paths = args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
        if (paths.Count == 0)
        {
            await Console.Error.WriteLineAsync("extract PATH... [--json] [--readers=N]: name files or folders to read.");
            return 2;
        }
        var json = args.Contains("--json");
        var wanted = args.Select(a => a.Split("--readers=")).FirstOrDefault(p => p.Length == 2)?[1];
        var readers = int.TryParse(wanted, out var n) && n > 0 ? n : Environment.ProcessorCount;

        using var room = new ReadingRoom(ReaderProgram.OfThisHub(), new ReadingLimits(), readers, TimeProvider.System);
        await using var print = new ExtractPrint(Console.OpenStandardOutput(), json, Json);
        using var one = new SemaphoreSlim(1);
        var began = Stopwatch.GetTimestamp();
        var count = 0;
        var missing = 0;
        await Parallel.ForEachAsync(paths.SelectMany(FilesIn), new ParallelOptions { MaxDegreeOfParallelism = readers }, async (path, ct) =>
        {
            var start = Stopwatch.GetTimestamp();
            var there = File.Exists(path);
            var read = there
                ? await room.ReadAsync(Path.GetFullPath(path), Path.GetFileName(path), ct)
                : Reasons.Failed("application/octet-stream", Reasons.Malformed) with { Message = "没有这个文件。There is no such file." };
            var took = Stopwatch.GetElapsedTime(start);
            await one.WaitAsync(ct);
            try
            {
                count++;
                if (!there) missing++;
                print.Write(path, read, took);
            }
            finally
            {
                one.Release();
            }
        });
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Console.Error.WriteLineAsync($"{count} files in {seconds:F2} s, {count / Math.Max(seconds, 0.001):F0} a second with {readers} readers");
        // A file that cannot be read is an answer; a path that is not there is a mistake of the caller.
        return missing == 0 ? 0 : 1;
    }

    private static IEnumerable<string> FilesIn(string path)
        => Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Order(StringComparer.Ordinal)
            : [path];
}
