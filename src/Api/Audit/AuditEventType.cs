using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Api.GraphQL;
using ResourceHub.Api.Schools;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Api.Audit;

/// <summary>审计日志的一条：只增不改，各条以哈希相连。One line of the audit log, which is only ever added to; each is chained to the one before by a hash.</summary>
[ObjectType<AuditEvent>]
public static class AuditEventType
{
    /// <summary>序号，从 1 起连续。Its number, from 1 without gaps.</summary>
    public static long GetSeq([Parent] AuditEvent line) => line.Seq;

    /// <summary>时间。When.</summary>
    public static DateTime GetAt([Parent] AuditEvent line) => line.At;

    /// <summary>操作者当时的名称；未登录时为 null，平台自行所为时为 ResourceHub。Who did it, by the name of then; null for somebody not signed in, ResourceHub for the hub itself.</summary>
    public static string? GetActor([Parent] AuditEvent line) => line.Actor;

    /// <summary>操作者（人员或密钥）的编号。Id of the person or key.</summary>
    [ID]
    public static IDataLoaderResult<string?> GetActorId([Parent] AuditEvent line, [Service] ActorKind kinds)
        => line.ActorId is { } actor ? kinds.LoadAsync(actor).Then(kind => (string?)GlobalId.Of(kind!, actor)) : Later.Nothing<string>();

    /// <summary>操作者当时的学校。The school that they were of then.</summary>
    public static IDataLoaderResult<School?> GetActorSchool([Parent] AuditEvent line, [Service] SchoolById schools)
        => line.ActorSchoolId is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>动作，如 sign-in、shared、downloaded。What was done, such as sign-in, shared, downloaded.</summary>
    public static string GetAction([Parent] AuditEvent line) => line.Action;

    /// <summary>对象的类型，如 Resource。What kind of thing it was done to, such as Resource.</summary>
    public static string? GetObjectType([Parent] AuditEvent line) => line.ObjectType;

    /// <summary>对象的编号。Id of the thing.</summary>
    [ID]
    public static string? GetObjectId([Parent] AuditEvent line) => line is { ObjectType: { } type, ObjectId: { } id } ? GlobalId.Of(type, id) : null;

    /// <summary>涉及的学校。The school it concerns.</summary>
    public static IDataLoaderResult<School?> GetSchool([Parent] AuditEvent line, [Service] SchoolById schools)
        => line.SchoolId is { } school ? schools.LoadAsync(school) : Later.Nothing<School>();

    /// <summary>结果。How it ended.</summary>
    public static AuditResult GetResult([Parent] AuditEvent line) => line.Result;

    /// <summary>说明。More in few words.</summary>
    public static string? GetDetail([Parent] AuditEvent line) => line.Detail;

    /// <summary>来源地址。The address it came from.</summary>
    public static string? GetIp([Parent] AuditEvent line) => line.Ip;

    /// <summary>请求编号，与回答的 X-Request-Id 相同。The request, as in the answer's X-Request-Id.</summary>
    public static string? GetRequestId([Parent] AuditEvent line) => line.RequestId;
}

/// <summary>Lines say who did it by an id alone; whether that is a person's or a key's decides its global id.</summary>
public sealed class ActorKind(IDbContextFactory<HubDb> databases) : BatchLoader<Guid, string>
{
    protected override async Task<IReadOnlyDictionary<Guid, string>> LoadBatchAsync(IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var ofKeys = (await db.ApiKeys.Where(k => keys.Contains(k.Id)).Select(k => k.Id).ToListAsync(ct)).ToHashSet();
        return keys.ToDictionary(k => k, k => ofKeys.Contains(k) ? nameof(ApiKey) : nameof(Person));
    }
}
