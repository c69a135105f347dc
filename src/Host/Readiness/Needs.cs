using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Blobs;
using ResourceHub.Engines;

namespace ResourceHub.Host.Readiness;

/// <summary>
/// Looks at what the roles of this process need. Health is open to all and asked often, so who asks within a second gets the answer that is there.
/// </summary>
internal sealed class Needs(IServiceProvider services, Roles roles, HubSettings settings, IHttpClientFactory clients, TimeProvider clock) : IDisposable
{
    /// <summary>A balancer waits no longer for its answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>An upload that cannot be there; asking for it reaches the store.</summary>
    private static readonly string Nobodys = new('0', 32);

    private static readonly string[] Tools = ["ffprobe", "ffmpeg"];

    private readonly SemaphoreSlim looking = new(1, 1);
    private (DateTimeOffset At, IReadOnlyList<Standing> Found)? last;

    public async Task<IReadOnlyList<Standing>> LookAsync(CancellationToken ct)
    {
        await looking.WaitAsync(ct);
        try
        {
            if (last is { } known && clock.GetUtcNow() - known.At is var age && age >= TimeSpan.Zero && age < Fresh) return known.Found;
            List<Task<Standing>> looks = [];
            if (roles.HasRecord) looks.Add(DatabaseAsync(ct));
            if (roles.HasRecord) looks.Add(BlobsAsync(ct));
            if (roles is { Web: true, Api: false }) looks.Add(ApiAsync(ct));
            List<Standing> found = [.. await Task.WhenAll(looks)];
            if (roles.Indexer) found.AddRange(Tools.Select(Tool));
            last = (clock.GetUtcNow(), found);
            return found;
        }
        finally
        {
            looking.Release();
        }
    }

    public void Dispose() => looking.Dispose();

    private async Task<Standing> DatabaseAsync(CancellationToken ct)
    {
        const string need = "database";
        using var time = Limit(ct);
        try
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync(time.Token);
            return await db.Database.CanConnectAsync(time.Token) ? new(need, Standing.Ok, "answers") : new(need, Standing.Down, "does not answer");
        }
        catch (Exception away) when (away is DbException or InvalidOperationException || away is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new(need, Standing.Down, "does not answer");
        }
    }

    /// <summary>Without blobs people still search and read, so the process is worth asking.</summary>
    private async Task<Standing> BlobsAsync(CancellationToken ct)
    {
        const string need = "blobs";
        using var time = Limit(ct);
        try
        {
            await services.GetRequiredService<IBlobStore>().StagedLengthAsync(Nobodys, time.Token);
            return new(need, Standing.Ok, "answer");
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException or SettingsException || away is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new(need, Standing.Degraded, "do not answer; uploads and downloads wait");
        }
    }

    private async Task<Standing> ApiAsync(CancellationToken ct)
    {
        const string need = "api";
        using var time = Limit(ct);
        try
        {
            using var client = clients.CreateClient(nameof(Needs));
            using var answer = await client.GetAsync(new Uri(new Uri(settings.ApiAddress!.TrimEnd('/') + "/"), "health/live"), HttpCompletionOption.ResponseHeadersRead, time.Token);
            return answer.IsSuccessStatusCode ? new(need, Standing.Ok, "answers") : new(need, Standing.Down, $"answers {(int)answer.StatusCode}; pages need it");
        }
        catch (Exception away) when (away is HttpRequestException || away is OperationCanceledException && !ct.IsCancellationRequested)
        {
            return new(need, Standing.Down, "does not answer; pages need it");
        }
    }

    private static Standing Tool(string name)
    {
        var there = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Join(folder, name)));
        return there ? new(name, Standing.Ok, "there") : new(name, Standing.Degraded, "not installed; ./hub doctor says what that costs");
    }

    private static CancellationTokenSource Limit(CancellationToken ct)
    {
        var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        time.CancelAfter(Patience);
        return time;
    }
}
