namespace ResourceHub.Core.People;

/// <summary>How people prove who they are: by a name and password kept here, or by signing in elsewhere. What they may do is always read from the record.</summary>
public interface IAccounts
{
    /// <summary>The authentication scheme that sends somebody elsewhere to sign in; null where names and passwords are kept here.</summary>
    string? Elsewhere { get; }

    /// <summary>Whose name and password these are. Unknown names, wrong passwords and people who left are answered alike, after the same time. Writes the audit line.</summary>
    Task<SignIn> SignInAsync(string userName, string password, RequestOrigin origin, CancellationToken ct);

    /// <summary>Who a token of an issuer elsewhere stands for; why it opens nothing when it is not good, none are taken, or nobody can tell now.</summary>
    Task<Outcome<Viewer>> FindAsync(string token, RequestOrigin origin, CancellationToken ct);

    /// <summary>Holds a name and password to the rules and makes them ready to be kept. Slow on purpose, so do it before a transaction.</summary>
    Task<Outcome<PreparedAccount>> PrepareAsync(string userName, string password, CancellationToken ct);

    /// <summary>Keeps a prepared account in the caller's transaction: somebody's first, or a new password. Wrong tries are forgiven.</summary>
    Task<Outcome<LocalAccount>> KeepAsync(HubDb db, Guid personId, PreparedAccount prepared, DateTime utcNow, CancellationToken ct);

    /// <summary>A signed-in person's own new password; ends all their sessions, so that the caller must begin a new one. Writes the audit line.</summary>
    Task<Outcome<Person>> ChangePasswordAsync(Viewer viewer, string current, string next, CancellationToken ct);
}

/// <summary>A name and password that may be kept.</summary>
public sealed record PreparedAccount(string UserName, string NormalizedUserName, string PasswordHash);

/// <summary>What came of a sign-in.</summary>
public abstract record SignIn
{
    public sealed record Opened(Person Person) : SignIn;

    /// <param name="RetryAfter">How long to wait, where waiting helps.</param>
    public sealed record Refused(Problem Problem, TimeSpan? RetryAfter = null) : SignIn;
}

/// <summary>What is said at sign-in and about passwords.</summary>
public static class AccountProblems
{
    public static readonly Problem InvalidCredentials = new("INVALID_CREDENTIALS", "用户名或密码不正确。The user name or password is not right.");

    public static readonly Problem WrongPassword = new("WRONG_PASSWORD", "当前密码不正确。The current password is not right.", "current");

    public static readonly Problem NotAuthenticated = new("UNAUTHENTICATED", "接口密钥或令牌无效、已过期或已撤销。The API key or token is not valid, has expired or was revoked.");

    public static readonly Problem Elsewhere = new("ACCOUNTS_ELSEWHERE", "本平台使用统一身份认证登录，账号和密码不在这里管理。People sign in to this hub with their organisation's account; passwords are not kept here.");

    /// <summary>An issuer elsewhere does not answer: what was open stays open, the rest is a matter of waiting.</summary>
    public static readonly Problem Unreachable = new(
        "ACCOUNTS_UNREACHABLE", "统一身份认证暂时没有响应；已登录的人可以继续使用，请几分钟后再登录。The sign-in service does not answer; those signed in may go on, try to sign in again in a few minutes.");

    /// <param name="askWhom">A name, an address or a number; the school's or the hub's administrator when null.</param>
    public static string NoSchool(string? askWhom)
        => $"您的账号还没有归入任何学校，目前只能看到向全体成员开放的资源。请联系：{askWhom ?? "本校或平台管理员"}。Your account belongs to no school yet: you see what is open to all members. Ask: {askWhom ?? "your school's or the hub's administrator"}.";

    public static Problem LockedOut(TimeSpan wait) => new("LOCKED_OUT", $"连续输错密码次数过多，请 {Minutes(wait)} 分钟后再试，或请学校管理员重设密码。Too many wrong passwords: try again in {Minutes(wait)} minutes, or ask your school's administrator for a new password.");

    public static Problem TooManyAttempts(TimeSpan wait) => new("TOO_MANY_ATTEMPTS", $"尝试过于频繁，请 {Math.Ceiling(wait.TotalSeconds)} 秒后再试。Too many attempts: try again in {Math.Ceiling(wait.TotalSeconds)} seconds.");

    private static double Minutes(TimeSpan wait) => Math.Max(1, Math.Ceiling(wait.TotalMinutes));
}
