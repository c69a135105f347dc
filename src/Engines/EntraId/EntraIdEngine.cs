using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>People of Microsoft Entra ID, or of any OpenID Connect issuer. What is Entra's own way is left to Microsoft.Identity.Web; other issuers it does not understand.</summary>
public static class EntraIdEngine
{
    /// <summary>The one client that speaks to the issuer.</summary>
    internal const string Backchannel = "hub-issuer";

    /// <summary>Never asked as a scheme: the place where Microsoft.Identity.Web leaves how Entra's tokens are checked.</summary>
    private const string EntraTokenChecks = "hub-entra-tokens";

    public static IServiceCollection AddEntraId(this IServiceCollection services, EntraSettings settings)
    {
        var rules = EntraRules.Read(settings);
        services.AddSingleton(rules);
        services.AddHttpClient(Backchannel, client => client.Timeout = TimeSpan.FromSeconds(10)).SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5));
        services.AddSingleton(s => new Issuer(rules.Authority, rules.IsEntra, Client(s), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<EntraPeople>();
        services.AddSingleton<EntraTokens>();
        services.AddSingleton<SignInPages>();
        services.AddSingleton<IAccounts, EntraAccounts>();
        services.AddTransient<SignInDoor>();

        var ways = services.AddAuthentication();
        ways.Services.Configure<Microsoft.AspNetCore.Authentication.AuthenticationOptions>(schemes => schemes.AddScheme<SignInDoor>(SignInDoor.Scheme, null));
        if (rules.IsEntra)
        {
            void Tenant(MicrosoftIdentityOptions entra)
            {
                entra.Instance = new Uri(rules.Authority).GetLeftPart(UriPartial.Authority) + "/";
                entra.TenantId = settings.TenantId;
                entra.ClientId = rules.ClientId;
            }
            ways.AddMicrosoftIdentityWebApp(Tenant, null, SignInDoor.OpenId, cookieScheme: null);
            ways.AddMicrosoftIdentityWebApi(_ => { }, Tenant, EntraTokenChecks);
            services.AddOptions<JwtBearerOptions>(EntraTokenChecks).Configure<Issuer>((jwt, issuer) => jwt.ConfigurationManager = issuer);
            services.AddOptions<AadIssuerValidatorOptions>().Configure(validator => validator.HttpClientName = Backchannel);
        }
        else ways.AddOpenIdConnect(SignInDoor.OpenId, _ => { });
        services.AddSingleton(s => new TokenChecks(Strict(rules, rules.IsEntra ? s.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(EntraTokenChecks).TokenValidationParameters.Clone() : new TokenValidationParameters())));
        services.AddOptions<OpenIdConnectOptions>(SignInDoor.OpenId).Configure<Issuer, IServiceProvider>((openId, issuer, s) => SignIn(openId, rules, issuer, Client(s)));
        return services;
    }

    private static HttpClient Client(IServiceProvider services) => services.GetRequiredService<IHttpClientFactory>().CreateClient(Backchannel);

    private static TokenValidationParameters Strict(EntraRules rules, TokenValidationParameters checks)
    {
        checks.ValidateIssuer = checks.ValidateAudience = checks.ValidateLifetime = checks.RequireExpirationTime = checks.RequireSignedTokens = true;
        checks.ValidateIssuerSigningKey = rules.IsEntra;
        checks.AudienceValidator = null;
        checks.ValidAudiences = rules.Audiences;
        checks.ValidAlgorithms = EntraTokens.Algorithms;
        checks.ValidTypes = ["JWT", "at+jwt", "application/at+jwt"];
        return checks;
    }

    private static void SignIn(OpenIdConnectOptions openId, EntraRules rules, Issuer issuer, HttpClient client)
    {
        openId.Authority = rules.Authority;
        openId.ClientId = rules.ClientId;
        openId.ClientSecret = rules.ClientSecret;
        openId.Backchannel = client;
        openId.ConfigurationManager = issuer;
        openId.RequireHttpsMetadata = rules.Authority.StartsWith("https:", StringComparison.Ordinal);
        openId.ResponseType = OpenIdConnectResponseType.Code;
        // A query rather than a form of the issuer's: its cookies can then stay this site's own, and a hub on localhost without https works.
        openId.ResponseMode = OpenIdConnectResponseMode.Query;
        openId.UsePkce = true;
        openId.SaveTokens = false;
        openId.GetClaimsFromUserInfoEndpoint = false;
        // Claims under the names that the issuer gave them; Microsoft.Identity.Web brings a handler of its own that would rename them.
        openId.TokenHandler = new JsonWebTokenHandler { MapInboundClaims = false };
        openId.ClaimActions.Clear();
        openId.Scope.Clear();
        openId.Scope.Add("openid");
        openId.Scope.Add("profile");
        openId.TokenValidationParameters.ValidAlgorithms = EntraTokens.Algorithms;
        openId.TokenValidationParameters.ClockSkew = EntraTokens.Skew;
        openId.CallbackPath = SignInDoor.CallbackPath;
        openId.SignedOutCallbackPath = SignInDoor.SignedOutPath;
        // Another site could end sessions by a picture with this address.
        openId.RemoteSignOutPath = default;
        openId.SignInScheme = Session.Scheme;
        foreach (var cookie in new[] { openId.CorrelationCookie, openId.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // Said here, as Microsoft.Identity.Web's would follow a callback path of its own.
            cookie.Path = SignInDoor.CallbackPath;
        }
        var first = openId.Events.OnRedirectToIdentityProvider;
        openId.Events.OnRedirectToIdentityProvider = async sent =>
        {
            await first(sent);
            SignInEvents.NameOwnAddress(sent);
        };
        openId.Events.OnTicketReceived = SignInEvents.TakeInAsync;
        openId.Events.OnRemoteFailure = SignInEvents.FailAsync;
        openId.Events.OnSignedOutCallbackRedirect = SignInEvents.ReturnAsync;
    }
}
