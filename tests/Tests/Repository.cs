namespace ResourceHub.Tests;

/// <summary>Where the repository lies that these tests were built from.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Join(at.FullName, "ResourceHub.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }
}
