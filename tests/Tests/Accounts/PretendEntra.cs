using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using ResourceHub.Engines.EntraId;

namespace ResourceHub.Tests.Accounts;

/// <summary>
/// Answers the hub as login.microsoftonline.com would, from what Microsoft documents of its metadata and tokens, so that the way through
/// Microsoft.Identity.Web runs without the internet. It is no live Entra tenant and proves nothing about one.
/// </summary>
public sealed class PretendEntra : HttpMessageHandler
{
    public const string Host = "https://login.microsoftonline.com";
    public const string ClientId = "99999999-8888-7777-6666-555555555555";
    public const string Huaxin = "11111111-0000-0000-0000-000000000001";
    public const string Bazhong = "11111111-0000-0000-0000-000000000002";
    public const string Elsewhere = "11111111-0000-0000-0000-000000000003";

    /// <summary>One for all tests: Microsoft's check of issuers remembers in the process how it asked first.</summary>
    public static readonly PretendEntra Only = new();

    private readonly RSA key = RSA.Create(2048);

    private PretendEntra()
    {
    }

    /// <summary>Everything that was asked for, without the query.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What the next code is worth.</summary>
    public string NextIdToken { get; set; } = "";

    /// <summary>The form that the code was brought with.</summary>
    public Dictionary<string, string> Brought { get; private set; } = [];

    public void Answer(IServiceCollection services)
        => services.PostConfigure<HttpClientFactoryOptions>(EntraIdEngine.Backchannel, client => client.HttpMessageHandlerBuilderActions.Add(builder => builder.PrimaryHandler = this));

    public static Dictionary<string, object> Claims(string tenant, string entity = "22222222-0000-0000-0000-000000000001") => new()
    {
        ["aud"] = ClientId,
        ["iss"] = $"{Host}/{tenant}/v2.0",
        ["tid"] = tenant,
        ["oid"] = entity,
        ["sub"] = "pairwise-subject",
        ["name"] = "教师甲",
        ["ver"] = "2.0",
        ["iat"] = Now,
        ["nbf"] = Now,
        ["exp"] = Now + 3600,
        ["roles"] = new[] { "Teacher" },
    };

    public static Dictionary<string, object> ApiClaims(string tenant, string entity = "22222222-0000-0000-0000-000000000001") => new(Claims(tenant, entity)) { ["scp"] = "access_as_user", ["azp"] = "another-program" };

    public string Sign(Dictionary<string, object> claims)
    {
        var text = $"{Part(new { alg = "RS256", typ = "JWT", kid = "pretend" })}.{Part(claims)}";
        return $"{text}.{WebEncoders.Base64UrlEncode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var address = request.RequestUri!.GetLeftPart(UriPartial.Path);
        lock (Asked) Asked.Add(address);
        var tenant = request.RequestUri.Segments[1].TrimEnd('/');
        var issuer = $"{Host}/{(tenant is "organizations" or "common" ? "{tenantid}" : tenant)}/v2.0";
        object? answer = null;
        var isOld = address == $"{Host}/{tenant}/.well-known/openid-configuration";
        if (isOld || address == $"{Host}/{tenant}/v2.0/.well-known/openid-configuration")
            answer = new
            {
                issuer = isOld ? $"https://sts.windows.net/{tenant}/" : issuer,
                token_endpoint = $"{Host}/{tenant}/oauth2/v2.0/token",
                authorization_endpoint = $"{Host}/{tenant}/oauth2/v2.0/authorize",
                jwks_uri = $"{Host}/{tenant}/discovery/v2.0/keys",
                end_session_endpoint = $"{Host}/{tenant}/oauth2/v2.0/logout",
                response_types_supported = new[] { "code" },
                subject_types_supported = new[] { "pairwise" },
                id_token_signing_alg_values_supported = new[] { "RS256" },
            };
        else if (address == $"{Host}/{tenant}/discovery/v2.0/keys")
        {
            var numbers = key.ExportParameters(false);
            answer = new { keys = new[] { new { kty = "RSA", use = "sig", kid = "pretend", n = WebEncoders.Base64UrlEncode(numbers.Modulus!), e = WebEncoders.Base64UrlEncode(numbers.Exponent!), issuer } } };
        }
        else if (address == $"{Host}/{tenant}/oauth2/v2.0/token")
        {
            Brought = QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(ct)).ToDictionary(p => p.Key, p => p.Value.ToString());
            answer = new { token_type = "Bearer", expires_in = 3600, access_token = "of no use to the hub", id_token = NextIdToken };
        }
        return answer is null ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(answer), Encoding.UTF8, "application/json") };
    }

    private static string Part(object json) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(json));
}
