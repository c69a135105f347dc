namespace ResourceHub.Api.People;

/// <summary>Where a browser goes after signing in: a path of this hub, whatever the form says.</summary>
public static class LocalReturn
{
    private static readonly Uri Here = new("http://here.invalid/");

    /// <summary>The path as it may stand in a Location header; the start page for anything that is, or that a browser might take for, an address elsewhere.</summary>
    public static string Of(string? asked)
    {
        // Browsers read \ as / and leave out tabs and line ends: "/\t/evil" is "//evil" to them.
        if (asked is not ['/', ..] || asked is ['/', '/' or '\\', ..] || asked.Any(c => c == '\\' || char.IsControl(c))) return "/";
        return Uri.TryCreate(Here, asked, out var address) && address.Host == Here.Host && address.Scheme == Here.Scheme && address.IsDefaultPort && address.UserInfo.Length == 0
            && address.PathAndQuery is not ['/', '/', ..] ? address.PathAndQuery + address.Fragment : "/";
    }
}
