using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipelines;
using System.Text.Json;
using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Sandbox;

/// <summary>What became of one reading: an answer, or the trouble that ended the child.</summary>
internal sealed record ChildAnswer(Extraction? Extraction, string? Trouble);

/// <summary>One child process that reads files one after another. After any trouble it is dead and another one is started.</summary>
internal sealed class ExtractionChild : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>All that a child learns of our environment: keys and connection strings stay here.</summary>
    private static readonly string[] Inherited = ["PATH", "DOTNET_ROOT", "SystemRoot", "TEMP", "TMP", "TMPDIR"];

    private readonly ReadingLimits limits;
    private readonly Process process;
    private readonly PipeReader answers;

    private ExtractionChild(Process process, ReadingLimits limits)
    {
        this.process = process;
        this.limits = limits;
        answers = PipeReader.Create(process.StandardOutput.BaseStream, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        // Nobody reads what a child complains about, but a full pipe would stop it.
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    public int Reads { get; private set; }

    public static ExtractionChild Start(ReaderProgram program, ReadingLimits limits)
    {
        var start = new ProcessStartInfo(program.FileName, program.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var kept = Inherited.Select(n => (Name: n, Value: Environment.GetEnvironmentVariable(n))).Where(v => v.Value is not null).ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept) start.Environment[name] = value;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DOTNET_GCHeapHardLimit"] = limits.HeapBytes.ToString("x");
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new ExtractionChild(Process.Start(start)!, limits);
    }

    public async Task<ChildAnswer> ReadAsync(string path, string name, CancellationToken ct)
    {
        Reads++;
        using var ended = ct.Register(Kill);
        var answer = AskAsync(new ReadingRequest(path, name));
        if (await WatchAsync(answer) is { } trouble)
        {
            Kill();
            // What it had begun to say ends with its pipe; nobody wants it.
            _ = answer.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            ct.ThrowIfCancellationRequested();
            return new(null, trouble);
        }
        try
        {
            return new(await answer, null);
        }
        // The pipe broke, ended early, or what came was no answer: the child is dead or mad, which for the file is the same.
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or InvalidOperationException)
        {
            Kill();
            ct.ThrowIfCancellationRequested();
            return new(null, Reasons.Crash);
        }
    }

    private async Task<Extraction> AskAsync(ReadingRequest request)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(request, ReadingJson.Default.ReadingRequest);
        var input = process.StandardInput.BaseStream;
        await input.WriteAsync(line);
        await input.WriteAsync("\n"u8.ToArray());
        await input.FlushAsync();

        var header = await TakeAsync(4);
        var length = ReadLength(header);
        answers.AdvanceTo(header.GetPosition(4));
        if (length <= 0 || length > limits.AnswerBytes) throw new InvalidDataException("The child's answer has no sensible length.");
        var body = await TakeAsync(length);
        var extraction = Parse(body.Slice(0, length));
        answers.AdvanceTo(body.GetPosition(length));
        return extraction;
    }

    private async Task<ReadOnlySequence<byte>> TakeAsync(int count)
    {
        var read = await answers.ReadAtLeastAsync(count);
        return read.Buffer.Length >= count ? read.Buffer : throw new InvalidDataException("The child ended before it answered.");
    }

    private static int ReadLength(ReadOnlySequence<byte> header)
    {
        Span<byte> bytes = stackalloc byte[4];
        header.Slice(0, 4).CopyTo(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    private static Extraction Parse(ReadOnlySequence<byte> body)
    {
        var json = new Utf8JsonReader(body);
        return JsonSerializer.Deserialize(ref json, ReadingJson.Default.Extraction) ?? throw new InvalidDataException("The child answered null.");
    }

    /// <summary>
    /// Looks at what the child uses until it answers. Returns the limit that it broke, or null when the answer is there.
    /// Nothing here waits for the pipe alone: a grandchild could hold it open for ever.
    /// </summary>
    private async Task<string?> WatchAsync(Task answer)
    {
        var began = Stopwatch.GetTimestamp();
        var before = Used()?.Cpu ?? TimeSpan.Zero;
        var gone = 0;
        while (await Task.WhenAny(answer, Task.Delay(Look)) != answer)
        {
            if (Stopwatch.GetElapsedTime(began) > limits.Wall) return Reasons.Timeout;
            if (Used() is not { } used)
            {
                if (++gone > 1) return Reasons.Crash;
                continue;
            }
            if (used.Cpu - before > limits.Cpu) return Reasons.Timeout;
            if (used.Resident > limits.ResidentBytes) return Reasons.TooLarge;
        }
        return null;
    }

    /// <summary>True when it may be given another file.</summary>
    public bool IsFresh => Reads < limits.FilesPerChild && Used() is { } used && used.Resident < limits.TiredBytes;

    private (TimeSpan Cpu, long Resident)? Used()
    {
        try
        {
            process.Refresh();
            return process.HasExited ? null : (process.TotalProcessorTime, process.WorkingSet64);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself: its tools die with it, see NativeTool.
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }
}
