using System.Buffers;

namespace ResourceHub.Api.Audit;

/// <summary>RFC 4180, and safe to open: what a spreadsheet would take for a formula is made plain text by an apostrophe before it.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>The last four are full-width: a spreadsheet set to Chinese or Japanese takes them too.</summary>
    private static readonly SearchValues<char> StartsFormula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    public static void WriteLine(TextWriter text, ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) text.Write(',');
            Write(text, cells[i] ?? "");
        }
        text.Write("\r\n");
    }

    private static void Write(TextWriter text, string cell)
    {
        if (cell.Length > 0 && StartsFormula.Contains(cell[0])) cell = "'" + cell;
        if (!cell.AsSpan().ContainsAny(Special))
        {
            text.Write(cell);
            return;
        }
        text.Write('"');
        text.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        text.Write('"');
    }
}
