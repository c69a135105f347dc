namespace ResourceHub.Core.Blobs;

/// <summary>What a sender sends, which may break off at any byte.</summary>
public static class SenderBody
{
    /// <summary>Fills the buffer as far as the sender goes on. A sender that went away has simply sent no more: what is here is kept.</summary>
    public static async Task<(int Filled, bool More)> FillAsync(Stream body, Memory<byte> buffer, CancellationToken ct)
    {
        var filled = 0;
        try
        {
            while (filled < buffer.Length)
            {
                var read = await body.ReadAsync(buffer[filled..], ct);
                if (read == 0) return (filled, false);
                filled += read;
            }
            return (filled, true);
        }
        catch (Exception cut) when (cut is IOException or OperationCanceledException)
        {
            return (filled, false);
        }
    }
}
