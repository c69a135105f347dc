using System.Globalization;
using System.Text;
using static ResourceHub.Host.Demo.Files.OfficeZip;

namespace ResourceHub.Host.Demo.Files;

/// <summary>A workbook: each level-1 heading begins a sheet, its tables and lines are rows.</summary>
public static class XlsxBuilder
{
    private const string Namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private sealed record Sheet(string Name, bool Hidden, List<IReadOnlyList<string>> Rows);

    public static void Build(LessonFile file, Stream to)
    {
        var sheets = Sheets(file.Blocks);
        var words = sheets.SelectMany(s => s.Rows).SelectMany(r => r).Where(c => !IsNumber(c)).Distinct().ToList();
        var at = words.Index().ToDictionary(w => w.Item, w => w.Index);
        using var zip = new OfficeZip(to);
        var list = string.Concat(sheets.Select((s, i) => $"""<sheet name="{Escape(s.Name)}" sheetId="{i + 1}"{(s.Hidden ? " state=\"hidden\"" : "")} r:id="rId{i + 1}"/>"""));
        zip.Add("xl/workbook.xml", "officedocument.spreadsheetml.sheet.main", $"""<workbook xmlns="{Namespace}" xmlns:r="{Relationships}"><sheets>{list}</sheets></workbook>""",
            [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{i + 1}.xml")), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]);
        for (var i = 0; i < sheets.Count; i++) zip.Add($"xl/worksheets/sheet{i + 1}.xml", "officedocument.spreadsheetml.worksheet", Show(sheets[i], at));
        zip.Add("xl/sharedStrings.xml", "officedocument.spreadsheetml.sharedStrings",
            $"""<sst xmlns="{Namespace}" uniqueCount="{words.Count}">{string.Concat(words.Select(w => $"""<si><t xml:space="preserve">{Escape(w)}</t></si>"""))}</sst>""");
        zip.Add("xl/styles.xml", "officedocument.spreadsheetml.styles", Styles);
        zip.Finish("xl/workbook.xml", file.Title, file.Author, "");
    }

    private static List<Sheet> Sheets(IReadOnlyList<Block> blocks)
    {
        List<Sheet> sheets = [];
        foreach (var block in blocks)
        {
            if (block is Block.Heading { Level: 1 } h) sheets.Add(new Sheet(h.Text, h.Hidden, []));
            else if (block is Block.Table t) sheets[^1].Rows.AddRange(t.Rows);
            else sheets[^1].Rows.Add([block switch { Block.Heading line => line.Text, Block.Paragraph line => line.Text, Block.Bullet line => line.Text, _ => throw new NotSupportedException($"A sheet has no {block.GetType().Name}.") }]);
        }
        return sheets;
    }

    private static string Show(Sheet sheet, Dictionary<string, int> at)
    {
        var xml = new StringBuilder($"""<worksheet xmlns="{Namespace}"><cols><col min="1" max="1" width="12" customWidth="1"/><col min="2" max="8" width="30" customWidth="1"/></cols><sheetData>""");
        for (var r = 0; r < sheet.Rows.Count; r++)
        {
            xml.Append($"""<row r="{r + 1}">""");
            for (var c = 0; c < sheet.Rows[r].Count; c++)
            {
                var cell = sheet.Rows[r][c];
                var place = $"{(char)('A' + c)}{r + 1}";
                xml.Append(IsNumber(cell) ? $"""<c r="{place}"><v>{cell}</v></c>""" : $"""<c r="{place}" t="s" s="{(r == 0 ? 1 : 0)}"><v>{at[cell]}</v></c>""");
            }
            xml.Append("</row>");
        }
        return xml.Append("</sheetData></worksheet>").ToString();
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    private const string Styles =
        $"""
        <styleSheet xmlns="{Namespace}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="12"/><name val="黑体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;
}
