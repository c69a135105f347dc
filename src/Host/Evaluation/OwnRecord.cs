using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Resources;
using ResourceHub.Engines;

namespace ResourceHub.Host.Evaluation;

/// <summary>The configured hub's own record, read only: its resources under the ids that GraphQL gives them, and under their titles where only one has it.</summary>
internal static class OwnRecord
{
    /// <exception cref="EvaluationException">There is none.</exception>
    public static ServiceProvider Open(HubSettings settings, IConfiguration configuration)
    {
        // Opening a file that is not there would make one.
        if (settings.Database == "sqlite" && !File.Exists(Path.Join(settings.Data, "hub.db")))
            throw new EvaluationException($"{settings.Data} holds no record yet: name a collection with --documents FILE, or fill one with ./hub demo.");
        return new ServiceCollection().AddLogging().AddSingleton(configuration).AddSingleton(settings).AddCore().AddEngines(settings).BuildServiceProvider();
    }

    public static async Task<Func<string, Guid?>> ResourcesAsync(IDbContextFactory<HubDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var titles = (await db.Resources.AsNoTracking().Where(r => r.State != ResourceState.Deleted).Select(r => new { r.Id, r.Title }).ToListAsync(ct)).ToLookup(r => r.Title, r => r.Id);
        return name => GlobalId.Parse(name) is { } global ? global.Id
            : Guid.TryParse(name, out var id) ? id
            : titles[name].ToList() is [var only] ? only : null;
    }
}
