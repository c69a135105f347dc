using System.Runtime.InteropServices;

namespace ResourceHub.Indexer.Sandbox;

/// <summary>How the reading child is started: the hub's own executable with the verb extract-child.</summary>
public sealed record ReaderProgram(string FileName, params string[] Arguments)
{
    private const string Verb = "extract-child";

    /// <summary>This executable; where this process is a test host or <c>dotnet Host.dll</c>, the Host.dll that lies beside this assembly.</summary>
    public static ReaderProgram OfThisHub()
    {
        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "Host") return new(self, Verb);
        var host = Path.Join(AppContext.BaseDirectory, "Host.dll");
        if (!File.Exists(host)) throw new FileNotFoundException("The reading child is Host.dll, which must lie beside the running program.", host);
        return new(Dotnet(), host, Verb);
    }

    private static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        // …/shared/Microsoft.NETCore.App/10.0.x/ lies three folders under the dotnet that runs us.
        var beside = Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(beside) ? beside : name;
    }
}
