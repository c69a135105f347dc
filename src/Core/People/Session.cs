using System.Globalization;
using System.Security.Claims;

namespace ResourceHub.Core.People;

/// <summary>
/// What a session's cookie says, sealed: which person, which of their session stamps, and since when. Never role or school: those are read from the
/// record at each request, so that moving and leaving count at the next one.
/// </summary>
public sealed record Session(Guid PersonId, Guid Stamp, DateTime Since)
{
    /// <summary>The authentication scheme, and the cookie's name.</summary>
    public const string Scheme = "hub-session";

    /// <summary>However much it is used: after this the password is asked for again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private const string PersonClaim = "person";
    private const string StampClaim = "stamp";
    private const string SinceClaim = "since";

    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [new(PersonClaim, PersonId.ToString("n")), new(StampClaim, Stamp.ToString("n")), new(SinceClaim, Since.Ticks.ToString(CultureInfo.InvariantCulture))], Scheme));

    /// <summary>Null for a principal that is no session of the hub's.</summary>
    public static Session? Of(ClaimsPrincipal? principal)
        => Guid.TryParseExact(principal?.FindFirst(PersonClaim)?.Value, "n", out var person) && Guid.TryParseExact(principal!.FindFirst(StampClaim)?.Value, "n", out var stamp)
        && long.TryParse(principal.FindFirst(SinceClaim)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new Session(person, stamp, new DateTime(ticks, DateTimeKind.Utc)) : null;
}
