using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Core;
using ResourceHub.Core.Jobs;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

[QueryType]
public static class JobQueries
{
    /// <summary>后台任务，如读取文件、更新索引；平台管理员。Promised work such as reading files and indexing; for hub admins.</summary>
    /// <param name="state">只要这一状态。Only of this state.</param>
    /// <param name="first">最多几项，0–100。How many at most.</param>
    /// <param name="after">从此游标之后开始。Start after this cursor.</param>
    public static async Task<Connection<Job>?> GetJobsAsync([Service] IDbContextFactory<HubDb> databases, [Service] Viewer viewer, CancellationToken ct, JobState? state = null, int first = 20, string? after = null)
    {
        if (!viewer.IsHubAdmin) throw UserError.AsError([Problem.Forbidden]);
        await using var db = await databases.CreateDbContextAsync(ct);
        var before = Page.NumberOf<Job>(after);
        var page = await db.Jobs.AsNoTracking().Where(j => state == null || j.State == state).Where(j => before == null || j.Id < before).OrderByDescending(j => j.Id).Take(first + 1).ToListAsync(ct);
        return Page.Of(page, first, after, j => j.Id.ToString(CultureInfo.InvariantCulture), databases.Count((all, stop) => all.Jobs.CountAsync(j => state == null || j.State == state, stop)));
    }
}

/// <summary>一项后台任务；完成的任务不再列出。A piece of promised work; what is done is no longer listed.</summary>
[ObjectType<Job>]
public static class JobType
{
    /// <summary>编号。Its id.</summary>
    [ID<Job>]
    public static string GetId([Parent] Job job) => GlobalId.Of(nameof(Job), job.Id.ToString(CultureInfo.InvariantCulture));

    /// <summary>种类：extract 读取文件，index 更新索引。What kind of work: extract or index.</summary>
    public static string GetKind([Parent] Job job) => job.Kind;

    /// <summary>状态。Its state.</summary>
    public static JobState GetState([Parent] Job job) => job.State;

    /// <summary>涉及的文件或资源的编号，可用于 node。Id of the file or resource it is about, for node.</summary>
    [ID]
    public static string GetSubject([Parent] Job job) => GlobalId.Of(job.Kind == JobKinds.Extract ? "ResourceFile" : "Resource", job.Subject);

    /// <summary>已尝试次数。How often it was tried.</summary>
    public static int GetAttempts([Parent] Job job) => job.Attempts;

    /// <summary>最多尝试次数。How often it is tried at most.</summary>
    public static int GetMaxAttempts([Parent] Job job) => job.MaxAttempts;

    /// <summary>上次失败的原因。Why the last attempt failed.</summary>
    public static string? GetReason([Parent] Job job) => job.Reason;

    /// <summary>最早何时再试。When it may run next.</summary>
    public static DateTime GetRunAfter([Parent] Job job) => job.RunAfter;

    /// <summary>何时提出。When it was promised.</summary>
    public static DateTime GetCreatedAt([Parent] Job job) => job.CreatedAt;
}

/// <summary>重试失败的任务。A failed job to try again.</summary>
/// <param name="JobId">任务。Which one.</param>
/// <param name="ClientMutationId">幂等键；重试本身可安全重复。An idempotency key; retrying is safe to repeat anyway.</param>
public sealed record RetryJobInput([ID] string JobId, string? ClientMutationId = null);

[MutationType]
public static class JobMutations
{
    /// <summary>重试失败的任务；平台管理员。Tries a failed job again; for hub admins.</summary>
    /// <param name="input">任务。Which one.</param>
    public static async Task<RetryJobPayload> RetryJobAsync(RetryJobInput input, [Service] JobQueue jobs, [Service] Viewer viewer, CancellationToken ct)
    {
        if (!viewer.CanAdminister) return new([Problem.Forbidden], input.ClientMutationId);
        var id = GlobalId.KeyOf(input.JobId) is ("Job", var key) && long.TryParse(key, out var number) ? number : throw GlobalId.Invalid("jobId", "Job");
        return new(await jobs.RetryAsync(id, ct) ? [] : [Problem.NotFound("任务") with { Path = ["jobId"] }], input.ClientMutationId);
    }
}

/// <summary>retryJob 的结果。What came of retryJob.</summary>
public sealed record RetryJobPayload(IReadOnlyList<Problem> Problems, string? ClientMutationId) : Payload(Problems, ClientMutationId);
