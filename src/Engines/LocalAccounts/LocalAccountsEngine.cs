using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>Names and passwords in the hub's own record, by the rules and hashes of ASP.NET Core Identity.</summary>
public static class LocalAccountsEngine
{
    public static IServiceCollection AddLocalAccounts(this IServiceCollection services)
    {
        services.Configure<IdentityOptions>(identity =>
        {
            // NIST SP 800-63B 3.1.1.2: length and a list of common passwords help; demanding digits and capitals does not, it makes people write "Password1!".
            identity.Password = new PasswordOptions { RequiredLength = PasswordRules.Shortest, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 1 };
            identity.Lockout = new LockoutOptions { MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15), AllowedForNewUsers = true };
            // Any characters: a teacher's name may be the user name.
            identity.User.AllowedUserNameCharacters = "";
        });
        // PBKDF2 with HMAC-SHA-512, as often as OWASP's password storage advice says.
        services.Configure<PasswordHasherOptions>(hashes => hashes.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<LocalAccount>, FoldedPasswords>();
        services.AddSingleton<IPasswordValidator<LocalAccount>, PasswordValidator<LocalAccount>>();
        services.AddSingleton<IPasswordValidator<LocalAccount>, PasswordRules>();
        services.AddSingleton<IUserValidator<LocalAccount>, UserValidator<LocalAccount>>();
        services.AddSingleton<ILookupNormalizer, FoldedNames>();
        services.AddSingleton<IdentityErrorDescriber, AccountWords>();
        services.AddSingleton<AccountBooks>();
        services.AddSingleton<StrangersLocks>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<IAccounts, LocalAccounts>();
        return services;
    }
}
