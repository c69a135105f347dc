using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace ResourceHub.Host.Bench;

/// <summary>Answers a second and how long they took.</summary>
internal sealed record LoadResult(double PerSecond, double P50Ms, double P95Ms, int Failures, long Bytes);

/// <summary>Asks over raw sockets with requests made beforehand, so that on two cores the asking costs little of what is measured. Each client waits for its answer before it asks again.</summary>
internal static class Load
{
    /// <param name="key">An API key to ask with; nobody's when null.</param>
    public static byte[] Post(string path, string json, string? key = null)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: {body.Length}\r\n{(key is null ? "" : $"Authorization: Bearer {key}\r\n")}\r\n"), .. body];
    }

    public static byte[] Get(string path, string? headers = null) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n");

    /// <summary>Sends each once. The slowest and the 95th of a hundred in milliseconds, and how many answers were of the server's failing.</summary>
    public static async Task<(double SlowestMs, double P95Ms, int Broken)> EachOnceAsync(Uri address, IReadOnlyList<byte[]> requests, int clients)
    {
        var all = await Task.WhenAll(requests.Chunk((requests.Count + clients - 1) / clients).Select(own => Task.Run(async () =>
        {
            List<double> times = [];
            var broken = 0;
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address.Host, address.Port);
            var answer = new Answer(socket);
            foreach (var request in own)
            {
                var clock = Stopwatch.StartNew();
                await socket.SendAsync(request);
                await answer.ReadAsync();
                times.Add(clock.Elapsed.TotalMilliseconds);
                if (answer.Status >= 500) broken++;
            }
            return (Times: times, Broken: broken);
        })));
        var times = all.SelectMany(a => a.Times).Order().ToArray();
        return (times[^1], times[(int)(times.Length * 0.95)], all.Sum(a => a.Broken));
    }

    public static async Task<LoadResult> RunAsync(Uri address, IReadOnlyList<byte[]> requests, int clients, TimeSpan warmUp, TimeSpan time)
    {
        await RunOnceAsync(address, requests, clients, warmUp);
        return await RunOnceAsync(address, requests, clients, time);
    }

    private static async Task<LoadResult> RunOnceAsync(Uri address, IReadOnlyList<byte[]> requests, int clients, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(n => Task.Run(() => AskUntilAsync(address, requests, n * 7919, clock, time))));
        var seconds = clock.Elapsed.TotalSeconds;
        var times = all.SelectMany(a => a.Times).Order().ToArray();
        if (times.Length == 0) return new LoadResult(0, 0, 0, all.Sum(a => a.Failures), 0);
        return new LoadResult(times.Length / seconds, times[times.Length / 2], times[(int)(times.Length * 0.95)], all.Sum(a => a.Failures), all.Sum(a => a.Bytes));
    }

    private static async Task<(List<double> Times, int Failures, long Bytes)> AskUntilAsync(Uri address, IReadOnlyList<byte[]> requests, int start, Stopwatch clock, TimeSpan time)
    {
        List<double> times = [];
        var (failures, bytes) = (0, 0L);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var answer = new Answer(socket);
        for (var n = start; clock.Elapsed < time; n++)
        {
            var before = clock.Elapsed;
            await socket.SendAsync(requests[n % requests.Count]);
            var (ok, length) = await answer.ReadAsync();
            times.Add((clock.Elapsed - before).TotalMilliseconds);
            bytes += length;
            if (!ok) failures++;
        }
        return (times, failures, bytes);
    }

    /// <summary>Reads one HTTP answer after the other from a connection: by length or in chunks.</summary>
    private sealed class Answer(Socket socket)
    {
        private byte[] buffer = new byte[1 << 18];
        private int start;
        private int end;

        public int Status { get; private set; }

        /// <returns>Whether the status was 2xx and a GraphQL answer had no errors; and the body's length.</returns>
        public async ValueTask<(bool Ok, long Length)> ReadAsync()
        {
            int head;
            while ((head = buffer.AsSpan(start, end - start).IndexOf("\r\n\r\n"u8)) < 0) await FillAsync();
            var text = Encoding.ASCII.GetString(buffer, start, head);
            start += head + 4;
            Status = int.Parse(text.AsSpan(9, 3));
            var ok = Status / 100 == 2;
            var at = text.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                var line = text.AsSpan(at + 15);
                var lineEnd = line.IndexOf('\r');
                var length = long.Parse((lineEnd < 0 ? line : line[..lineEnd]).Trim());
                return (await SkipAsync(length) && ok, length);
            }
            var total = 0L;
            while (true)
            {
                int mark;
                while ((mark = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8)) < 0) await FillAsync();
                var size = Convert.ToInt32(Encoding.ASCII.GetString(buffer, start, mark), 16);
                start += mark + 2;
                ok &= await SkipAsync(size);
                await SkipAsync(2);
                total += size;
                if (size == 0) return (ok, total);
            }
        }

        private async ValueTask<bool> SkipAsync(long length)
        {
            var clean = true;
            var first = true;
            while (length > 0)
            {
                if (start == end) await FillAsync();
                var piece = (int)Math.Min(length, end - start);
                if (first && buffer.AsSpan(start, Math.Min(piece, 10)).StartsWith("{\"errors\""u8)) clean = false;
                first = false;
                start += piece;
                length -= piece;
            }
            return clean;
        }

        private async ValueTask FillAsync()
        {
            if (start == end) start = end = 0;
            else if (end == buffer.Length)
            {
                if (start == 0) Array.Resize(ref buffer, buffer.Length * 2);
                else
                {
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    end -= start;
                    start = 0;
                }
            }
            var read = await socket.ReceiveAsync(buffer.AsMemory(end));
            if (read == 0) throw new IOException("The server closed the connection in the middle of an answer.");
            end += read;
        }
    }
}
