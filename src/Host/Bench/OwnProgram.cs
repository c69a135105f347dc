using System.Diagnostics;

namespace ResourceHub.Host.Bench;

/// <summary>The running executable once more, with another verb: what is measured is what was published, and nothing else needs to be there.</summary>
internal static class OwnProgram
{
    public static ProcessStartInfo With(IReadOnlyList<string> verb)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The running program has no path.");
        // Under `dotnet Host.dll` the program is dotnet.
        return new ProcessStartInfo(self, Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Path.Join(AppContext.BaseDirectory, "Host.dll"), .. verb] : verb) { RedirectStandardOutput = true };
    }
}
