namespace ResourceHub.Core;

/// <summary>Why something was not done, for a person: what is wrong and what to do.</summary>
/// <param name="Code">UPPER_CASE, stable; clients switch on it.</param>
/// <param name="Path">The input field it is about, where there is one.</param>
public sealed record Problem(string Code, string Message, params string[] Path)
{
    public static Problem NotFound(string what) => new("NOT_FOUND", $"没有找到这个{what}，或您无权查看。There is no such item, or you may not see it.");

    public static readonly Problem Forbidden = new("FORBIDDEN", "您没有权限执行此操作，请联系本校管理员。You may not do this; ask your school's administrator.");

    public static readonly Problem SignInNeeded = new("UNAUTHENTICATED", "请先登录或提供接口密钥。Sign in or send an API key.");
}

/// <summary>An expected outcome is a value: the thing that was made or changed, or the problems that kept it from being.</summary>
public sealed record Outcome<T>(T? Value, IReadOnlyList<Problem> Problems) where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, []);

    public static implicit operator Outcome<T>(Problem problem) => new(null, [problem]);

    public static implicit operator Outcome<T>(List<Problem> problems) => new(null, problems);
}

/// <summary>An entity with the hub's own id.</summary>
public interface IHasId
{
    Guid Id { get; }
}
