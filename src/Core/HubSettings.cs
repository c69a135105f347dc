using ResourceHub.Core.People;
using ResourceHub.Core.Telemetry;

namespace ResourceHub.Core;

/// <summary>What an operator may set, under <c>Hub</c> in JSON and <c>Hub__…</c> in the environment. Checked at start.</summary>
public sealed class HubSettings
{
    /// <summary>Folder of the record, the blobs and the index. Relative to the working folder.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Secret of the operator's first hub-admin key; at least 16 characters.</summary>
    public string? BootstrapKey { get; set; }

    /// <summary>Roles of this process, comma-separated: Api, Indexer, Web.</summary>
    public string Roles { get; set; } = "Api,Indexer,Web";

    /// <summary>Where the record is kept: sqlite (a file of the data folder, one process) or postgres.</summary>
    public string Database { get; set; } = "sqlite";

    /// <summary>What searches: lucene (in this process, in the data folder) or elasticsearch, which several processes share.</summary>
    public string Search { get; set; } = "lucene";

    /// <summary>Where files are kept: folder (in the data folder) or azure (Azure Blob Storage).</summary>
    public string Blobs { get; set; } = "folder";

    /// <summary>Where people sign in: local (names and passwords kept here) or entra (Microsoft Entra ID, or another OpenID Connect issuer).</summary>
    public string Accounts { get; set; } = "local";

    public EntraSettings Entra { get; set; } = new();

    public TelemetrySettings Telemetry { get; set; } = new();

    /// <summary>How long a session lasts that is not used, in hours.</summary>
    public double SessionHours { get; set; } = 12;

    /// <summary>Addresses and networks, comma-separated, whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public string TrustedProxies { get; set; } = "127.0.0.0/8,::1";

    /// <summary>Where browsers reach the hub, such as https://hub.example.edu.cn; links in invitations begin with it. The address of the request is not believed for that.</summary>
    public string? PublicAddress { get; set; }

    /// <summary>Sign-ins a minute from one address; a school may be behind one.</summary>
    public int AttemptsPerMinute { get; set; } = 60;

    /// <summary>Requests a minute of a key that has no limit of its own.</summary>
    public int RequestsPerMinute { get; set; } = 12_000;

    /// <summary>Largest file that may be uploaded, in bytes.</summary>
    public long MaxUploadBytes { get; set; } = 4L << 30;

    /// <summary>How long an upload that was not attached is kept, in hours.</summary>
    public double UploadHours { get; set; } = 24;

    /// <summary>Uploads that one person or key may have open at once.</summary>
    public int MaxOpenUploads { get; set; } = 1000;

    /// <summary>Subscriptions that this process keeps open at once, of everybody.</summary>
    public int MaxStreams { get; set; } = 1000;

    /// <summary>Uploads stop while less than this is free for blobs, in bytes; reading goes on.</summary>
    public long ReserveBytes { get; set; } = 1L << 30;

    /// <summary>Files that are read at the same time.</summary>
    public int Readers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How long a process that says nothing keeps the work it took, in seconds; then another one does it.</summary>
    public double LeaseSeconds { get; set; } = 60;

    /// <summary>How long requests are still taken after the hub was told to stop, in seconds, while /health/ready says no: a balancer's interval and a little more.</summary>
    public double LeaveSeconds { get; set; }

    /// <summary>How long running work may go on when the hub stops, in seconds; then it is given back. The host itself waits 30.</summary>
    public double DrainSeconds { get; set; } = 20;

    /// <summary>Where pages send their GraphQL requests; this process's own address when null.</summary>
    public string? ApiAddress { get; set; }
}
