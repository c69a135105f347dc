using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ResourceHub.Core;
using ResourceHub.Engines.Postgres;

namespace ResourceHub.Host.Commands;

/// <summary><c>doctor</c>: which tools and engines are on, and what each missing one costs. Looks only; a running hub is not disturbed. With --deep it also tries out the engines' behaviour.</summary>
internal static class DoctorCommand
{
    private sealed record Check(string Name, bool Ok, string Detail, string Advice = "");

    private sealed record Findings(bool Ok, IReadOnlyList<Check> Checks);

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = HubHost.Configuration(args);
        var settings = HubHost.Read(configuration);
        SettingsCheck.Run(settings, configuration);
        var (isJson, isDeep) = (args.Contains("--json"), args.Contains("--deep"));
        List<Check> checks = [];
        foreach (var check in await LookAsync(settings, configuration)) Tell(check);
        try
        {
            if (isDeep) await DeepDoctor.RunAsync(settings, configuration, o => Tell(new Check(o.Name, o.Ok, $"{o.Detail} ({o.Took.TotalSeconds:0.0} s)", o.Advice)));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was made for the checks is removed.");
            return 130;
        }
        var findings = new Findings(checks.TrueForAll(c => c.Ok), checks);
        if (isJson) Console.WriteLine(JsonSerializer.Serialize(findings, Readable));
        return findings.Ok ? 0 : 1;

        void Tell(Check check)
        {
            // Advice is for what is amiss; a script that shows it should have nothing to show otherwise.
            checks.Add(check.Ok ? check with { Advice = "" } : check);
            if (!isJson) Console.WriteLine($"{(check.Ok ? "ok  " : "MISS")}  {check.Name,-24} {check.Detail}{(check.Ok || check.Advice.Length == 0 ? "" : $"\n      {check.Advice}")}");
        }
    }

    private static async Task<IReadOnlyList<Check>> LookAsync(HubSettings settings, IConfiguration configuration) =>
    [
        await ToolAsync("ffprobe", "-version", "Length, size and subtitles of videos are not read; videos are still listed and downloadable. apt-get install ffmpeg"),
        await ToolAsync("ffmpeg", "-version", "Videos get no preview picture and the demo has no videos. apt-get install ffmpeg"),
        await ToolAsync("prlimit", "--version", "Video tools run without a memory limit. apt-get install util-linux"),
        Folder(settings.Data),
        Room(settings),
        settings.Database == "postgres" ? await PostgresAsync(configuration) : Database(settings),
        await AuditAsync(settings, configuration),
        await RunningAsync(Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? HubHost.DefaultAddress),
    ];

    private static async Task<Check> ToolAsync(string tool, string argument, string cost)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var first = await process.StandardOutput.ReadLineAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return new Check(tool, true, first ?? "there");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Check(tool, false, "not found", cost);
        }
    }

    private static Check Folder(string data)
    {
        if (!Directory.Exists(data)) return new Check("data", true, $"{data} is made at the first start");
        try
        {
            using var probe = new FileStream(Path.Join(data, ".doctor"), FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new Check("data", true, data);
        }
        catch (Exception cannot) when (cannot is UnauthorizedAccessException or IOException)
        {
            return new Check("data", false, cannot.Message, "The hub must be able to write its data folder: mend its owner, or name another with Hub__Data.");
        }
    }

    private static Check Room(HubSettings settings)
    {
        var there = new DirectoryInfo(settings.Data);
        while (!there.Exists) there = there.Parent!;
        var free = new DriveInfo(there.FullName).AvailableFreeSpace;
        return new Check("room", free > settings.ReserveBytes, $"{free >> 20:N0} MiB free, uploads stop below {settings.ReserveBytes >> 20:N0} MiB", "Make room on the disk of the data folder; searching and downloading go on meanwhile.");
    }

    private static Check Database(HubSettings settings)
    {
        var file = Path.Join(settings.Data, "hub.db");
        if (!File.Exists(file)) return new Check("database", true, "is made at the first start");
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            var whole = Ask(connection, "PRAGMA quick_check(1)");
            if (whole != "ok") return new Check("database", false, whole, "The database is damaged: stop the hub and restore the last backup.");
            var failed = long.Parse(Ask(connection, "SELECT COUNT(*) FROM \"Jobs\" WHERE \"State\" = 2"));
            return new Check("database", failed == 0, $"whole, {failed} failed jobs", "The query jobs(state: FAILED) gives the reasons; retryJob tries again.");
        }
        catch (SqliteException cannot)
        {
            return new Check("database", false, cannot.Message, "Stop the hub and look at the data folder; restore the last backup if the file is damaged.");
        }
    }

    private static async Task<Check> PostgresAsync(IConfiguration configuration)
    {
        var (ok, detail, advice) = await PostgresCheck.RunAsync(PostgresEngine.Read(configuration), CancellationToken.None);
        return new Check("database", ok, detail, advice);
    }

    private static async Task<Check> AuditAsync(HubSettings settings, IConfiguration configuration)
    {
        var (ok, detail, advice) = await AuditCheck.RunAsync(settings, configuration, CancellationToken.None);
        return new Check("audit", ok, detail, advice);
    }

    private static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString() ?? "";
    }

    private static async Task<Check> RunningAsync(string addresses)
    {
        var address = addresses.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(address), "/health/ready"));
            return new Check("hub", answer.IsSuccessStatusCode, $"{address} {await answer.Content.ReadAsStringAsync()}", "It runs but cannot serve; its log says why.");
        }
        catch (Exception off) when (off is HttpRequestException or TaskCanceledException)
        {
            return new Check("hub", true, $"not running at {address}; its index is checked when it starts");
        }
    }
}
