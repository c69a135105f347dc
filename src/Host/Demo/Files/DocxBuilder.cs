using System.Text;
using static ResourceHub.Host.Demo.Files.OfficeZip;

namespace ResourceHub.Host.Demo.Files;

/// <summary>A Word document: title, headings, paragraphs, lists, tables and pages, in the fonts of Chinese school papers.</summary>
public static class DocxBuilder
{
    private const string Namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>Width between the margins of A4, in twentieths of a point.</summary>
    private const int TextWidth = 9026;

    private const string Sizes = """<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>""";

    public static void Build(LessonFile file, Stream to)
    {
        using var zip = new OfficeZip(to);
        var body = new StringBuilder();
        var onNewPage = false;
        foreach (var block in file.Blocks)
        {
            if (block is not Block.PageBreak) body.Append(Show(block, onNewPage));
            onNewPage = block is Block.PageBreak;
        }
        zip.Add("word/document.xml", "officedocument.wordprocessingml.document.main", $"""<w:document xmlns:w="{Namespace}"><w:body>{body}{Sizes}</w:body></w:document>""", ("styles", "styles.xml"), ("numbering", "numbering.xml"));
        zip.Add("word/styles.xml", "officedocument.wordprocessingml.styles", Styles);
        zip.Add("word/numbering.xml", "officedocument.wordprocessingml.numbering", Numbering);
        var pages = 1 + file.Blocks.Count(b => b is Block.PageBreak);
        zip.Finish("word/document.xml", file.Title, file.Author, $"<Pages>{pages}</Pages>");
    }

    private static string Show(Block block, bool onNewPage) => block switch
    {
        Block.Heading h => Paragraph(h.Text, h.Level == 1 ? "Title" : $"Heading{h.Level - 1}", onNewPage),
        Block.Paragraph { Centred: true } p => Paragraph(p.Text, null, onNewPage, """<w:jc w:val="center"/>"""),
        Block.Paragraph p => Paragraph(p.Text, null, onNewPage),
        Block.Bullet b => Paragraph(b.Text, "ListBullet", onNewPage, $"""<w:numPr><w:ilvl w:val="{b.Level}"/><w:numId w:val="1"/></w:numPr>"""),
        Block.Table t => (onNewPage ? Paragraph("", null, onNewPage) : "") + ShowTable(t),
        Block.Note n => Paragraph(n.Text, "Quote", onNewPage),
        _ => throw new NotSupportedException($"A document has no {block.GetType().Name}."),
    };

    /// <summary>A page begins by a property of its first paragraph: a break of its own would leave an empty page behind a full one.</summary>
    private static string Paragraph(string text, string? style = null, bool onNewPage = false, string more = "")
    {
        var properties = (style is null ? "" : $"""<w:pStyle w:val="{style}"/>""") + (onNewPage ? "<w:pageBreakBefore/>" : "") + more;
        return $"""<w:p>{(properties.Length == 0 ? "" : $"<w:pPr>{properties}</w:pPr>")}<w:r><w:t xml:space="preserve">{Escape(text)}</w:t></w:r></w:p>""";
    }

    private static string ShowTable(Block.Table table)
    {
        var widths = Widths(table);
        var xml = new StringBuilder("""<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>""");
        foreach (var width in widths) xml.Append($"""<w:gridCol w:w="{width}"/>""");
        xml.Append("</w:tblGrid>");
        for (var r = 0; r < table.Rows.Count; r++)
        {
            var isHeader = r == 0 && table.HasHeader;
            xml.Append(isHeader ? "<w:tr><w:trPr><w:tblHeader/></w:trPr>" : "<w:tr>");
            var cells = table.Rows[r];
            for (var c = 0; c < cells.Count; c++)
            {
                // A short row's last cell takes the rest of the width, as in the head of a lesson plan.
                var span = c == cells.Count - 1 ? widths.Count - c : 1;
                xml.Append($"""<w:tc><w:tcPr><w:tcW w:w="{widths.Skip(c).Take(span).Sum()}" w:type="dxa"/>{(span > 1 ? $"""<w:gridSpan w:val="{span}"/>""" : "")}</w:tcPr>""");
                foreach (var line in cells[c].Split("<br>")) xml.Append(Paragraph(line.Trim(), isHeader ? "TableHead" : "TableText"));
                xml.Append("</w:tc>");
            }
            xml.Append("</w:tr>");
        }
        // A paragraph behind the table: two tables in a row would else grow together.
        return xml.Append("</w:tbl><w:p/>").ToString();
    }

    /// <summary>Columns by their longest line, within reason, filling the page.</summary>
    internal static IReadOnlyList<int> Widths(Block.Table table, int total = TextWidth)
    {
        var columns = table.Rows.Max(r => r.Count);
        var longest = Enumerable.Range(0, columns).Select(c => Math.Clamp(table.Rows.Where(r => r.Count == columns).Select(r => r[c].Length).DefaultIfEmpty(8).Max(), 4, 24)).ToList();
        return [.. longest.Select(l => total * l / longest.Sum())];
    }

    private static readonly string Styles =
        $"""
        <w:styles xmlns:w="{Namespace}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体" w:cs="Times New Roman"/><w:sz w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="312" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
        <w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:before="120" w:after="240"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="36"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/><w:sz w:val="28"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="120"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:b/></w:rPr></w:style>
        <w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="480" w:right="480"/></w:pPr><w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Table Text"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="300" w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="21"/></w:rPr></w:style>
        <w:style w:type="paragraph" w:customStyle="1" w:styleId="TableHead"><w:name w:val="Table Head"/><w:basedOn w:val="TableText"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
        <w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{string.Concat(from side in (string[])["top", "left", "bottom", "right", "insideH", "insideV"] select $"""<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>""")}</w:tblBorders></w:tblPr></w:style></w:styles>
        """;

    private static readonly string Numbering =
        $"""
        <w:numbering xmlns:w="{Namespace}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>{string.Concat(from level in Enumerable.Range(0, 3) select $"""<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{"•–·"[level]}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{480 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>""")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
        """;
}
