using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ResourceHub.Core;
using ResourceHub.Core.Changes;
using ResourceHub.Core.Jobs;

namespace ResourceHub.Engines.Postgres;

/// <summary>
/// Carries signals between processes by NOTIFY and LISTEN. They are told after the commit and not within it, because transactions with a NOTIFY commit one
/// after the other; what is lost so is found by those who look by themselves. Many at once are told as one.
/// </summary>
internal sealed partial class PostgresSignals : BackgroundService
{
    private const string Listen = "LISTEN resourcehub";

    // Nothing is lost by not waiting for the disk: what is told was committed before.
    private const string Tell = "SELECT set_config('synchronous_commit', 'off', true), pg_notify('resourcehub', $1)";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly string self = Guid.CreateVersion7().ToString("n");
    private readonly SemaphoreSlim wanted = new(0);
    private readonly Dictionary<string, Signal> signals;
    private readonly NpgsqlDataSource source;
    private readonly PostgresSettings settings;
    private readonly TimeProvider clock;
    private readonly ILogger<PostgresSignals> log;
    private volatile TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;

    public PostgresSignals(NpgsqlDataSource source, PostgresSettings settings, JobSignal jobs, ChangeSignal changes, TimeProvider clock, ILogger<PostgresSignals> log)
    {
        (this.source, this.settings, this.clock, this.log) = (source, settings, clock, log);
        signals = new() { ["jobs"] = jobs, ["changes"] = changes };
        if (!settings.Notify) return;
        jobs.Raised += () => Want(1);
        changes.Raised += () => Want(2);
    }

    /// <summary>Done once it hears what others tell.</summary>
    internal Task Listening => listening.Task;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => settings.Notify ? Task.WhenAll(TellAsync(stoppingToken), ListenAsync(stoppingToken)) : Task.CompletedTask;

    private void Want(int which)
    {
        if (Interlocked.Or(ref waiting, which) == 0) wanted.Release();
    }

    private async Task TellAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await wanted.WaitAsync(ct);
                var which = Interlocked.Exchange(ref waiting, 0);
                await using var command = source.CreateCommand(Tell);
                command.Parameters.Add(new() { Value = $"{self} {((which & 1) != 0 ? "jobs " : "")}{((which & 2) != 0 ? "changes" : "")}" });
                await command.ExecuteNonQueryAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException away)
            {
                // The others look by themselves.
                LogUntold(away.Message);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                connection.Notification += (_, told) => Hear(told.Payload);
                await using (var listen = new NpgsqlCommand(Listen, connection)) await listen.ExecuteNonQueryAsync(ct);
                // What was told while nobody listened here.
                foreach (var signal in signals.Values) signal.Hear();
                listening.TrySetResult();
                while (true) await connection.WaitAsync(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException)
            {
                if (listening.Task.IsCompleted) listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
                LogDeaf(lost.Message);
                await Task.WhenAny(Task.Delay(Rest, clock, ct));
            }
        }
    }

    private void Hear(string told)
    {
        var words = told.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0] == self) return;
        foreach (var word in words.Skip(1))
            if (signals.TryGetValue(word, out var signal)) signal.Hear();
    }

    public override void Dispose()
    {
        wanted.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Other processes were not told; they look by themselves: {Why}")]
    private partial void LogUntold(string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What other processes tell is not heard at present; this one looks by itself: {Why}")]
    private partial void LogDeaf(string why);
}
