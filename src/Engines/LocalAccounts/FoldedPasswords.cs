using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ResourceHub.Core.People;
using ResourceHub.Core.Text;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>Identity's hashes of passwords in one Unicode form: keyboards and input methods write the same letters in several, full width or not.</summary>
internal sealed class FoldedPasswords(IOptions<PasswordHasherOptions> options) : PasswordHasher<LocalAccount>(options)
{
    public override string HashPassword(LocalAccount user, string password) => base.HashPassword(user, UnicodeForms.Nfkc(password));

    public override PasswordVerificationResult VerifyHashedPassword(LocalAccount user, string hashedPassword, string providedPassword)
        => base.VerifyHashedPassword(user, hashedPassword, UnicodeForms.Nfkc(providedPassword));
}
