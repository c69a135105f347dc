using GraphQL;
using ResourceHub.Core;

namespace ResourceHub.Api.GraphQL;

/// <summary>为什么没有办成，以及该怎么办。Why something was not done, and what to do about it.</summary>
/// <param name="Message">给用户看的话：先中文，后英文。For people to read: Chinese, then English.</param>
/// <param name="Code">稳定的大写代码，供程序判断。Stable and in capitals, for programs.</param>
/// <param name="Path">出错的输入字段。The input field it is about.</param>
[InterfaceType]
public abstract record UserError(string Message, string Code, IReadOnlyList<string>? Path)
{
    public static IReadOnlyList<UserError> Of(IReadOnlyList<Problem> problems) => [.. problems.Select(Of)];

    /// <summary>For queries, which have no payload: an error of the answer.</summary>
    public static ExecutionError AsError(IReadOnlyList<Problem> problems) => new(problems[0].Message) { Code = problems[0].Code };

    private static UserError Of(Problem p)
    {
        IReadOnlyList<string>? path = p.Path.Length == 0 ? null : p.Path;
        return p.Code switch
        {
            "NOT_FOUND" or "UPLOAD_NOT_FOUND" => new NotFoundError(p.Message, p.Code, path),
            "FORBIDDEN" or "UNAUTHENTICATED" or "REVIEW_REQUIRED" or "OWN_UPLOAD" or "LICENCE_FORBIDS" or "SOURCE_LIMITS" or "CONSENT_REQUIRED" => new NotAllowedError(p.Message, p.Code, path),
            "IDEMPOTENCY_KEY_REUSED" or "ALREADY_EXISTS" or "INVALID_STATE" or "NOT_IN_REVIEW" => new ConflictError(p.Message, p.Code, path),
            _ => new InvalidInputError(p.Message, p.Code, path),
        };
    }
}

/// <summary>没有这一项，或您无权查看：两者回答相同。It is not there, or you may not see it: both answer alike.</summary>
public sealed record NotFoundError(string Message, string Code, IReadOnlyList<string>? Path) : UserError(Message, Code, Path);

/// <summary>您无权执行此操作。You may not do this.</summary>
public sealed record NotAllowedError(string Message, string Code, IReadOnlyList<string>? Path) : UserError(Message, Code, Path);

/// <summary>与已有的内容冲突。It contradicts what is there already.</summary>
public sealed record ConflictError(string Message, string Code, IReadOnlyList<string>? Path) : UserError(Message, Code, Path);

/// <summary>输入有误，请更正后再试。The input is wrong; correct it and try again.</summary>
public sealed record InvalidInputError(string Message, string Code, IReadOnlyList<string>? Path) : UserError(Message, Code, Path);
