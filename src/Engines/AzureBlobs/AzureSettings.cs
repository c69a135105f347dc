namespace ResourceHub.Engines.AzureBlobs;

/// <summary><c>Hub:Azure</c>: where the blobs are kept when <c>Hub:Blobs=azure</c>.</summary>
public sealed class AzureSettings
{
    /// <summary>The account's blob address, such as https://NAME.blob.core.windows.net; signed in by managed identity.</summary>
    public string? Account { get; set; }

    /// <summary>Client id of a user-assigned managed identity; the machine's own when null.</summary>
    public string? IdentityClientId { get; set; }

    /// <summary>A connection string with a key, instead of <see cref="Account"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The container; made at start when it is missing.</summary>
    public string Container { get; set; } = "resourcehub";

    /// <summary>Whether downloads are sent to Azure by links that open for <see cref="LinkMinutes"/>. Off: all bytes pass through the hub, and a withdrawal counts at once.</summary>
    public bool Links { get; set; }

    /// <summary>How long such a link opens, in minutes; 1 to 10.</summary>
    public int LinkMinutes { get; set; } = 5;

    /// <summary>The same account, another container.</summary>
    internal AzureSettings In(string container)
    {
        var other = (AzureSettings)MemberwiseClone();
        other.Container = container;
        return other;
    }

    /// <summary>What is wrong, in one sentence; null when nothing is.</summary>
    public string? Check() => (Account, ConnectionString) switch
    {
        (null, null) => "Hub:Blobs=azure needs Hub:Azure:Account (with a managed identity) or Hub:Azure:ConnectionString.",
        (not null, not null) => "Set Hub:Azure:Account or Hub:Azure:ConnectionString, not both.",
        ({ } account, _) when !Uri.TryCreate(account, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps => "Hub:Azure:Account must be an https address such as https://NAME.blob.core.windows.net.",
        _ when LinkMinutes is < 1 or > 10 => "Hub:Azure:LinkMinutes must be 1 to 10.",
        _ => null,
    };
}
