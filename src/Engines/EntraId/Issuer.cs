using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ResourceHub.Engines.EntraId;

/// <summary>
/// What the issuer says of itself: its addresses and its keys. Asked once and kept for half a day, longer when it does not answer. A token signed by a key that
/// nobody knows asks again at most each five minutes, so that made-up tokens cannot make the hub storm the issuer; several who wait share one question.
/// </summary>
internal sealed class Issuer(string authority, bool isEntra, HttpClient backchannel, TimeProvider clock) : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);
    private static readonly TimeSpan BetweenRefreshes = TimeSpan.FromMinutes(5);

    /// <summary>While it does not answer it is asked this often, whoever waits.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>An answer this old still says that it can be reached.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private OpenIdConnectConfiguration? known;
    private DateTimeOffset knownAt;
    private IssuerUnreachableException? failure;
    private DateTimeOffset failedAt;
    private DateTimeOffset refreshedAt = DateTimeOffset.MinValue;
    private bool isWanted;
    private Task<OpenIdConnectConfiguration>? question;

    /// <summary>What is known; asks only when nothing is.</summary>
    /// <exception cref="IssuerUnreachableException">Nothing is known and the issuer does not answer.</exception>
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken ct)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (known is null) return failure is not null && now - failedAt < AfterFailure ? Task.FromException<OpenIdConnectConfiguration>(failure) : Ask().WaitAsync(ct);
            if (isWanted)
            {
                isWanted = false;
                return OrKnownAsync(Ask(), known).WaitAsync(ct);
            }
            if (now - knownAt > Kept && now - failedAt > BetweenRefreshes) _ = OrKnownAsync(Ask(), known);
            return Task.FromResult(known);
        }
    }

    /// <summary>For a key that is not among the known ones: what the issuer says now, or what is known when it may not be asked yet or does not answer.</summary>
    public Task<OpenIdConnectConfiguration> RefreshAsync(CancellationToken ct)
    {
        lock (gate)
        {
            if (known is null || question is null && !MayRefresh()) return GetConfigurationAsync(ct);
            return OrKnownAsync(Ask(), known).WaitAsync(ct);
        }
    }

    /// <summary>Before somebody is sent there: can it be reached now?</summary>
    /// <exception cref="IssuerUnreachableException">It cannot.</exception>
    public Task<OpenIdConnectConfiguration> ReachAsync(CancellationToken ct)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (failure is not null && now - failedAt < AfterFailure) return Task.FromException<OpenIdConnectConfiguration>(failure);
            return known is not null && failure is null && now - knownAt < Fresh ? Task.FromResult(known) : Ask().WaitAsync(ct);
        }
    }

    /// <summary>The OpenID Connect handler says that it met a key it does not know; it asks for the configuration next.</summary>
    public override void RequestRefresh()
    {
        lock (gate) isWanted |= MayRefresh();
    }

    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) => await GetConfigurationAsync(cancel);

    private bool MayRefresh()
    {
        var now = clock.GetUtcNow();
        if (now - refreshedAt < BetweenRefreshes) return false;
        refreshedAt = now;
        return true;
    }

    private Task<OpenIdConnectConfiguration> Ask() => question ??= Task.Run(AskAsync);

    private async Task<OpenIdConnectConfiguration> AskAsync()
    {
        try
        {
            var documents = new HttpDocumentRetriever(backchannel) { RequireHttps = authority.StartsWith("https:", StringComparison.Ordinal) };
            var answer = await OpenIdConnectConfigurationRetriever.GetAsync($"{authority}/.well-known/openid-configuration", documents, CancellationToken.None);
            // OpenID Connect Discovery 4.3; Entra writes a pattern there where several tenants sign in, which Microsoft.Identity.Web checks with each token.
            if (!isEntra && answer.Issuer?.TrimEnd('/') != authority) throw new InvalidDataException($"It calls itself {answer.Issuer}.");
            lock (gate) (known, knownAt, failure, question) = (answer, clock.GetUtcNow(), null, null);
            return answer;
        }
        catch (Exception wrong) when (wrong is IOException or HttpRequestException or OperationCanceledException or JsonException or InvalidDataException or InvalidOperationException or ArgumentException)
        {
            // Down, slow, or answering something else: the library wraps each in its own way.
            var unreachable = new IssuerUnreachableException($"The issuer {authority} gave no configuration: {wrong.Message}", wrong);
            lock (gate) (failure, failedAt, question) = (unreachable, clock.GetUtcNow(), null);
            throw unreachable;
        }
    }

    private static async Task<OpenIdConnectConfiguration> OrKnownAsync(Task<OpenIdConnectConfiguration> asked, OpenIdConnectConfiguration known)
    {
        try
        {
            return await asked;
        }
        catch (IssuerUnreachableException)
        {
            return known; // keys that were good stay good while the issuer is away
        }
    }
}

/// <summary>The issuer does not answer, or not as an issuer does.</summary>
internal sealed class IssuerUnreachableException(string message, Exception inner) : Exception(message, inner);
