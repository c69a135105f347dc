using System.Security.Cryptography;
using ResourceHub.Core.Blobs;

namespace ResourceHub.Engines.Checks;

/// <summary>What the hub counts on of a store of bytes.</summary>
internal static class BlobChecks
{
    private const string Advice = "Files would be lost or come back as others than were given. Do not run the hub on this store; look at its disk, mount or account.";

    private static readonly BlobInfo Info = new("教案.docx", new DateTime(2026, 9, 1, 8, 0, 0, DateTimeKind.Utc));

    public static IReadOnlyList<BehaviourCheck> All =>
    [
        BehaviourCheck.OfBlobs("put and get", Advice, PutAsync),
        BehaviourCheck.OfBlobs("ranges", "Videos could not be wound and downloads not be resumed.", RangesAsync),
        BehaviourCheck.OfBlobs("same bytes once", Advice, OnceAsync),
        BehaviourCheck.OfBlobs("staged upload", "Uploads that are cut off could not be resumed.", StagedAsync),
        BehaviourCheck.OfBlobs("sender goes away", Advice, BrokenAsync),
        BehaviourCheck.OfBlobs("delete", "The sweep that deletes what nobody uses could take what is in use.", DeleteAsync),
    ];

    private static async Task PutAsync(Trial<IBlobStore> trial, Findings findings, CancellationToken ct)
    {
        foreach (var length in (int[])[0, 1, 262_144, 3_000_017])
        {
            var content = Bytes(length);
            var name = await trial.Engine.PutAsync(new MemoryStream(content), Info, ct);
            findings.Is($"name of {length:N0} bytes", BlobName.Of(SHA256.HashData(content)), name);
            findings.Is($"size of {length:N0} bytes", length, await trial.Engine.SizeAsync(name, ct));
            findings.Holds($"{length:N0} bytes come back as they were", Same(content, await ReadAsync(trial.Engine, name, ct)));
            using var copy = await trial.Engine.LocalCopyAsync(name, ct);
            findings.Holds($"{length:N0} bytes can be read as a local file", copy is not null && Same(content, await File.ReadAllBytesAsync(copy.Path, ct)));
        }
        var never = BlobName.Of(SHA256.HashData(Bytes(7, 99)));
        findings.Holds("what was never given is not there", await trial.Engine.OpenAsync(never, ct) is null && await trial.Engine.SizeAsync(never, ct) is null && await trial.Engine.LocalCopyAsync(never, ct) is null);
        findings.Is("uploads left behind", 0, (await trial.Engine.StagedBeforeAsync(DateTime.MaxValue, ct)).Count);
    }

