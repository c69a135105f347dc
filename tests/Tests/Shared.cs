namespace ResourceHub.Tests;

/// <summary>The folder of test files with independent oracles, where it is there: beside the repository, or named by HUB_SHARED. A user's clone has none.</summary>
public static class Shared
{
    public static readonly string? Folder = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("HUB_SHARED") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Join(at.FullName, "ResourceHub.sln")))
                return at.Parent is { } above && Directory.Exists(Path.Join(above.FullName, "shared", "corpus")) ? Path.Join(above.FullName, "shared") : null;
        return null;
    }
}
