using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ResourceHub.Core;
using ResourceHub.Core.Search;
using ResourceHub.Engines;
using ResourceHub.Engines.Elasticsearch;
using ResourceHub.Host;

namespace ResourceHub.Tests.Engines.Elasticsearch;

/// <summary>Settings, who asks, whom is trusted, which node answers.</summary>
public sealed class ElasticsearchSetUpTests
{
    private static readonly SearchRequest Everything = new(null, new Dictionary<FacetName, IReadOnlyList<string>>(), null);

    [Theory]
    [InlineData("", "needs Hub:Elasticsearch:Nodes")]
    [InlineData("Nodes=es1:9200", "es1:9200 is not an http or https address")]
    [InlineData("Nodes=https://me:secret@es1", "must not hold a password")]
    [InlineData("Nodes=http://es1:9200;User=hub;Password=x", "http://es1:9200 must be https")]
    [InlineData("Nodes=https://es1;User=hub", "User needs Hub:Elasticsearch:Password")]
    [InlineData("Nodes=https://es1;Password=x", "Password needs Hub:Elasticsearch:User")]
    [InlineData("Nodes=https://es1;User=hub;Password=x;ApiKey=aTpr", "not both")]
    [InlineData("Nodes=https://es1;ApiKey=id:key", "must be the encoded form")]
    [InlineData("Nodes=https://es1;CaFile=/nowhere/ca.pem", "CaFile=/nowhere/ca.pem cannot be read")]
    [InlineData("Nodes=https://es1;CaFile=/etc/hostname", "holds no certificate in PEM")]
    [InlineData("Nodes=https://es1;CaFingerprint=12:34", "64 hex digits")]
    [InlineData("Nodes=http://localhost:9200;CaFingerprint=12:34", "are for https")]
    [InlineData("Nodes=https://es1;IndexPrefix=Hub", "IndexPrefix must be 1 to 60 small letters")]
    [InlineData("Nodes=https://es1;Shards=0", "Shards must be 1 to 64")]
    [InlineData("Nodes=https://es1;Replicas=many", "Replicas must be a number or a range")]
    [InlineData("Nodes=https://es1;TimeoutSeconds=0", "TimeoutSeconds must be")]
    [InlineData("Nodes=https://es1;SearchTimeoutSeconds=0", "SearchTimeoutSeconds must be")]
    [InlineData("Nodes=http://localhost:9200, https://es2:9200/under/a/path;ApiKey=aTpr", null)]
    public void What_cannot_work_is_said_in_one_sentence(string values, string? sentence)
    {
        var settings = new ElasticsearchSettings();
        foreach (var value in values.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var property = typeof(ElasticsearchSettings).GetProperty(value.Split('=')[0])!;
            property.SetValue(settings, Convert.ChangeType(value[(value.IndexOf('=', StringComparison.Ordinal) + 1)..], property.PropertyType, System.Globalization.CultureInfo.InvariantCulture));
        }
        if (sentence is null) Assert.Null(settings.Check());
        else Assert.Contains(sentence, settings.Check());
    }

    [Fact]
    public void Api_and_indexer_may_run_apart_with_a_cluster_and_not_with_a_folder()
    {
        Assert.Equal("Api", Roles.Check(new HubSettings { Search = "elasticsearch", Roles = "Api" }).ToString());
        Assert.Equal("Indexer", Roles.Check(new HubSettings { Search = "elasticsearch", Roles = "Indexer" }).ToString());
        Assert.Contains("or set Hub:Search=elasticsearch to split them", Assert.Throws<SettingsException>(() => Roles.Check(new HubSettings { Roles = "Api" })).Message);
    }