    private static async Task RangesAsync(Trial<IBlobStore> trial, Findings findings, CancellationToken ct)
    {
        var content = Bytes(300_000);
        var name = await trial.Engine.PutAsync(new MemoryStream(content), Info, ct);
        await using var stream = (await trial.Engine.OpenAsync(name, ct))!;
        findings.Is("length", content.Length, stream.Length);
        var random = new Random(3);
        for (var i = 0; i < 12; i++)
        {
            var start = i == 0 ? content.Length - 10 : random.Next(content.Length - 10);
            var piece = new byte[Math.Min(1 + random.Next(40_000), content.Length - start)];
            stream.Seek(start, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(piece, ct);
            findings.Holds($"{piece.Length:N0} bytes from {start:N0} on are those that were given", piece.AsSpan().SequenceEqual(content.AsSpan(start, piece.Length)));
        }
    }

    private static async Task OnceAsync(Trial<IBlobStore> trial, Findings findings, CancellationToken ct)
    {
        var content = Bytes(50_000);
        List<string> ids = [];
        for (var i = 0; i < 10; i++) ids.Add(await StageAsync(trial.Engine, content, ct));
        var names = await Task.WhenAll(ids.Select(id => trial.Engine.CommitAsync(id, Info, ct)));
        findings.Is("names that ten at once gave the same bytes", 1, names.Distinct().Count());
        findings.Holds("the bytes are whole", Same(content, await ReadAsync(trial.Engine, names[0], ct)));
        foreach (var id in ids) await trial.Engine.DiscardAsync(id, ct);
        findings.Is("size once the uploads are gone", content.Length, await trial.Engine.SizeAsync(names[0], ct));
    }

    private static async Task StagedAsync(Trial<IBlobStore> trial, Findings findings, CancellationToken ct)
    {
        var content = Bytes(1_000_000);
        var id = await StageAsync(trial.Engine, content[..300_000], ct);
        findings.Is("length after a second piece", 400_000, await trial.Engine.AppendAsync(id, 300_000, new MemoryStream(content, 300_000, 100_000), long.MaxValue, ct));
        await trial.ReopenAsync(ct);
        findings.Is("length after a restart", 400_000, await trial.Engine.StagedLengthAsync(id, ct));
        findings.Is("length when no more than a limit is taken", 400_700, await trial.Engine.AppendAsync(id, 400_000, new MemoryStream(Bytes(5000, 2)), 700, ct));
        await trial.Engine.TruncateAsync(id, 400_000, ct);
        await trial.Engine.AppendAsync(id, 400_000, new MemoryStream(content, 400_000, 600_000), long.MaxValue, ct);
        await trial.ReopenAsync(ct);
        var name = await trial.Engine.CommitAsync(id, Info, ct);
        findings.Is("name of what came in pieces", BlobName.Of(SHA256.HashData(content)), name);
        await trial.ReopenAsync(ct);
        findings.Is("name when the commit is asked again", name, await trial.Engine.CommitAsync(id, Info, ct));
        await trial.Engine.DiscardAsync(id, ct);
        await trial.Engine.DiscardAsync(id, ct);
        findings.Is("length of a discarded upload", (long?)null, await trial.Engine.StagedLengthAsync(id, ct));
        findings.Holds("the bytes are whole", Same(content, await ReadAsync(trial.Engine, name, ct)));
    }

    private static async Task BrokenAsync(Trial<IBlobStore> trial, Findings findings, CancellationToken ct)
    {
        var content = Bytes(400_000);
        var id = TrialName.New("");
        await trial.Engine.StageAsync(id, ct);
        findings.Is("bytes kept of a sender that went away", 400_000, await trial.Engine.AppendAsync(id, 0, new BrokenStream(content), 1_000_000, ct));
        await trial.Engine.AppendAsync(id, 400_000, new MemoryStream(Bytes(10, 2)), 10, ct);
        byte[] whole = [.. content, .. Bytes(10, 2)];
        findings.Is("name of what was resumed", BlobName.Of(SHA256.HashData(whole)), await trial.Engine.CommitAsync(id, Info, ct));
        await trial.Engine.DiscardAsync(id, ct);
        try
        {
            await trial.Engine.PutAsync(new BrokenStream(Bytes(777, 5)), Info, ct);
            findings.Holds("a stream that breaks is refused", false);
        }
        catch (IOException)
        {
            findings.Is("size of what broke off", (long?)null, await trial.Engine.SizeAsync(BlobName.Of(SHA256.HashData(Bytes(777, 5))), ct));
        }
        findings.Is("uploads left behind", 0, (await trial.Engine.StagedBeforeAsync(DateTime.MaxValue, ct)).Count);
    }

    private static async Task DeleteAsync(Trial<IBlobStore> trial, Findings findings, CancellationToken ct)
    {
        var name = await trial.Engine.PutAsync(new MemoryStream(Bytes(10)), Info, ct);
        findings.Holds("a fresh blob stays", !await trial.Engine.DeleteAsync(name, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc), ct));
        findings.Holds("an unused one goes", await trial.Engine.DeleteAsync(name, DateTime.MaxValue, ct));
        findings.Is("size of what was deleted", (long?)null, await trial.Engine.SizeAsync(name, ct));
        findings.Holds("it goes once", !await trial.Engine.DeleteAsync(name, DateTime.MaxValue, ct));
        findings.Is("name when the same bytes come again", name, await trial.Engine.PutAsync(new MemoryStream(Bytes(10)), Info, ct));
    }

    private static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);

    private static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static async Task<string> StageAsync(IBlobStore store, byte[] content, CancellationToken ct)
    {
        var id = TrialName.New("");
        await store.StageAsync(id, ct);
        await store.AppendAsync(id, 0, new MemoryStream(content), content.Length, ct);
        return id;
    }

    private static async Task<byte[]> ReadAsync(IBlobStore store, BlobName name, CancellationToken ct)
    {
        await using var stream = await store.OpenAsync(name, ct);
        var copy = new MemoryStream();
        if (stream is not null) await stream.CopyToAsync(copy, ct);
        return copy.ToArray();
    }

    /// <summary>Gives some bytes, then breaks as a connection does.</summary>
    private sealed class BrokenStream(byte[] content) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The connection was cut.");
    }
}
