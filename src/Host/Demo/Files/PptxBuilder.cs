using System.Text;
using static ResourceHub.Host.Demo.Files.OfficeZip;

namespace ResourceHub.Host.Demo.Files;

/// <summary>Slides: each level-1 heading begins one, its bullets, lines and tables stand on it, its notes are what the teacher says; {hidden} hides it.</summary>
public static class PptxBuilder
{
    private const string NotesPart = "officedocument.presentationml.notesSlide";

    private sealed record Slide(Block.Heading Title, List<Block> Body, List<string> Notes);

    public static void Build(LessonFile file, Stream to)
    {
        var slides = Slides(file.Blocks);
        using var zip = new OfficeZip(to);
        // rId1 master, rId2 notes master, rId3 theme, then the slides.
        var ids = string.Concat(slides.Select((_, i) => $"""<p:sldId id="{256 + i}" r:id="rId{4 + i}"/>"""));
        zip.Add("ppt/presentation.xml", "officedocument.presentationml.presentation.main",
            $"""<p:presentation {PptxFrame.Namespaces}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="12192000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>""",
            [("slideMaster", "slideMasters/slideMaster1.xml"), ("notesMaster", "notesMasters/notesMaster1.xml"), ("theme", "theme/theme1.xml"), .. slides.Select((_, i) => ("slide", $"slides/slide{i + 1}.xml"))]);
        PptxFrame.AddTo(zip);
        for (var i = 0; i < slides.Count; i++) AddSlide(zip, slides[i], i + 1);
        zip.Finish("ppt/presentation.xml", file.Title, file.Author, $"<Slides>{slides.Count}</Slides>");
    }

    private static List<Slide> Slides(IReadOnlyList<Block> blocks)
    {
        List<Slide> slides = [];
        foreach (var block in blocks)
        {
            if (block is Block.Heading { Level: 1 } title) slides.Add(new Slide(title, [], []));
            else if (block is Block.Note note) slides[^1].Notes.Add(note.Text);
            else slides[^1].Body.Add(block);
        }
        return slides;
    }

    private static void AddSlide(OfficeZip zip, Slide slide, int number)
    {
        List<(string, string)> links = [("slideLayout", $"../slideLayouts/slideLayout{(number == 1 ? 1 : 2)}.xml")];
        if (slide.Notes.Count > 0) links.Add(("notesSlide", $"../notesSlides/notesSlide{number}.xml"));
        zip.Add($"ppt/slides/slide{number}.xml", "officedocument.presentationml.slide", Show(slide, isCover: number == 1), [.. links]);
        if (slide.Notes.Count == 0) return;
        var words = string.Concat(slide.Notes.Select(n => Line(n, "")));
        zip.Add($"ppt/notesSlides/notesSlide{number}.xml", NotesPart,
            $"""<p:notes {PptxFrame.Namespaces}><p:cSld><p:spTree>{PptxFrame.Root}{PptxFrame.Holder(2, "讲稿", """type="body" idx="1" """, words)}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>""",
            ("notesMaster", "../notesMasters/notesMaster1.xml"), ("slide", $"../slides/slide{number}.xml"));
    }

    private static string Show(Slide slide, bool isCover)
    {
        var title = PptxFrame.Holder(2, "标题", isCover ? """type="ctrTitle" """ : """type="title" """, Line(slide.Title.Text, ""));
        var lines = string.Concat(slide.Body.Select(b => b switch
        {
            Block.Bullet bullet => Line(bullet.Text, bullet.Level > 0 ? $"""<a:pPr lvl="{bullet.Level}"/>""" : ""),
            Block.Paragraph p => Line(p.Text, $"""<a:pPr marL="0" indent="0"{(p.Centred ? " algn=\"ctr\"" : "")}><a:buNone/></a:pPr>"""),
            Block.Table => "",
            _ => throw new NotSupportedException($"A slide has no {b.GetType().Name}."),
        }));
        var tables = slide.Body.OfType<Block.Table>().ToList();
        var body = lines.Length == 0 ? "" : PptxFrame.Holder(3, "内容", isCover ? """type="subTitle" idx="1" """ : """idx="1" """, lines);
        // A table stands below the lines, in the lower half, or in the whole body where it is alone.
        var frames = string.Concat(tables.Select((t, i) => ShowTable(t, 4 + i, top: lines.Length == 0 ? 1700000 : 4000000)));
        var hidden = slide.Title.Hidden ? " show=\"0\"" : "";
        return $"""<p:sld {PptxFrame.Namespaces}{hidden}><p:cSld><p:spTree>{PptxFrame.Root}{title}{body}{frames}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>""";
    }

    private static string Line(string text, string properties) => $"""<a:p>{properties}<a:r><a:rPr lang="zh-CN"/><a:t>{Escape(text)}</a:t></a:r></a:p>""";

    private static string ShowTable(Block.Table table, int id, int top)
    {
        const int width = 10515600, height = 480000;
        var widths = DocxBuilder.Widths(table, width);
        var xml = new StringBuilder($"""<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{id}" name="表格"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="838200" y="{top}"/><a:ext cx="{width}" cy="{height * table.Rows.Count}"/></p:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1" bandRow="1"/><a:tblGrid>""");
        foreach (var w in widths) xml.Append($"""<a:gridCol w="{w}"/>""");
        xml.Append("</a:tblGrid>");
        foreach (var row in table.Rows)
        {
            xml.Append($"""<a:tr h="{height}">""");
            for (var c = 0; c < widths.Count; c++)
                xml.Append($"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{Line(c < row.Count ? row[c] : "", "")}</a:txBody><a:tcPr>{Borders}</a:tcPr></a:tc>");
            xml.Append("</a:tr>");
        }
        return xml.Append("</a:tbl></a:graphicData></a:graphic></p:graphicFrame>").ToString();
    }

    private static readonly string Borders = string.Concat(from side in (string[])["L", "R", "T", "B"] select $"""<a:ln{side} w="12700"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></a:ln{side}>""");
}
