using Microsoft.AspNetCore.Identity;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>
/// What a password may not be, by NIST SP 800-63B: too short, one that everybody tries first, or the user's own name. Any characters are welcome and none
/// are demanded: rules on digits and capitals make passwords alike, not strong.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<LocalAccount>
{
    public const int Shortest = 10;

    /// <summary>Long enough for a sentence, short enough to be hashed.</summary>
    public const int Longest = 200;

    /// <summary>With fewer characters than these beside it, a password is still the name.</summary>
    private const int BesideTheName = 5;

    public static readonly IdentityError TooShort = Weak($"密码至少 {Shortest} 个字符；一句容易记的话就很好。A password needs at least {Shortest} characters; a sentence you remember is good.");
    private static readonly IdentityError TooLong = Weak($"密码最长 {Longest} 个字符。A password may have at most {Longest} characters.");
    private static readonly IdentityError Common = Weak("这个密码太常见，很容易被猜到，请换一个。This password is one of those tried first; choose another.");
    private static readonly IdentityError LikeTheName = Weak("密码不能是用户名。The password may not be the user name.");

    public Task<IdentityResult> ValidateAsync(UserManager<LocalAccount> manager, LocalAccount user, string? password) => Task.FromResult(Check(user.UserName, password ?? ""));

    private static IdentityResult Check(string userName, string password)
    {
        if (password.Length > Longest) return IdentityResult.Failed(TooLong);
        var folded = UnicodeForms.Nfkc(password);
        if (folded.EnumerateRunes().Count() < Shortest) return IdentityResult.Failed(TooShort);
        var plain = folded.ToUpperInvariant();
        if (IsTheName(plain, UserNames.Fold(userName)) || IsTheName(plain, UserNames.Fold(userName.Split('@')[0]))) return IdentityResult.Failed(LikeTheName);
        return CommonPasswords.Contains(plain) ? IdentityResult.Failed(Common) : IdentityResult.Success;
    }

    private static bool IsTheName(string password, string? name)
        => name is { Length: > 3 } && password.Contains(name, StringComparison.Ordinal) && password.Replace(name, "", StringComparison.Ordinal).Length < BesideTheName;

    private static IdentityError Weak(string text) => new() { Code = "WEAK_PASSWORD", Description = text };
}
