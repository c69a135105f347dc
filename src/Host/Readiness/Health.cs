using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Host.Readiness;

/// <summary>Whether the process lives, and whether it can serve in its roles: for load balancers, scripts and people.</summary>
internal static class Health
{
    /// <param name="Status">ready; degraded (it serves, but not all of it): 200. down, stopping: 503.</param>
    /// <param name="Needs">What the roles of this process need, and how that is.</param>
    /// <param name="Index">Whole, or being rebuilt from the record: searches then find what is in already.</param>
    /// <param name="OldestWaitingSeconds">For so long something has not been found that was added or changed: the lag of the moment.</param>
    /// <param name="FreeBytes">Room for uploads; null where the store does not know.</param>
    private sealed record Report(
        string Status, string Roles, IReadOnlyList<Standing> Needs, string? Index = null, bool? IndexWhole = null, int? Waiting = null, int? Failed = null,
        double? OldestWaitingSeconds = null, long? FreeBytes = null, IReadOnlyList<QueueFigures>? Queue = null, int? IndexDocuments = null, long? IndexBytes = null);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(
        [Microsoft.AspNetCore.Mvc.FromServices] Needs needs, [Microsoft.AspNetCore.Mvc.FromServices] Roles roles, IHostApplicationLifetime life, IServiceProvider services, CancellationToken ct)
    {
        List<Standing> found = [.. await needs.LookAsync(ct)];
        var report = new Report("", roles.ToString(), found);
        if (roles.HasRecord && !found.Exists(s => s.State == Standing.Down)) report = await WithWorkAsync(report, services, found, ct);
        var status = life.ApplicationStopping.IsCancellationRequested ? "stopping"
            : found.Exists(s => s.State == Standing.Down) ? "down"
            : found.Exists(s => s.State == Standing.Degraded) ? "degraded" : "ready";
        return TypedResults.Json(report with { Status = status }, statusCode: status is "ready" or "degraded" ? 200 : 503);
    }

    /// <summary>The queue and the index, which are asked each time: who waits for work to end looks here.</summary>
    private static async Task<Report> WithWorkAsync(Report report, IServiceProvider services, List<Standing> found, CancellationToken ct)
    {
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(ct);
            var queue = await QueueFigures.ReadAsync(db, services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime, ct);
            report = report with { Waiting = queue.Sum(q => q.Waiting + q.Running), Failed = queue.Sum(q => q.Failed), OldestWaitingSeconds = queue.Max(q => q.OldestSeconds), Queue = queue };
        }
        catch (DbException)
        {
            found.Add(new("queue", Standing.Down, "cannot be read"));
            return report;
        }
        var index = await services.GetRequiredService<ISearchIndex>().HealthAsync(ct);
        // Searches find what is in already; without an index people still open, upload and download.
        found.Add(new("search", index.IsWhole ? Standing.Ok : Standing.Degraded, index.Detail));
        return report with { Index = index.Detail, IndexWhole = index.IsWhole, IndexDocuments = index.Documents, IndexBytes = index.Bytes, FreeBytes = services.GetRequiredService<IBlobStore>().FreeBytes };
    }
}
