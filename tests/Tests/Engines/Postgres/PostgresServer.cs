using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ResourceHub.Core;
using ResourceHub.Engines.Postgres;

namespace ResourceHub.Tests.Engines.Postgres;

/// <summary>
/// A real PostgreSQL from the system's package, in a folder and on a port of its own; what it holds is gone when the test process is. Most tests share one
/// (<see cref="SharedAsync"/>) and take a database of their own from it; who stops a server starts one for themselves.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Missing = "PostgreSQL is not installed: run ./hub test, which installs it (or apt-get install postgresql).";
    /// <summary>Nobody else's business, and looked for in logs.</summary>
    public static readonly string Password = Guid.CreateVersion7().ToString("n");

    private const string Template = "hub_template";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly Lazy<Task<PostgresServer>> One = new(StartAsync);

    // Another collation than the hub's, as on most servers: what sorts or pages by it would show.
    private static readonly string[] InitDb = ["--username=hub", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh", "--no-sync", "--no-instructions"];

    // Nothing here outlives the tests, so nothing is flushed.
    private static readonly string[] Settings = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=300", "shared_buffers=64MB", "listen_addresses=127.0.0.1"];

    /// <summary>Ends the server when its own input ends, which is when the test process does, however it does; then removes the folder.</summary>
    private const string Keeper = """
        folder=$1; shift
        "$@" </dev/null >>"$folder/log" 2>&1 & server=$!
        read -r word || word=end
        [ "$word" = stay ] || { kill -QUIT $server; wait $server; rm -rf "$folder"; }
        """;

    private readonly SemaphoreSlim making = new(1);
    private readonly string folder;
    private readonly string bin;
    private readonly int port = FreePort();
    private bool hasTemplate;
    private int databases;
    private Process? keeper;

    private PostgresServer(string folder, string bin) => (this.folder, this.bin) = (folder, bin);

    /// <summary>The one server of this test run.</summary>
    public static Task<PostgresServer> SharedAsync() => One.Value;

    /// <summary>A server for one test, that may be stopped.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Join(d, "bin")).Where(d => File.Exists(Path.Join(d, "initdb"))).MaxBy(d => double.TryParse(d.Split('/')[^2], out var version) ? version : 0)
            : null;
        Assert.True(bin is not null, Missing);
        var server = new PostgresServer(Directory.CreateTempSubdirectory("hub-pg-").FullName, bin!);
        await File.WriteAllTextAsync($"{server.folder}/password", Password);
        if (IsRoot) await RunAsync("chown", "-R", "postgres", server.folder);
        var (program, arguments) = AsServer(Path.Join(bin, "initdb"), [.. InitDb, $"--pwfile={server.folder}/password", $"--pgdata={server.folder}/data"]);
        await RunAsync(program, arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>A database that holds the hub's empty record; returns its connection string.</summary>
    public async Task<string> DatabaseAsync()
    {
        var name = $"hub_{Interlocked.Increment(ref databases)}";
        await making.WaitAsync();
        try
        {
            if (!hasTemplate)
            {
                await AskAsync($"CREATE DATABASE {Template}");
                await PrepareAsync(ConnectionString(Template));
                hasTemplate = true;
            }
            await AskAsync($"CREATE DATABASE {name} TEMPLATE {Template}");
        }
        finally
        {
            making.Release();
        }
        return ConnectionString(name);
    }

    /// <summary>A database with nothing in it; returns its connection string.</summary>
    public async Task<string> EmptyDatabaseAsync()
    {
        var name = $"empty_{Interlocked.Increment(ref databases)}";
        await AskAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>The settings of a hub on a database of its own, as <see cref="HubApp.StartAsync"/> takes them.</summary>
    public async Task<Dictionary<string, string?>> HubAsync() => HubOn(await DatabaseAsync());

    public static Dictionary<string, string?> HubOn(string connectionString) => new() { ["Database"] = "postgres", ["Postgres:ConnectionString"] = connectionString, ["Postgres:MaxConnections"] = "20" };

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Database={database};Username=hub;Password={Password}";

    /// <summary>Only what the engine adds, on a connection string.</summary>
    public static IServiceCollection AddEngine(IServiceCollection services, string connectionString, Dictionary<string, string?>? more = null)
    {
        var values = HubOn(connectionString);
        foreach (var (name, value) in more ?? []) values[name] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => $"Hub:{v.Key}", v => v.Value)).Build();
        return services.AddSingleton<IConfiguration>(configuration).AddLogging().AddPostgres();
    }

    public static async Task PrepareAsync(string connectionString, Dictionary<string, string?>? more = null)
    {
        await using var services = AddEngine(new ServiceCollection().AddSingleton(TimeProvider.System), connectionString, more).BuildServiceProvider();
        foreach (var engine in services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(default);
    }

    public async Task StartAgainAsync()
    {
        var (program, arguments) = AsServer("/bin/sh", ["-c", Keeper, "keeper", folder, $"{bin}/postgres", "-D", $"{folder}/data", "-k", folder, "-p", $"{port}", .. Settings.SelectMany(s => (string[])["-c", s])]);
        // In a session of its own: what ends the tests as a group, such as Ctrl+C, would end the keeper before it has cleaned up.
        keeper = Process.Start(new ProcessStartInfo("setsid", (string[])[program, .. arguments]) { RedirectStandardInput = true, WorkingDirectory = "/" })!;
        using var limit = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await AnswersAsync(limit.Token))
        {
            Assert.False(keeper.HasExited, $"PostgreSQL ended before it answered: {folder}/log");
            await tick.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Stops it as an administrator does who is in a hurry: connections are cut, what was committed stays.</summary>
    public async Task StopAsync()
    {
        var (program, arguments) = AsServer($"{bin}/pg_ctl", ["stop", "-D", $"{folder}/data", "-m", "fast", "-w"]);
        await RunAsync(program, arguments);
        await keeper!.StandardInput.WriteLineAsync("stay");
        await keeper.WaitForExitAsync();
        keeper.Dispose();
        keeper = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (keeper is null) return;
        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }

    private async Task AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>It refuses to run as root: then the package's own user runs it.</summary>
    private static (string Program, string[] Arguments) AsServer(string program, string[] arguments)
        => IsRoot ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments]) : (program, arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await said}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
