using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Host.Commands;

/// <summary>The hidden verb extract-child: reads untrusted files for the hub that started it, one per line of standard input.</summary>
public static class ReadChild
{
    public static int Run() => ReadingDesk.Serve();
}
