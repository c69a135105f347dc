using System.IO.Compression;
using System.Text;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Extractors;

namespace ResourceHub.Tests.Indexer;

/// <summary>Small files made by the tests, in a folder of their own, and what the readers find in them.</summary>
public sealed class MadeFiles : IDisposable
{
    private const string W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-files-");

    /// <summary>Keeps bytes under a server-made name, as blobs are.</summary>
    public string Keep(byte[] content)
    {
        var path = Path.Join(folder.FullName, Guid.CreateVersion7().ToString("n"));
        File.WriteAllBytes(path, content);
        return path;
    }

    public string PathOf(string name) => Path.Join(folder.FullName, name);

    public Extraction Read(byte[] content, string name) => FileReading.Read(Keep(content), name);

    public Extraction Read(string content, string name) => Read(Encoding.UTF8.GetBytes(content), name);

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }
        return bytes.ToArray();
    }

    public static string P(string text, string? style = null, string before = "")
        => $"<w:p>{(style is null ? "" : $"<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>")}<w:r>{before}<w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>";

    public static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells.Select(c => $"<w:tc>{string.Concat(c.Split('\n').Select(l => P(l)))}</w:tc>"))}</w:tr>";

    public static byte[] Docx(string body, string core = "", string app = "", string contentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", params (string, string)[] more)
        => Zip([
            ("[Content_Types].xml", $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" ContentType=\"{contentType}.main+xml\"/></Types>"),
            ("_rels/.rels", Relations(("officeDocument", "word/document.xml"))),
            ("word/document.xml", $"<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>"),
            ("word/_rels/document.xml.rels", Relations(("styles", "styles.xml"), ("footnotes", "footnotes.xml"))),
            ("word/styles.xml", $"<w:styles xmlns:w=\"{W}\"><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>"),
            ("docProps/core.xml", $"<p xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{core}</p>"),
            ("docProps/app.xml", $"<p>{app}</p>"),
            .. more,
        ]);

    /// <param name="slides">Shapes' texts by slide: the first is the title; "hidden:" before it hides the slide.</param>
    public static byte[] Pptx(IReadOnlyList<string[]> slides, string? notesOfFirst = null)
    {
        // Parts are numbered against the order shown, so that reading them by name would give a wrong order.
        var parts = new List<(string, string)>
        {
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/ppt/presentation.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml\"/></Types>"),
            ("_rels/.rels", Relations(("officeDocument", "ppt/presentation.xml"))),
            ("ppt/presentation.xml", $"<p:presentation xmlns:p=\"p\" xmlns:r=\"{R}\"><p:sldIdLst>{string.Concat(slides.Select((_, i) => $"<p:sldId id=\"{256 + i}\" r:id=\"r{i}\"/>"))}</p:sldIdLst></p:presentation>"),
            ("ppt/_rels/presentation.xml.rels", Relations([.. slides.Select((_, i) => ("slide", $"slides/slide{slides.Count - i}.xml"))])),
        };
        for (var i = 0; i < slides.Count; i++)
        {
            var hidden = slides[i][0].StartsWith("hidden:", StringComparison.Ordinal);
            var shapes = slides[i].Select((t, n) => $"<p:sp><p:nvSpPr><p:nvPr>{(n == 0 ? "<p:ph type=\"title\"/>" : "")}</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{t.Replace("hidden:", "")}</a:t></a:r></a:p></p:txBody></p:sp>");
            parts.Add(($"ppt/slides/slide{slides.Count - i}.xml", $"<p:sld xmlns:p=\"p\" xmlns:a=\"a\"{(hidden ? " show=\"0\"" : "")}><p:cSld><p:spTree>{string.Concat(shapes)}</p:spTree></p:cSld></p:sld>"));
        }
        if (notesOfFirst is not null)
        {
            parts.Add(($"ppt/slides/_rels/slide{slides.Count}.xml.rels", Relations(("notesSlide", "../notesSlides/notesSlide1.xml"))));
            parts.Add(("ppt/notesSlides/notesSlide1.xml", $"<p:notes xmlns:p=\"p\" xmlns:a=\"a\"><a:p><a:r><a:t>{notesOfFirst}</a:t></a:r></a:p><a:p><a:fld type=\"slidenum\"><a:t>99</a:t></a:fld></a:p></p:notes>"));
        }
        return Zip([.. parts]);
    }

    public static byte[] Xlsx()
        => Zip(
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"),
            ("_rels/.rels", Relations(("officeDocument", "xl/workbook.xml"))),
            ("xl/workbook.xml", $"<workbook xmlns:r=\"{R}\"><sheets><sheet name=\"成绩\" sheetId=\"1\" r:id=\"r0\"/><sheet name=\"备份\" sheetId=\"2\" state=\"hidden\" r:id=\"r1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", Relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))),
            ("xl/sharedStrings.xml", "<sst><si><t>姓名</t><rPh><t>xìngmíng</t></rPh></si><si><r><t>总</t></r><r><t>分</t></r></si></sst>"),
            ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
            ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row><row><c t=\"inlineStr\"><is><t>小明</t></is></c><c><f>SUM(1)</f><v>0.30000000000000004</v></c><c s=\"1\"><v>45658</v></c></row></sheetData></worksheet>"),
            ("xl/worksheets/sheet2.xml", "<worksheet><sheetData><row><c t=\"str\"><v>旧数据</v></c></row></sheetData></worksheet>"));

    /// <summary>A PDF with a line of text on each page.</summary>
    public static byte[] Pdf(params string[] pages)
    {
        var objects = new List<string> { "<< /Type /Catalog /Pages 2 0 R >>", $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, i) => $"{4 + i * 2} 0 R"))}] >>", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>" };
        foreach (var (text, i) in pages.Select((t, i) => (t, i)))
        {
            var content = $"BT /F1 18 Tf 72 720 Td ({text}) Tj ET";
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + i * 2} 0 R >>");
            objects.Add($"<< /Length {content.Length} >>\nstream\n{content}\nendstream");
        }
        objects.Add("<< /Title (Fractions) /Author (Jiangbei) >>");
        var pdf = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        foreach (var (body, i) in objects.Select((b, i) => (b, i)))
        {
            places.Add(pdf.Length);
            pdf.Append($"{i + 1} 0 obj\n{body}\nendobj\n");
        }
        var xref = pdf.Length;
        pdf.Append($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) pdf.Append($"{place:D10} 00000 n \n");
        pdf.Append($"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R /Info {objects.Count} 0 R >>\nstartxref\n{xref}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }

    private static string Relations(params (string Kind, string Target)[] relations)
        => $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(relations.Select((r, i) => $"<Relationship Id=\"r{i}\" Type=\"{R}/{r.Kind}\" Target=\"{r.Target}\"/>"))}</Relationships>";

    public void Dispose() => folder.Delete(recursive: true);
}
