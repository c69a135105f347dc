namespace ResourceHub.Host.Readiness;

/// <summary>How a process stands with one thing that it needs.</summary>
/// <param name="State">ok; degraded: it serves, but not all of it; down: it cannot serve.</param>
/// <param name="Detail">For a person, in the hub's own words: what others' errors say may name hosts and users.</param>
internal sealed record Standing(string Need, string State, string Detail)
{
    public const string Ok = "ok", Degraded = "degraded", Down = "down";
}
