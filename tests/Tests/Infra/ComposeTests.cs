using System.Text.RegularExpressions;

namespace ResourceHub.Tests.Infra;

/// <summary>What can be known of the compose files without Docker: that they are whole, pinned, bounded, and hold no secret. No image is built and nothing is started here.</summary>
public sealed class ComposeTests
{
    public static readonly TheoryData<string> Files = ["compose.yaml", "compose.scale.yaml"];

    private static readonly string[] OneShots = ["elasticsearch-certificates", "elasticsearch-setup"];

    [Theory, MemberData(nameof(Files))]
    public void Every_image_has_a_version(string file)
    {
        foreach (var (name, service) in Services(file))
            Assert.True(Regex.IsMatch(Text(service, "image"), @"^[a-z0-9./-]+:\d+\.\d+(\.\d+)?$"), $"{name}: {Text(service, "image")}");
    }

    [Fact]
    public void Every_image_that_ours_is_made_of_has_a_version()
        => Assert.All(Regex.Matches(InfraFiles.Read("Dockerfile"), @"^FROM (\S+)", RegexOptions.Multiline), from => Assert.Matches(@":\d+\.\d+\.\d+-\w+$", from.Groups[1].Value));

    [Theory, MemberData(nameof(Files))]
    public void Every_service_is_bounded_and_says_how_it_is(string file)
    {
        foreach (var (name, service) in Services(file))
        {
            var limits = Map(Map(Map(service, "deploy"), "resources"), "limits");
            Assert.True(limits.ContainsKey("memory") && limits.ContainsKey("cpus"), $"{name} has no limits");
            if (!OneShots.Contains(name)) Assert.True(service.ContainsKey("healthcheck"), $"{name} has no health check");
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void The_hubs_own_containers_may_do_little(string file)
    {
        foreach (var (name, service) in Services(file).Where(s => Text(s.Service, "image").StartsWith("resourcehub:", StringComparison.Ordinal)))
        {
            Assert.True(Text(service, "read_only") == "true", $"{name} can write its root");
            Assert.Equal(["ALL"], List(service, "cap_drop"));
            Assert.Contains("no-new-privileges:true", List(service, "security_opt"));
            Assert.False(service.ContainsKey("privileged"));
            // Longer than the half minute that the hub takes to end.
            Assert.Equal("40s", Text(service, "stop_grace_period"));
        }
        Assert.Matches(@"\nUSER \d{5}:\d{5}\n", InfraFiles.Read("Dockerfile"));
    }

    [Theory, MemberData(nameof(Files))]
    public void No_secret_stands_in_a_file(string file)
    {
        foreach (var (name, service) in Services(file).Where(s => s.Service.ContainsKey("environment")))
            foreach (var (key, value) in Map(service, "environment"))
                if (Regex.IsMatch($"{key}", "(Password|PASSWORD|BootstrapKey|ApiKey|Secret|ConnectionString|ACCOUNTS)$"))
                    Assert.True(Regex.IsMatch($"{value}", @"\$\{[A-Z_]+:\?") || $"{key}" == "Hub__Postgres__ConnectionString" && !$"{value}".Contains("Password", StringComparison.OrdinalIgnoreCase), $"{name}: {key}={value}");
    }

    [Fact]
    public void Scaled_the_roles_run_apart_and_are_reached_at_one_address()
    {
        var services = Services("compose.scale.yaml").ToDictionary(s => s.Name, s => s.Service);
        foreach (var (role, count) in new[] { ("api", "2"), ("indexer", "2"), ("web", "2") })
        {
            Assert.Equal(count, Text(Map(services[role], "deploy"), "replicas"));
            Assert.Equal(role, Text(Map(services[role], "environment"), "Hub__Roles").ToLowerInvariant());
        }
        Assert.Equal(["proxy"], services.Where(s => s.Value.ContainsKey("ports")).Select(s => s.Key));
        Assert.Equal(3, services.Keys.Count(k => Regex.IsMatch(k, @"^elasticsearch-\d$")));
    }

    [Fact]
    public void Every_file_that_a_service_is_given_is_there()
    {
        foreach (var file in (string[])["compose.yaml", "compose.scale.yaml"])
            foreach (var (_, service) in Services(file).Where(s => s.Service.ContainsKey("volumes")))
                foreach (var mount in List(service, "volumes").Where(v => v.StartsWith("./", StringComparison.Ordinal)))
                    Assert.True(Path.Exists(InfraFiles.PathOf(mount.Split(':')[0][2..])), mount);
    }

    private static IEnumerable<(string Name, Dictionary<object, object> Service)> Services(string file)
        => Map(InfraFiles.Compose(file), "services").Select(s => ((string)s.Key, (Dictionary<object, object>)s.Value));

    private static Dictionary<object, object> Map(Dictionary<object, object> of, string key) => (Dictionary<object, object>)of[key];

    private static string Text(Dictionary<object, object> of, string key) => (string)of[key];

    private static List<string> List(Dictionary<object, object> of, string key) => [.. ((List<object>)of[key]).Cast<string>()];
}