    [Theory]
    [InlineData("7.17.9", "is Elasticsearch 7.17.9; the hub needs 8.19 or 9")]
    [InlineData("8.18.1", "is Elasticsearch 8.18.1; the hub needs 8.19 or 9")]
    [InlineData("10.0.0", "is Elasticsearch 10.0.0; the hub needs 8.19 or 9")]
    [InlineData("8.19.5", null)]
    [InlineData("9.5.0-SNAPSHOT", null)]
    public async Task The_version_is_asked_before_anything_else(string version, string? sentence)
    {
        var cluster = new Imitation();
        await using var stub = await StubServer.StartAsync(request => request.Path == "/" ? new(200, $$$"""{"version":{"number":"{{{version}}}"}}""") : cluster.Answer(request));
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        if (sentence is null) await index.PrepareAsync(default);
        else Assert.Contains(sentence, (await Assert.ThrowsAsync<SettingsException>(() => index.PrepareAsync(default))).Message);
        Assert.Equal("/", stub.Sent[0].Path);
        Assert.Equal(sentence is null, stub.Sent.Count > 1);
    }

    [Fact]
    public async Task Something_else_that_answers_is_not_taken_for_Elasticsearch()
    {
        await using var stub = await StubServer.StartAsync(_ => new(200, """{"version":{"number":"8.19.0"}}""", IsProduct: false));
        using var index = ElasticsearchOnAnImitationTests.Open(stub);
        Assert.Contains("is not Elasticsearch", (await Assert.ThrowsAsync<SettingsException>(() => index.PrepareAsync(default))).Message);
    }

    [Theory]
    [InlineData("aTpr", null, null, "ApiKey aTpr")]
    [InlineData(null, "hub", "pass:wörd", "Basic aHViOnBhc3M6d8O2cmQ=")]
    [InlineData(null, null, null, null)]
    public async Task Who_asks_is_said_to_every_node(string? key, string? user, string? password, string? header)
    {
        await using var stub = await StubServer.StartAsync(new Imitation().Answer);
        using var index = ElasticsearchOnAnImitationTests.Open(stub, null, s => (s.ApiKey, s.User, s.Password) = (key, user, password));
        await index.WriteAsync([Make.Document("课")], [], default);
        Assert.All(stub.Sent, r => Assert.Equal(header, r.Authorization));
    }

    [Fact]
    public async Task A_hub_starts_without_its_cluster_and_finds_it_later()
    {
        var isUp = false;
        var cluster = new Imitation();
        await using var stub = await StubServer.StartAsync(request => isUp ? cluster.Answer(request) : new(503, "starting", IsProduct: false));
        var clock = new ManualClock();
        using var index = ElasticsearchOnAnImitationTests.Open(stub, clock);
        await index.PrepareAsync(default);
        await Assert.ThrowsAsync<IndexAwayException>(() => index.SearchAsync(Everything, default));
        Assert.True(await index.HealthAsync(default) is { IsWhole: false, MayFill: false });
        isUp = true;
        clock.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(0, (await index.SearchAsync(Everything, default)).Total);
        Assert.True(await index.HealthAsync(default) is { IsWhole: false, MayFill: true });
    }

    [Fact]
    public async Task A_node_that_is_away_rests_and_the_others_answer()
    {
        var cluster = new Imitation();
        var away = await StubServer.StartAsync(cluster.Answer);
        await using var there = await StubServer.StartAsync(cluster.Answer);
        var clock = new ManualClock();
        using var index = ElasticsearchOnAnImitationTests.Open(away, clock, s => s.Nodes += $",{there.Address}");
        await index.WriteAsync([Make.Document("课")], [], default);
        Assert.NotEmpty(away.Sent);
        await away.DisposeAsync();
        for (var i = 0; i < 6; i++) Assert.Equal(1, (await index.SearchAsync(Everything, default)).Total);
        for (var i = 0; i < 6; i++) await index.WriteAsync([Make.Document($"课 {i}")], [], default);
        Assert.Equal(7, (await index.SearchAsync(Everything, default)).Total);
    }

