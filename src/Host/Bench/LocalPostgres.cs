using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using ResourceHub.Core;

namespace ResourceHub.Host.Bench;

/// <summary>A PostgreSQL of the system's package in a folder and on a port of its own, as the package sets it up: what is committed is flushed.</summary>
internal sealed class LocalPostgres : IAsyncDisposable
{
    private static readonly bool IsRoot = Environment.UserName == "root";
    private readonly string folder;
    private readonly Process server;

    private LocalPostgres(string folder, Process server, int port) => (this.folder, this.server, ConnectionString) = (folder, server, $"Host=127.0.0.1;Port={port};Database=postgres;Username=hub");

    public string ConnectionString { get; }

    public static async Task<LocalPostgres> StartAsync()
    {
        var bin = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(d => Path.Join(d, "bin")).LastOrDefault(d => File.Exists(Path.Join(d, "initdb"))) : null;
        if (bin is null) throw new CannotStartException("PostgreSQL is not installed: apt-get install postgresql.");
        var folder = Directory.CreateTempSubdirectory("hub-bench-pg-").FullName;
        if (IsRoot) await RunAsync("chown", "postgres", folder);
        await RunAsync(AsServer([Path.Join(bin, "initdb"), "--username=hub", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-D", $"{folder}/data"]));
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        string[] command = AsServer([Path.Join(bin, "postgres"), "-D", $"{folder}/data", "-k", folder, "-p", $"{port}", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200"]);
        var server = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        var started = new LocalPostgres(folder, server, port);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await started.AnswersAsync())
        {
            if (server.HasExited) throw new InvalidOperationException("PostgreSQL ended at its start.");
            await tick.WaitForNextTickAsync();
        }
        return started;
    }

    public async Task AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await AskAsync("SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static string[] AsServer(string[] command) => IsRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command] : command;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = "/" })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', command)} failed.");
    }

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", ["-INT", $"{server.Id}"])) await stop.WaitForExitAsync();
        await server.WaitForExitAsync();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
