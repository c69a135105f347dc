using System.Security.Cryptography;
using System.Text;

namespace ResourceHub.Core.People;

/// <summary>邀请的用途。What an invitation is for.</summary>
public enum InvitationKind
{
    /// <summary>加入学校。To join a school.</summary>
    Join,

    /// <summary>重设密码。To set a new password.</summary>
    NewPassword,
}

/// <summary>A link for one use: to join a school in a role, or to set a new password. Seven days are given.</summary>
public sealed class Invitation : IHasId
{
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public InvitationKind Kind { get; init; }

    /// <summary>The school that is joined, or whose member gets a new password; null for hub admins.</summary>
    public Guid? SchoolId { get; init; }

    public Role Role { get; init; }

    /// <summary>Who it was made for, as typed by the admin; the invited person may change it.</summary>
    public required string DisplayName { get; init => field = Guard.Text(value, Person.NameLimit, "An invitation needs a name"); }

    /// <summary>For a new password: whose. For joining: who joined, once it was used.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>SHA-256 of the secret in the link: 256 random bits, shown once.</summary>
    public required byte[] SecretHash { get; init; }

    public Guid CreatedBy { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; init; }
    public DateTime? UsedAt { get; set; }
    public DateTime? RevokedAt { get; set; }

    public bool IsOpenAt(DateTime utcNow) => UsedAt is null && RevokedAt is null && utcNow < ExpiresAt;

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