    [Fact]
    public void A_dead_node_is_asked_last_and_again_after_its_rest()
    {
        var clock = new ManualClock();
        var pool = new ResourceHub.Engines.Elasticsearch.Client.StaticNodePool([new("http://a"), new("http://b"), new("http://c")], clock);
        Assert.Equal(["a", "b", "c"], Hosts());
        Assert.Equal(["b", "c", "a"], Hosts());
        var dead = pool.CreateView()[0];
        dead.MarkDead();
        Assert.Equal(["a", "b", "c"], Hosts());
        Assert.Equal(["b", "a", "c"], Hosts());
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("c", Hosts().Take(2));
        dead.MarkDead();
        dead.MarkDead();
        Assert.Equal(TimeSpan.FromSeconds(4), dead.DeadUntil - clock.GetUtcNow());
        for (var i = 0; i < 20; i++) dead.MarkDead();
        Assert.Equal(TimeSpan.FromSeconds(60), dead.DeadUntil - clock.GetUtcNow());

        IEnumerable<string> Hosts() => pool.CreateView().Select(n => n.Uri.Host);
    }

    [Fact]
    public async Task Only_who_shows_a_certificate_of_the_own_authority_is_trusted()
    {
        using var authorityKey = RSA.Create(2048);
        using var authority = Authority(authorityKey, "CN=Own authority");
        using var otherKey = RSA.Create(2048);
        using var other = Authority(otherKey, "CN=Another authority");
        using var server = Server(authority);
        var file = Path.GetTempFileName();
        await using var stub = await StubServer.StartAsync(new Imitation().Answer, server);

        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        using (var trusting = ElasticsearchOnAnImitationTests.Open(stub, null, s => s.CaFile = file)) await trusting.PrepareAsync(default);
        Assert.NotEmpty(stub.Sent);
        await RefusesAsync(s => { });
        await File.WriteAllTextAsync(file, other.ExportCertificatePem());
        await RefusesAsync(s => s.CaFile = file);
        await RefusesAsync(s => s.CaFingerprint = other.GetCertHashString(HashAlgorithmName.SHA256));
        // A certificate of the own authority for another name.
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem());
        await RefusesAsync(s => (s.CaFile, s.Nodes) = (file, $"https://localhost:{stub.Address.Port}"));
        File.Delete(file);

        async Task RefusesAsync(Action<ElasticsearchSettings> change)
        {
            using var index = ElasticsearchOnAnImitationTests.Open(stub, null, change);
            Assert.Contains("certificate is not trusted", (await Assert.ThrowsAsync<SettingsException>(() => index.PrepareAsync(default))).Message);
        }
    }

    [Fact]
    public async Task An_authority_is_known_by_its_fingerprint_where_it_is_sent_along()
    {
        // A node that is its own authority, as it sends what it is signed by.
        using var key = RSA.Create(2048);
        using var own = Authority(key, "CN=127.0.0.1", isServer: true);
        using var server = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        await using var stub = await StubServer.StartAsync(new Imitation().Answer, server);
        var print = own.GetCertHashString(HashAlgorithmName.SHA256);
        using var index = ElasticsearchOnAnImitationTests.Open(stub, null, s => s.CaFingerprint = string.Join(':', Enumerable.Range(0, 32).Select(i => print.Substring(2 * i, 2).ToLowerInvariant())));
        await index.PrepareAsync(default);
        Assert.NotEmpty(stub.Sent);
    }

    private static X509Certificate2 Authority(RSA key, string name, bool isServer = false)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        if (isServer) request.CertificateExtensions.Add(Names());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private static X509Certificate2 Server(X509Certificate2 authority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(Names());
        using var signed = request.Create(authority, DateTimeOffset.UnixEpoch.AddYears(51), DateTimeOffset.UnixEpoch.AddYears(99), Encoding.ASCII.GetBytes("node"));
        return X509CertificateLoader.LoadPkcs12(signed.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    private static X509Extension Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        return names.Build();
    }
}
