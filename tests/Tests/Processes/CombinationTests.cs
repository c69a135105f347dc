using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using ResourceHub.Engines;
using ResourceHub.Host;

namespace ResourceHub.Tests.Processes;

/// <summary>Every shape that the settings can ask for: it starts, or one sentence says what to change, before anything is opened.</summary>
public sealed class CombinationTests
{
    private static readonly string[][] Choices =
    [
        ["", "Api,Indexer,Web", "Api,Indexer", "Api", "Indexer", "Web", "Api,Web", "Indexer,Web", "api", ","],
        ["sqlite", "postgres", "oracle"],
        ["lucene", "elasticsearch", "solr"],
        ["folder", "azure", "s3"],
        ["local", "entra", "ldap"],
    ];

    [Fact]
    public void Of_all_combinations_those_that_cannot_work_say_what_to_change_and_the_others_start()
    {
        var starting = 0;
        foreach (var choice in Choices[1..].Aggregate(Choices[0].Select(r => new[] { r }), (all, more) => all.SelectMany(_ => more, (a, b) => (string[])[.. a, b])))
        {
            var (roles, database, search, blobs, accounts) = (choice[0], choice[1], choice[2], choice[3], choice[4]);
            var said = Said(Complete(roles, database, search, blobs, accounts));
            var expected = roles switch
            {
                "api" => "Hub:Roles=api is unknown",
                "," or "" => "Hub:Roles names no role",
                _ when search == "lucene" && roles.Contains("Api", StringComparison.Ordinal) != roles.Contains("Indexer", StringComparison.Ordinal) => "Hub:Search=lucene has one writer",
                _ when database == "oracle" => "Hub:Database=oracle is unknown; it can be sqlite or postgres",
                _ when search == "solr" => "Hub:Search=solr is unknown; it can be lucene or elasticsearch",
                _ when blobs == "s3" => "Hub:Blobs=s3 is unknown; it can be folder or azure",
                _ when accounts == "ldap" => "Hub:Accounts=ldap is unknown; it can be local or entra",
                _ => null,
            };
            if (expected is null) Assert.True(said is null, $"{string.Join(' ', choice)}: {said}");
            else Assert.StartsWith(expected, said);
            if (said is null) starting++;
        }
        Assert.True(starting > 60, $"{starting} start.");
    }

    [Theory]
    [InlineData("Web", "ApiAddress", null, "set Hub:ApiAddress to where the API answers")]
    [InlineData("Indexer,Web", "ApiAddress", null, "set Hub:ApiAddress to where the API answers")]
    [InlineData("Web", "ApiAddress", "api.internal:5080", "Hub:ApiAddress=api.internal:5080 is no address")]
    [InlineData("Web", "ApiAddress", "/api", "Hub:ApiAddress=/api is no address")]
    [InlineData("Api", "Postgres:ConnectionString", null, "Hub:Database=postgres needs Hub:Postgres:ConnectionString")]
    [InlineData("Web", "Postgres:ConnectionString", null, "Hub:Database=postgres needs Hub:Postgres:ConnectionString")]
    [InlineData("Indexer", "Elasticsearch:Nodes", null, "Hub:Elasticsearch:Nodes")]
    [InlineData("Api", "Azure:ConnectionString", null, "Hub:Azure:Account")]
    [InlineData("Api", "Entra:ClientSecret", null, "Hub:Entra:ClientSecret is missing")]
    [InlineData("Api", "Readers", "0", "Hub:Readers=0 cannot work: it must be 1 to 256")]
    [InlineData("Api", "LeaseSeconds", "0", "Hub:LeaseSeconds=0")]
    [InlineData("Api", "DrainSeconds", "60", "Hub:DrainSeconds=60")]
    [InlineData("Api", "LeaveSeconds", "20", "too long together")]
    [InlineData("Api", "BootstrapKey", "short", "at least 16 characters")]
    public void What_is_missing_or_cannot_work_is_named(string roles, string setting, string? value, string sentence)
        => Assert.Contains(sentence, Said(new(Complete(roles, "postgres", "elasticsearch", "azure", "entra")) { [$"Hub:{setting}"] = value }));

    [Theory]
    [InlineData("Indexer", "Entra:ClientSecret")]
    [InlineData("Web", "Elasticsearch:Nodes", "Azure:ConnectionString", "Entra:ClientSecret")]
    public void A_process_needs_no_secret_of_what_others_do(string roles, params string[] settings)
    {
        var values = Complete(roles, "postgres", "elasticsearch", "azure", "entra");
        foreach (var setting in settings) values.Remove($"Hub:{setting}");
        Assert.Null(Said(values));
    }

    [Fact]
    public void An_address_that_is_taken_is_named_before_anything_is_begun()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        var said = Assert.Throws<SettingsException>(() => ListenAddresses.CheckFree(Configuration(new() { ["urls"] = $"http://127.0.0.1:0;{address}" }))).Message;
        Assert.StartsWith($"{address} is taken by another program", said);
    }

    [Theory]
    [InlineData("5080")]
    [InlineData("localhost")]
    public void An_address_that_is_none_is_named(string address)
        => Assert.Contains($"{address} is no address to listen on", Assert.Throws<SettingsException>(() => ListenAddresses.CheckFree(Configuration(new() { ["urls"] = address }))).Message);

    /// <summary>The sentence that stops the start; null when nothing does.</summary>
    private static string? Said(Dictionary<string, string?> values)
    {
        var configuration = Configuration(values);
        try
        {
            SettingsCheck.Run(HubHost.Read(configuration), configuration);
            return null;
        }
        catch (SettingsException wrong)
        {
            Assert.DoesNotContain('\n', wrong.Message);
            return wrong.Message;
        }
    }

    private static IConfiguration Configuration(Dictionary<string, string?> values) => new ConfigurationBuilder().AddInMemoryCollection(values).Build();

    private static Dictionary<string, string?> Complete(string roles, string database, string search, string blobs, string accounts) => new()
    {
        ["Hub:Data"] = Path.GetTempPath(),
        ["Hub:Roles"] = roles,
        ["Hub:Database"] = database,
        ["Hub:Search"] = search,
        ["Hub:Blobs"] = blobs,
        ["Hub:Accounts"] = accounts,
        ["Hub:ApiAddress"] = "http://api.internal:5080",
        ["Hub:Postgres:ConnectionString"] = "Host=db.internal;Username=hub;Password=p;Database=hub",
        ["Hub:Elasticsearch:Nodes"] = "http://localhost:9200",
        ["Hub:Azure:ConnectionString"] = "UseDevelopmentStorage=true",
        ["Hub:Entra:TenantId"] = "t",
        ["Hub:Entra:ClientId"] = "c",
        ["Hub:Entra:ClientSecret"] = "s",
        ["Hub:Entra:DefaultRole"] = "TEACHER",
    };
}
