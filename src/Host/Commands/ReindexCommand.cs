using System.Data.Common;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;
using ResourceHub.Engines;
using ResourceHub.Indexer.Jobs;

namespace ResourceHub.Host.Commands;

/// <summary>
/// <c>reindex</c>: makes the index anew while searches and writes go on. Where the index is a cluster's it is done here; where it lies in the folder of a hub that
/// is running, that hub is asked to do it, because a folder has one writer.
/// </summary>
public static class ReindexCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter progress)
    {
        var configuration = HubHost.Configuration([.. args.Where(a => a.StartsWith("--Hub:", StringComparison.OrdinalIgnoreCase))]);
        var settings = HubHost.Read(configuration);
        EngineCatalog.Check(settings, configuration, new(Record: true, Accounts: false));
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var folder = new DataFolder(settings);
        var isOurs = settings.Search != "lucene" || folder.TryHoldAlone();
        await using var services = Services(settings, configuration);
        try
        {
            if (!isOurs) return await AskHubAsync(services, output, progress, stop.Token);
            if (settings.Search != "lucene") folder.Hold();
            if (!args.Contains("--verify-only")) await MakeAsync(services, output, progress, stop.Token);
            return args.Contains("--verify") || args.Contains("--verify-only") ? await VerifyAsync(services, output, stop.Token) : 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await progress.WriteLineAsync("已停止。Stopped; the index in use is as it was. Run it again to go on.");
            return 130;
        }
        catch (Exception cannot) when (cannot is IOException or IndexLostException or DbException)
        {
            await progress.WriteLineAsync($"索引未能重建。The index was not made anew: {cannot.Message}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static ServiceProvider Services(HubSettings settings, IConfiguration configuration) => new ServiceCollection()
        .AddLogging(log => log.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning)).AddSingleton(configuration).AddSingleton(settings)
        .AddCore().AddEngines(settings, new(Record: true, Accounts: false)).AddSingleton<Reindex>().AddSingleton<IndexVerification>().BuildServiceProvider();

    private static async Task MakeAsync(ServiceProvider services, TextWriter output, TextWriter progress, CancellationToken ct)
    {
        var (began, told, first) = (Stopwatch.GetTimestamp(), 0L, -1);
        var made = await services.GetRequiredService<Reindex>().RunAsync(async (done, total) =>
        {
            if (first < 0) first = done;
            if (told != 0 && done < total && Stopwatch.GetElapsedTime(told) < Look) return;
            told = Stopwatch.GetTimestamp();
            await progress.WriteLineAsync($"{done:N0} / {total:N0}  ({(done - first) / Math.Max(0.001, Stopwatch.GetElapsedTime(began).TotalSeconds):N0}/s)");
        }, ct);
        await output.WriteLineAsync($"索引已重建。The index is made anew and in use: {made.Written:N0} resources in {made.Took.TotalSeconds:N1} s{(made.WasResumed ? ", going on where an earlier run was cut off" : "")}.");
    }

    private static async Task<int> VerifyAsync(ServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var verdict = await services.GetRequiredService<IndexVerification>().RunAsync(ct);
        await output.WriteLineAsync(verdict.Wrong.Count == 0
            ? $"索引与数据库一致。The index holds what the record says: {verdict.InIndex:N0} resources, {verdict.Sampled:N0} of them compared."
            : $"索引与数据库不一致。The index differs from the record:\n  {string.Join("\n  ", verdict.Wrong)}");
        return verdict.Wrong.Count == 0 ? 0 : 1;
    }

    /// <summary>Promises the work to the hub that is running on the folder, and follows it.</summary>
    private static async Task<int> AskHubAsync(ServiceProvider services, TextWriter output, TextWriter progress, CancellationToken ct)
    {
        await progress.WriteLineAsync("正在运行的系统将重建其索引。A hub is running on this folder and has the only writer of its index: it is asked to make the index anew, and compares it with the record.");
        var databases = services.GetRequiredService<IDbContextFactory<HubDb>>();
        await using (var db = await databases.CreateDbContextAsync(ct))
            await JobQueue.PromiseAsync(db, JobKinds.Reindex, Guid.Empty, JobPriority.Interactive, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ct);
        using var tick = new PeriodicTimer(Look);
        for (var said = ""; await tick.WaitForNextTickAsync(ct);)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var job = await db.Jobs.AsNoTracking().FirstOrDefaultAsync(j => j.Kind == JobKinds.Reindex && j.Subject == Guid.Empty, ct);
            if (job is null) break;
            if (job.State == JobState.Failed)
            {
                await progress.WriteLineAsync($"索引未能重建。The hub could not make it anew: {job.Reason}");
                return 1;
            }
            if (job.Reason is { } now && now != said) await progress.WriteLineAsync(said = now);
        }
        await output.WriteLineAsync("索引已重建并核对。The index is made anew, compared with the record and in use.");
        return 0;
    }
}
