using System.Security.Cryptography;
using System.Text;

namespace ResourceHub.Core.People;

public static class ApiKeyScopes
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Admin = "admin";
    public static readonly IReadOnlyList<string> All = [Read, Write, Admin];
}

/// <summary>A portal's key. Bound to a school and a role it sees and does what such a person does; without a school it is the operator's.</summary>
public sealed class ApiKey : IHasId
{
    private const string Prefix = "hub_";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Name { get; set => field = Guard.Text(value, 80, "A key needs a name"); }
    public Role Role { get; init; }
    public Guid? SchoolId { get; init; }
    public List<string> Scopes { get; init; } = [];

    /// <summary>SHA-256 of the secret. The secret itself is 256 random bits, shown once: a slow hash would add nothing.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>Requests a minute; the hub's own limit when null.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Who made it; null for the operator's first one.</summary>
    public Guid? CreatedBy { get; init; }

    public DateTime CreatedAt { get; init; }
    public DateTime? ExpiresAt { get; set; }
    public DateTime? LastUsedAt { get; set; }
    public DateTime? RevokedAt { get; set; }

    public bool IsValidAt(DateTime utcNow) => RevokedAt is null && (ExpiresAt is null || utcNow < ExpiresAt);

    public static string NewSecret() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
