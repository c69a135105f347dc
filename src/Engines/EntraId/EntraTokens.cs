using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Engines.EntraId;

/// <summary>How tokens for the API are checked, beside signature and issuer: from Microsoft.Identity.Web for Entra, our own for others.</summary>
internal sealed record TokenChecks(TokenValidationParameters Parameters);

/// <summary>Tokens for the API: checks them, and finds who they stand for as a sign-in does.</summary>
internal sealed partial class EntraTokens(
    Issuer issuer, TokenChecks checks, EntraRules rules, EntraPeople people, Viewers viewers, IDbContextFactory<HubDb> databases, TimeProvider clock, ILogger<EntraTokens> log)
{
    /// <summary>How far the clocks of the issuer and the hub may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>What issuers sign with. Neither <c>none</c> nor HMAC, whose secret would be the public key that everybody has.</summary>
    public static readonly string[] Algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384];

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };

    public async Task<Outcome<Viewer>> FindAsync(string token, RequestOrigin origin, CancellationToken ct)
    {
        TokenValidationResult result;
        try
        {
            var known = await issuer.GetConfigurationAsync(ct);
            result = await CheckAsync(token, known);
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await issuer.RefreshAsync(ct) is var newer && newer != known) result = await CheckAsync(token, newer);
        }
        catch (IssuerUnreachableException away)
        {
            LogUnreachable(away.Message);
            return AccountProblems.Unreachable;
        }
        if (!result.IsValid)
        {
            // The kind alone: messages of the library may quote the token.
            LogRefused(result.Exception.GetType().Name);
            return AccountProblems.NotAuthenticated;
        }
        if (EntraIdentity.Of(result.ClaimsIdentity, rules) is not { } who) return AccountProblems.NotAuthenticated;
        // A person's token says what the program that holds it may do for them; without that it is no token for this API, as an id token is none.
        var scopes = who.Scopes.Where(rules.Scopes.ContainsKey).SelectMany(s => rules.Scopes[s]).ToFrozenSet();
        if (!who.IsApp && scopes.Count == 0) return EntraProblems.NoScope;
        var met = await people.MeetAsync(who, isSignIn: false, origin, ct);
        if (met.Value is not { } person) return met.Problems.ToList();
        await using var db = await databases.CreateDbContextAsync(ct);
        var viewer = await viewers.OfAsync(db, person, ct);
        return who.IsApp ? viewer : viewer with { Scopes = viewer.Scopes.Where(scopes.Contains).ToFrozenSet() };
    }

    private Task<TokenValidationResult> CheckAsync(string token, OpenIdConnectConfiguration known)
    {
        var parameters = checks.Parameters.Clone();
        // Held still for this token: when its keys are asked for anew is decided above.
        parameters.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(known);
        if (!rules.IsEntra) parameters.ValidIssuer = known.Issuer;
        parameters.LifetimeValidator = HasNow;
        return handler.ValidateTokenAsync(token, parameters);
    }

    /// <summary>By the hub's own clock, which tests turn.</summary>
    private bool HasNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // A missing time comes as null or as the first of all days.
        return expires is { } end && now - Skew < end && (notBefore is not { } begin || begin <= now + Skew);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A token was refused: {Kind}")]
    private partial void LogRefused(string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tokens cannot be checked: {Why}")]
    private partial void LogUnreachable(string why);
}
