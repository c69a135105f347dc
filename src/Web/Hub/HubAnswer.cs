namespace ResourceHub.Web.Hub;

/// <summary>What the API said: data, or why there is none; both where it refused a part.</summary>
public sealed record HubAnswer<T>(T? Data, HubFailure? Failure) where T : class;

/// <summary>Why a page has no data: expected, and shown in words.</summary>
public abstract record HubFailure
{
    /// <summary>Nobody answers, or what answers is not the hub's API.</summary>
    public sealed record Unreachable : HubFailure;

    /// <summary>The API understood and refused: a cursor of another search, an unknown code …</summary>
    public sealed record Refused(string Code, string Message) : HubFailure;
}
