namespace ResourceHub.Indexer.Extractors;

/// <summary>The lines of a text; one that goes on for ever is cut, so that no line is held whole.</summary>
internal static class TextLines
{
    private const int Longest = 100_000;

    public static IEnumerable<string> Of(TextReader text)
    {
        var line = new System.Text.StringBuilder();
        var buffer = new char[8192];
        int read;
        while ((read = text.Read(buffer)) > 0)
        {
            for (var at = 0; at < read;)
            {
                var end = buffer.AsSpan(at, read - at).IndexOf('\n');
                var length = end < 0 ? read - at : end;
                line.Append(buffer, at, length);
                at += length + (end < 0 ? 0 : 1);
                if (end < 0 && line.Length < Longest) continue;
                yield return line.ToString().TrimEnd('\r');
                line.Clear();
            }
        }
        if (line.Length > 0) yield return line.ToString().TrimEnd('\r');
    }
}
