using System.Globalization;

namespace ResourceHub.Engines.Checks;

/// <summary>Names of throw-away places. The time is in them: what a killed run left is told from what another run uses now.</summary>
public static class TrialName
{
    private const int IdLength = 32;

    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(1);

    /// <param name="prefix">Such as hub-check-.</param>
    public static string New(string prefix) => prefix + Guid.CreateVersion7().ToString("n");

    /// <summary>Whether a name made by <see cref="New"/>, or one that goes on from it, is of a run that must be over.</summary>
    public static bool IsLeft(string name, string prefix, DateTimeOffset now)
    {
        if (!name.StartsWith(prefix, StringComparison.Ordinal) || name.Length < prefix.Length + IdLength) return false;
        var id = name.AsSpan(prefix.Length, IdLength);
        return Guid.TryParseExact(id, "n", out _) && long.TryParse(id[..12], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var made)
            && now - DateTimeOffset.FromUnixTimeMilliseconds(made) > LongestRun;
    }
}
