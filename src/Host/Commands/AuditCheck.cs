using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Engines;

namespace ResourceHub.Host.Commands;

/// <summary>Whether the audit log is as it was written, for <c>doctor</c>. Reads the record through the configured engine, and nothing else of the hub.</summary>
internal static class AuditCheck
{
    /// <summary>What was found, and whether all is well.</summary>
    public static async Task<(bool Ok, string Detail, string Advice)> RunAsync(HubSettings settings, IConfiguration configuration, CancellationToken ct)
    {
        // Opening a file that is not there would make one.
        if (settings.Database == "sqlite" && !File.Exists(Path.Join(settings.Data, "hub.db"))) return (true, "begins at the first start", "");
        await using var services = new ServiceCollection().AddLogging().AddSingleton(configuration).AddSingleton(settings).AddCore().AddEngines(settings).BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(ct);
        var clock = Stopwatch.StartNew();
        try
        {
            var verdict = await AuditChain.VerifyAsync(db, ct);
            if (verdict.Flaw is { } flaw)
                return (false, flaw, $"The {verdict.Lines:N0} lines before are as they were written. Keep this database as it is, look into who could write to it, and compare with the last backup and with exports (audit.csv has each line's hash).");
            var speed = verdict.Lines / Math.Max(0.001, clock.Elapsed.TotalSeconds);
            return (true, verdict.Lines == 0 ? "no lines yet" : $"{verdict.Lines:N0} lines as they were written, the last with hash {Convert.ToHexStringLower(verdict.Head)} ({speed:N0} lines/s)", "");
        }
        catch (DbException cannot)
        {
            return (false, cannot.Message, "The record could not be read; a hub of this version makes what is missing at its next start.");
        }
    }
}
