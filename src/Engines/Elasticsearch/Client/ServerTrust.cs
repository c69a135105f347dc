using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ResourceHub.Engines.Elasticsearch.Client;

/// <summary>
/// Whom to take for the cluster: who shows a certificate of the own authority, given as a file or by its fingerprint as Elasticsearch prints it at its first
/// start. Names and dates are checked all the same.
/// </summary>
internal sealed class ServerTrust(X509Certificate2Collection? authorities, string? fingerprint)
{
    public bool Accepts(X509Certificate? shown, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None && authorities is null && fingerprint is null) return true;
        if (shown is null || (errors & (SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable)) != 0) return false;
        X509Certificate2[] sentAlong = sent is null ? [] : [.. sent.ChainElements.Select(e => e.Certificate), .. sent.ChainPolicy.ExtraStore];
        var roots = authorities ?? [.. sentAlong.Where(c => Fingerprint(c) == fingerprint)];
        if (roots.Count == 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        // Own authorities publish no lists of what they revoked.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ExtraStore.AddRange(sentAlong);
        using var certificate = X509CertificateLoader.LoadCertificate(shown.GetRawCertData());
        return chain.Build(certificate);
    }

    private static string Fingerprint(X509Certificate2 certificate) => certificate.GetCertHashString(HashAlgorithmName.SHA256);
}
