using System.ComponentModel;
using System.Diagnostics;

namespace ResourceHub.Indexer.Extractors;

/// <summary>What a tool printed. Output is null when it failed, took too long or printed more than was allowed.</summary>
internal sealed record ToolRun(int ExitCode, byte[]? Output);

/// <summary>A program of the machine that reads untrusted files: bounded in memory, processor time, output and files, and dying with its parent.</summary>
internal sealed class NativeTool
{
    private const long AddressSpace = 2L << 30;
    private const int CpuSeconds = 60;
    private static readonly string[] Folders = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin").Split(Path.PathSeparator);
    private static readonly Dictionary<string, NativeTool?> Found = [];

    private readonly string[] command;

    private NativeTool(string path)
    {
        string[] limits = PathOf("prlimit") is { } prlimit ? [prlimit, $"--as={AddressSpace}", $"--cpu={CpuSeconds}", "--core=0", "--fsize=0", "--"] : [];
        // When the reading child is killed, its tools must go with it.
        string[] bond = PathOf("setpriv") is { } setpriv ? [setpriv, "--pdeathsig", "KILL", "--"] : [];
        command = [.. limits, .. bond, path];
    }

    /// <summary>Null when the machine does not have the program.</summary>
    public static NativeTool? Find(string name)
    {
        if (Found.TryGetValue(name, out var tool)) return tool;
        return Found[name] = PathOf(name) is { } path ? new NativeTool(path) : null;
    }

    public ToolRun Run(IEnumerable<string> arguments, int maxOutput, TimeSpan patience)
    {
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var end = new Timer(_ => Kill(process), null, patience, Timeout.InfiniteTimeSpan);
        using var output = new MemoryStream();
        var buffer = new byte[1 << 16];
        int read;
        while ((read = process.StandardOutput.BaseStream.Read(buffer)) > 0)
        {
            if (output.Length + read <= maxOutput)
            {
                output.Write(buffer, 0, read);
                continue;
            }
            Kill(process);
            return new(-1, null);
        }
        process.WaitForExit();
        return new(process.ExitCode, process.ExitCode == 0 ? output.ToArray() : null);
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }
    }

    private static string? PathOf(string name)
        => Folders.Select(f => Path.Join(f, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);
}
