using ResourceHub.Core;

namespace ResourceHub.Engines.EntraId;

/// <summary>Why somebody whom the issuer vouches for is not let in, or cannot be asked about now.</summary>
internal static class EntraProblems
{
    public static readonly Problem Misunderstood = new(
        "ACCOUNTS_MISUNDERSTOOD", "统一身份认证没有接受本平台的请求，这不是您的问题，请告诉平台管理员。The sign-in service did not accept this hub's request. It is not your fault; please tell the hub's administrator.");

    public static readonly Problem Interrupted = new(
        "SIGN_IN_INTERRUPTED", "登录没有完成或已过期，请重新登录。The sign-in was not finished or took too long; please sign in again.");

    public static readonly Problem UnknownTenant = new(
        "UNKNOWN_TENANT", "您所在的组织没有加入本平台，因此不能登录。Your organisation has not joined this hub, so its people cannot sign in.");

    public static readonly Problem Left = new(
        "ACCESS_ENDED", "您在本平台的账号已停用。Your access to this hub has been ended.");

    public static readonly Problem TooManyGroups = new(
        "TOO_MANY_GROUPS", "您在目录中所属的组太多，登录信息里没有带上，平台无法确认您的学校和角色；请管理员改用应用角色，或只发送分配给本应用的组。You are in so many groups that the directory left them out, so your school and role are unknown; its administrator should use app roles, or send only groups assigned to the application.");

    public static readonly Problem NoRole = new(
        "FORBIDDEN", "此应用没有分配本平台认识的角色，或不属于任何学校。This application was given no role that the hub knows, or no school.");

    public static readonly Problem NoScope = new(
        "FORBIDDEN", "令牌没有本平台接口的权限范围（scope）。The token has no scope for this hub's API.");
}
