namespace ResourceHub.Web.Hub;

/// <summary>What came of a change: Changes/*.graphql calls every payload <c>done</c>.</summary>
public sealed record Done
{
    public IReadOnlyList<Problem> Errors { get; init; } = [];
    public Made? Resource { get; init; }
    public Made? Partnership { get; init; }
    public Made? Person { get; init; }
    public string? Audience { get; init; }

    /// <summary>Shown once: the link of an invitation, or the secret of a key; null when the same form is sent again.</summary>
    public string? Url { get; init; }

    public string? Secret { get; init; }

    public bool IsDone => Errors.Count == 0;

    public static Done Not(string code, string message) => new() { Errors = [new Problem(code, message, null)] };
}

/// <summary>Enough to go and see it.</summary>
public sealed record Made(string Id);

/// <summary>Why something was not done.</summary>
/// <param name="Message">Chinese, then English.</param>
/// <param name="Path">The input fields it is about.</param>
public sealed record Problem(string Code, string Message, IReadOnlyList<string>? Path)
{
    public const string Unreachable = "UNREACHABLE";

    public bool IsAbout(string field) => Path?.Contains(field) == true;
}
