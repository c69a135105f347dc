using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using ResourceHub.Core;
using ResourceHub.Engines;
using IPNetwork = System.Net.IPNetwork;

namespace ResourceHub.Host;

/// <summary>Whose word counts on where a request came from: X-Forwarded-For and X-Forwarded-Proto of anybody else are data, not facts.</summary>
internal sealed class TrustedProxies
{
    private readonly IReadOnlyList<IPNetwork> networks;

    private TrustedProxies(IReadOnlyList<IPNetwork> networks) => this.networks = networks;

    public static TrustedProxies Read(HubSettings settings)
        => new([.. settings.TrustedProxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Network)]);

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var one)) return new IPNetwork(one, one.GetAddressBytes().Length * 8);
        throw new SettingsException($"Hub:TrustedProxies={text} is no address or network; write 10.0.0.5 or 10.0.0.0/8, separated by commas.");
    }

    public bool Trusts(IPAddress? address) => address is not null && networks.Any(n => n.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    public ForwardedHeadersOptions ToOptions()
    {
        // From proxy to proxy, as long as each is trusted: the first that is not is the client.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        return options;
    }
}
