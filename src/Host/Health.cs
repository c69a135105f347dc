using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.Search;

namespace ResourceHub.Host;

/// <summary>Whether the process lives, and whether it can serve: for load balancers, scripts and people.</summary>
internal static class Health
{
    /// <param name="Index">Whole, or being rebuilt from the record: searches then find what is in already.</param>
    /// <param name="FreeBytes">Room for uploads; null where the store does not know.</param>
    private sealed record Report(string Status, string Roles, string Database, string Index, bool IndexWhole, int Waiting, int Failed, double? OldestWaitingSeconds, long? FreeBytes);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IDbContextFactory<HubDb> databases, [Microsoft.AspNetCore.Mvc.FromServices] ISearchIndex index, IBlobStore blobs, Roles roles, TimeProvider clock, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Database.CanConnectAsync(ct))
            return TypedResults.Json(new Report("down", roles.ToString(), "cannot be opened", "unknown", false, 0, 0, null, blobs.FreeBytes), statusCode: 503);
        var waiting = await db.Jobs.CountAsync(j => j.State != JobState.Failed, ct);
        var failed = await db.Jobs.CountAsync(j => j.State == JobState.Failed, ct);
        var oldest = waiting == 0 ? (DateTime?)null : await db.Jobs.Where(j => j.State != JobState.Failed).MinAsync(j => (DateTime?)j.CreatedAt, ct);
        var health = await index.HealthAsync(ct);
        var age = oldest is { } since ? Math.Max(0, (clock.GetUtcNow().UtcDateTime - since).TotalSeconds) : (double?)null;
        return TypedResults.Json(new Report("ready", roles.ToString(), "open", health.Detail, health.IsWhole, waiting, failed, age, blobs.FreeBytes));
    }
}
