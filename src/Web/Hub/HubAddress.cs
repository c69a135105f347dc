using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace ResourceHub.Web.Hub;

/// <summary>Where the API answers: <c>Hub:ApiAddress</c>, else this process itself; and where a browser reaches it when that is another place.</summary>
public sealed class HubAddress(IConfiguration configuration, IServer server)
{
    private readonly string? publicAddress = configuration["Hub:PublicApiAddress"]?.TrimEnd('/');
    private Uri? graphQL;

    public Uri GraphQL => graphQL ??= new Uri(new Uri(configuration["Hub:ApiAddress"] is { Length: > 0 } set ? set.TrimEnd('/') + "/" : Own()), "graphql");

    /// <summary>An address that the API gave, for a browser: as it is in one process, on the API's public address (<c>Hub:PublicApiAddress</c>) otherwise.</summary>
    public string ForBrowser(string address) => publicAddress is not null && address.StartsWith('/') ? publicAddress + address : address;

    private string Own()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var own = addresses.FirstOrDefault(a => a.StartsWith("http:", StringComparison.OrdinalIgnoreCase)) ?? addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The pages do not know where the API is: set Hub:ApiAddress.");
        // Listening on every address is no address to call.
        return new[] { "://*", "://+", "://0.0.0.0", "://[::]" }.Aggregate(own, (a, any) => a.Replace(any, "://localhost", StringComparison.Ordinal)).TrimEnd('/') + "/";
    }
}
