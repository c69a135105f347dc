using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ResourceHub.Indexer.Extractors;

namespace ResourceHub.Indexer.Sandbox;

/// <summary>The child's side: takes a request per line from standard input, answers each on standard output with its length before it.</summary>
public static class ReadingDesk
{
    /// <summary>Serves until standard input ends. Must be called on the process's first thread: native tools are tied to the thread that started them.</summary>
    public static int Serve()
    {
        using var answers = Console.OpenStandardOutput();
        // A parser that prints must not reach the answers.
        Console.SetOut(TextWriter.Null);
        using var requests = new BlockingCollection<ReadingRequest>();
        new Thread(() => Take(requests)) { IsBackground = true }.Start();
        Span<byte> length = stackalloc byte[4];
        foreach (var request in requests.GetConsumingEnumerable())
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(FileReading.Read(request.Path, request.Name), ReadingJson.Default.Extraction);
            BinaryPrimitives.WriteInt32LittleEndian(length, body.Length);
            answers.Write(length);
            answers.Write(body);
            answers.Flush();
        }
        return 0;
    }

    private static void Take(BlockingCollection<ReadingRequest> requests)
    {
        using var input = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        while (input.ReadLine() is { } line)
            requests.Add(JsonSerializer.Deserialize(line, ReadingJson.Default.ReadingRequest)!);
        // The hub is gone or done with us; whatever is being read has nobody waiting for it.
        Environment.Exit(0);
    }
}
