using System.Text;

namespace ResourceHub.Host.Demo.Files;

/// <summary>
/// A PDF of A4 pages. The Chinese font is named, not embedded (STSong-Light, which viewers replace by their own), and a ToUnicode map
/// says what every code means, so that words can be copied and found.
/// </summary>
public static class PdfBuilder
{
    public static void Build(LessonFile file, Stream to)
    {
        var pages = new PdfPages();
        foreach (var block in file.Blocks) pages.Add(block);
        var operators = pages.Operators;
        var first = 10; // Objects 1–9 are what all pages share.
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>",
            $"<< /Type /Pages /Count {operators.Count} /Kids [{string.Join(' ', operators.Select((_, i) => $"{first + 2 * i} 0 R"))}] >>",
            $"<< /Title {Text(file.Title)} /Author {Text(file.Author)} /Producer (ResourceHub) /CreationDate (D:20250901000000Z) >>",
            "<< /Font << /Z 5 0 R /L 9 0 R >> >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UTF16-H /Encoding /UniGB-UTF16-H /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor 7 0 R >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
            Stream(ToUnicode),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        foreach (var (i, page) in operators.Index())
        {
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PdfPages.PageWidth} {PdfPages.PageHeight}] /Resources 4 0 R /Contents {first + 2 * i + 1} 0 R >>");
            objects.Add(Stream(page));
        }
        Write(objects, to);
    }

    private static void Write(List<string> objects, Stream to)
    {
        var text = new StringBuilder("%PDF-1.5\n");
        List<int> places = [];
        foreach (var (i, content) in objects.Index())
        {
            places.Add(text.Length); // All is ASCII: characters are bytes.
            text.Append($"{i + 1} 0 obj\n{content}\nendobj\n");
        }
        var table = text.Length;
        text.Append($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) text.Append($"{place:0000000000} 00000 n \n");
        text.Append($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{table}\n%%EOF\n");
        to.Write(Encoding.ASCII.GetBytes(text.ToString()));
    }

    private static string Text(string words) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(words))}>";

    private static string Stream(string content) => $"<< /Length {content.Length} >>\nstream\n{content}\nendstream";

    /// <summary>The codes are UTF-16 already: each stands for itself. A range may not cross the last byte, hence 256 of them, in blocks of at most 100.</summary>
    private static readonly string ToUnicode =
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        + "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        + string.Concat(Enumerable.Range(0, 256).Chunk(100).Select(rows => $"{rows.Length} beginbfrange\n{string.Concat(rows.Select(r => $"<{r:X2}00> <{r:X2}FF> <{r:X2}00>\n"))}endbfrange\n"))
        + "endcmap CMapName currentdict /CMap defineresource pop end end";
}
