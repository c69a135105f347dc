using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using ResourceHub.Engines;

namespace ResourceHub.Host;

/// <summary>Looks whether the addresses to listen on are free before anything is begun: found out at the end it is told in stack traces.</summary>
internal static class ListenAddresses
{
    /// <exception cref="SettingsException">One is no address, or taken.</exception>
    public static void CheckFree(IConfiguration configuration)
    {
        foreach (var text in Configured(configuration))
        {
            var address = Parse(text);
            if (address.Port == 0 || address.IsUnixPipe || address.IsNamedPipe) continue;
            foreach (var ip in Ips(address.Host))
            {
                try
                {
                    using var probe = new TcpListener(ip, address.Port);
                    probe.Start();
                }
                catch (SocketException cannot) when (cannot.SocketErrorCode == SocketError.AddressAlreadyInUse)
                {
                    throw new SettingsException($"{text} is taken by another program: stop it, or choose another address with ASPNETCORE_URLS=http://localhost:5081.");
                }
                catch (SocketException cannot) when (cannot.SocketErrorCode == SocketError.AccessDenied)
                {
                    throw new SettingsException($"{text} may not be listened on by this user: choose a port above 1023 with ASPNETCORE_URLS=http://localhost:5081.");
                }
                catch (SocketException cannot) when (cannot.SocketErrorCode == SocketError.AddressNotAvailable)
                {
                    // A machine without IPv6 has one address of localhost less; the server says whether none is left.
                }
            }
        }
    }

    private static IEnumerable<string> Configured(IConfiguration configuration)
    {
        // Endpoints of the server's own section stand above the addresses.
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToList();
        return endpoints.Count > 0 ? endpoints : (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static BindingAddress Parse(string text)
    {
        try
        {
            return BindingAddress.Parse(text);
        }
        catch (FormatException)
        {
            throw new SettingsException($"ASPNETCORE_URLS={text} is no address to listen on: write one such as http://localhost:5080 or http://*:5080.");
        }
    }

    private static IPAddress[] Ips(string host)
        => string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : IPAddress.TryParse(host.Trim('[', ']'), out var ip) ? [ip] : [IPAddress.Any];
}
