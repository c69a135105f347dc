using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Infra;

/// <summary>infra/azure, compiled by Microsoft's own compiler. Nothing is deployed: what Azure says to it is not shown.</summary>
public sealed class BicepTests(ITestOutputHelper output)
{
    /// <summary>Null, said in the output, where the compiler's build is of another machine.</summary>
    private string? Compiler()
    {
        var folder = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Bicep").Value!;
        var path = Path.Join(folder, "tools", "bicep");
        if (OperatingSystem.IsLinux() && File.Exists(path)) return path;
        output.WriteLine("The Bicep compiler of this test runs on Linux only: not compiled.");
        return null;
    }

    [Fact]
    public async Task The_description_of_Azure_compiles_without_a_warning_and_lets_no_secret_out()
    {
        if (Compiler() is not { } bicep) return;
        var home = Directory.CreateTempSubdirectory("hub-bicep-");
        try
        {
            var start = new ProcessStartInfo(bicep, ["build", InfraFiles.PathOf("azure/main.bicep"), "--stdout"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["HOME"] = home.FullName;
            start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = home.FullName;
            start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
            using var process = Process.Start(start)!;
            var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.Equal("", await complained);
            Assert.Equal(0, process.ExitCode);
            Judge(JsonSerializer.Deserialize<JsonElement>(await said));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static void Judge(JsonElement template)
    {
        Assert.Equal(["address"], template.GetProperty("outputs").EnumerateObject().Select(o => o.Name));
        foreach (var parameter in template.GetProperty("parameters").EnumerateObject())
            Assert.True(parameter.Name is not ("databasePassword" or "elasticsearchApiKey" or "bootstrapKey") || parameter.Value is var p && p.GetProperty("type").GetString() == "securestring" && !p.TryGetProperty("defaultValue", out _), parameter.Name);
        var types = Types(template).ToHashSet();
        foreach (var type in (string[])["Microsoft.App/containerApps", "Microsoft.App/managedEnvironments", "Microsoft.App/managedEnvironments/httpRouteConfigs", "Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults", "Microsoft.OperationalInsights/workspaces", "Microsoft.ManagedIdentity/userAssignedIdentities"])
            Assert.Contains(type, types);
    }

    private static IEnumerable<string> Types(JsonElement at) => at.ValueKind switch
    {
        JsonValueKind.Object => at.EnumerateObject().SelectMany(p => p is { Name: "type", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : Types(p.Value)),
        JsonValueKind.Array => at.EnumerateArray().SelectMany(Types),
        _ => [],
    };
}
