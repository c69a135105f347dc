using System.Diagnostics;
using System.Text;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;
using Xunit;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Indexer;

/// <summary>Memory of this process is measured here, so nothing else may run beside it.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>A reading child may crash, hang, flood or grow: its file gets an answer, the next file is read, and the host hardly notices.</summary>
[Collection("Alone")]
public sealed class ReadingRoomTests(ITestOutputHelper output) : IDisposable
{
    private readonly MadeFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_real_child_reads_many_files_and_is_kept_warm()
    {
        using var room = Room(ReaderProgram.OfThisHub());
        var path = files.Keep(MadeFiles.Docx(MadeFiles.P("子进程读出的教案")));
        var first = await room.ReadAsync(path, "六年级 教案.docx", CancellationToken.None);
        Assert.Equal(ExtractionState.Done, first.State);
        Assert.Equal("子进程读出的教案", first.Sections.Single().Text);
        Assert.Contains(first.Suggestions, s => s is { Field: "grade", Value: "g6" });
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 20; i++) Assert.Equal(ExtractionState.Done, (await room.ReadAsync(path, "a.docx", CancellationToken.None)).State);
        output.WriteLine($"20 warm readings in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms");
    }

    [Fact]
    public async Task A_child_sees_nothing_of_our_environment()
    {
        // The value has no numbers that a shell script could confuse with the answer.
        Environment.SetEnvironmentVariable("Hub__BootstrapKey_ForThisTest", "secret");
        using var room = Room(Shell("read line; if [ -z \"$Hub__BootstrapKey_ForThisTest\" ]; then " + Answer + "; fi; exec sleep 60"), wall: 5);
        Assert.Equal(ExtractionState.Done, (await ReadAsync(room)).State);
    }

    [Theory]
    [InlineData("exit 3", "crash")]
    [InlineData("read line; kill -SEGV $$", "crash")]
    [InlineData("read line; exit 0", "crash")]
    [InlineData("read line; printf 'garbage in place of an answer'; exec sleep 60", "crash")]
    [InlineData("read line; printf '\\004\\000\\000\\000oops'; exec sleep 60", "crash")]
    [InlineData("exec cat /dev/zero", "crash")]
    [InlineData("exec yes", "crash")]
    [InlineData("yes >&2", "timeout")]
    [InlineData("trap '' TERM INT HUP; sleep 600 & wait; sleep 600", "timeout")]
    [InlineData("read line; printf '\\377\\377\\000\\000'; yes '{\"a\":'", "crash")]
    [InlineData("while :; do :; done", "timeout")]
    public async Task A_mad_child_costs_its_file_and_no_more(string script, string reason)
    {
        using var room = Room(Shell(script), wall: 3, cpu: 1);
        var before = Process.GetCurrentProcess().WorkingSet64;
        var began = Stopwatch.GetTimestamp();
        var read = await ReadAsync(room);
        Assert.Equal((ExtractionState.Failed, reason), (read.State, read.Reason));
        Assert.False(string.IsNullOrWhiteSpace(read.Message));
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 15);
        Assert.InRange(Process.GetCurrentProcess().WorkingSet64 - before, long.MinValue, 50L << 20);
    }

    [Fact]
    public async Task What_a_child_started_dies_with_it()
    {
        var mark = $"98765.{Environment.ProcessId}";
        using (var room = Room(Shell($"sleep {mark} & sleep {mark} & read line; wait"), wall: 1)) Assert.Equal("timeout", (await ReadAsync(room)).Reason);
        var left = Directory.EnumerateDirectories("/proc").Where(d => CommandOf(d).Contains(mark, StringComparison.Ordinal) && CommandOf(d).StartsWith("sleep", StringComparison.Ordinal));
        Assert.Empty(left);
    }

    [Fact]
    public async Task One_poisoned_file_in_a_hundred_leaves_the_other_ninety_nine_read()
    {
        using var room = Room(Shell($"while read -r line; do case \"$line\" in *poison*) kill -KILL $$;; *) {Answer};; esac; done"), readers: 2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => room.ReadAsync("/x", i == 50 ? "poison" : "good", CancellationToken.None)));
        Assert.Equal(99, answers.Count(a => a.State == ExtractionState.Done));
        Assert.Equal("crash", answers.Single(a => a.State == ExtractionState.Failed).Reason);
    }

    [Fact]
    public async Task A_file_that_meets_a_child_worn_out_by_others_is_read_by_a_fresh_one()
    {
        using var room = Room(Shell($"read -r line; {Answer}; read -r line; kill -KILL $$"));
        for (var i = 0; i < 3; i++) Assert.Equal(ExtractionState.Done, (await ReadAsync(room)).State);
    }

    [Fact]
    public async Task Giving_up_waiting_ends_the_child()
    {
        var mark = $"87654.{Environment.ProcessId}";
        using var room = Room(Shell($"exec sleep {mark}"), wall: 60);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.ReadAsync("/x", "x", patience.Token));
        Assert.DoesNotContain(Directory.EnumerateDirectories("/proc"), d => CommandOf(d).StartsWith("sleep\0" + mark, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_needs_more_memory_than_a_child_may_have_is_refused_and_the_next_is_read()
    {
        var limits = new ReadingLimits { HeapBytes = 48L << 20 };
        using var room = new ReadingRoom(ReaderProgram.OfThisHub(), limits, 1, TimeProvider.System);
        var big = files.Keep(Encoding.UTF8.GetBytes("<html><body>" + string.Concat(Enumerable.Repeat("<p>一段不短的文字<b>粗</b></p>", 400_000))));
        var before = Process.GetCurrentProcess().WorkingSet64;
        var read = await room.ReadAsync(big, "a.html", CancellationToken.None);
        Assert.Contains(read.Reason, (string[])["too-large", "crash"]);
        Assert.Equal(ExtractionState.Done, (await room.ReadAsync(files.Keep(MadeFiles.Docx(MadeFiles.P("下一份"))), "b.docx", CancellationToken.None)).State);
        output.WriteLine($"{read.State} {read.Reason}; host grew by {(Process.GetCurrentProcess().WorkingSet64 - before) >> 20} MB");
    }

    [Fact]
    public async Task A_bomb_of_400_megabytes_is_refused_and_the_host_grows_by_less_than_50()
    {
        using var room = Room(ReaderProgram.OfThisHub());
        var bomb = files.Keep(ExtractHostileTests.Bomb(400));
        GC.Collect();
        var before = Process.GetCurrentProcess().WorkingSet64;
        var read = await room.ReadAsync(bomb, "a.docx", CancellationToken.None);
        var grown = Process.GetCurrentProcess().WorkingSet64 - before;
        output.WriteLine($"host grew by {grown >> 10} KB");
        Assert.Equal((ExtractionState.Refused, "bomb"), (read.State, read.Reason));
        Assert.InRange(grown, long.MinValue, 50L << 20);
    }

    /// <summary>Shell words that print a well-formed answer: its length, then {"state":2,"mediaType":"text/plain"}.</summary>
    private const string Answer = "printf '\\044\\000\\000\\000{\"state\":2,\"mediaType\":\"text/plain\"}'";

    private static ReaderProgram Shell(string script) => new("/bin/sh", "-c", script);

    private static ReadingRoom Room(ReaderProgram program, int wall = 60, int cpu = 60, int readers = 1)
        => new(program, new ReadingLimits { Wall = TimeSpan.FromSeconds(wall), Cpu = TimeSpan.FromSeconds(cpu) }, readers, TimeProvider.System);

    private static Task<Extraction> ReadAsync(ReadingRoom room) => room.ReadAsync("/nowhere", "a.docx", CancellationToken.None);

    private static string CommandOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Join(process, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
