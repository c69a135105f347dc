using System.Text.Json;
using Xunit.Abstractions;

namespace ResourceHub.Tests.House;

/// <summary>What the hub weighs beside the runtime, so that a heavy package is noticed before ./hub test --publish, which publishes and weighs all.</summary>
public sealed class PublishedSizeTests(ITestOutputHelper output)
{
    /// <summary>The runtime with ASP.NET and the pages' files are 108 MB; all together may be 150.</summary>
    private const long Most = 41L << 20;

    [Fact]
    public void What_the_hub_brings_along_leaves_room_for_the_runtime_within_150_MB()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Join(AppContext.BaseDirectory, "Host.deps.json")));
        List<string> assets = [];
        foreach (var library in manifest.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            if (library.Value.TryGetProperty("runtime", out var managed)) assets.AddRange(managed.EnumerateObject().Select(f => Path.GetFileName(f.Name)));
            if (library.Value.TryGetProperty("runtimeTargets", out var native))
                assets.AddRange(native.EnumerateObject().Where(f => f.Name.StartsWith("runtimes/linux-x64/", StringComparison.Ordinal)).Select(f => f.Name));
        }
        var sizes = assets.Distinct().Select(a => new FileInfo(Path.Join(AppContext.BaseDirectory, a))).Where(f => f.Exists).OrderByDescending(f => f.Length).ToList();
        output.WriteLine($"{sizes.Sum(f => f.Length) >> 20} MB in {sizes.Count} files; the largest: {string.Join(", ", sizes.Take(8).Select(f => $"{f.Name} {f.Length >> 10} kB"))}");
        Assert.InRange(sizes.Count, 50, 400);
        Assert.InRange(sizes.Sum(f => f.Length), 1, Most);
    }
}
