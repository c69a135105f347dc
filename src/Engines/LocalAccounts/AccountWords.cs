using Microsoft.AspNetCore.Identity;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>Identity's refusals in the hub's two languages.</summary>
internal sealed class AccountWords : IdentityErrorDescriber
{
    public override IdentityError PasswordTooShort(int length) => PasswordRules.TooShort;

    public override IdentityError InvalidUserName(string? userName) => new() { Code = "REQUIRED", Description = "请填写用户名。A user name is required." };

    public override IdentityError DuplicateUserName(string userName) => new() { Code = "ALREADY_EXISTS", Description = "这个用户名已被使用，请换一个。This user name is taken; choose another." };
}
