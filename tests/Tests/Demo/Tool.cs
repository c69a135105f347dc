using System.Diagnostics;

namespace ResourceHub.Tests.Demo;

/// <summary>Programs that judge our files from outside, where they are installed.</summary>
internal static class Tool
{
    public static string? Path(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator).Select(folder => System.IO.Path.Join(folder, name)).FirstOrDefault(File.Exists);

    public static async Task<string> SaysAsync(string tool, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }
}
