using System.Text;

namespace ResourceHub.Host.Demo.Files;

/// <summary>Lays a lesson's blocks out on A4 pages and keeps the drawing operators of each page.</summary>
internal sealed class PdfPages
{
    public const int PageWidth = 595;
    public const int PageHeight = 842;
    private const double Margin = 64, TextWidth = PageWidth - 2 * Margin, Size = 11.5, CellSize = 10.5, Lead = 1.65, CellPad = 5;

    private readonly List<StringBuilder> pages = [new()];
    private double pen = PageHeight - Margin;

    public IReadOnlyList<string> Operators => [.. pages.Select((p, i) => p + Number(i + 1))];

    public void Add(Block block)
    {
        switch (block)
        {
            case Block.Heading { Level: 1 } h: Lines(h.Text, 19, above: 4, below: 14, centred: true); break;
            case Block.Heading h: Lines(h.Text, h.Level == 2 ? 14 : 12.5, above: 10, below: 4); break;
            case Block.Paragraph p: Lines(p.Text, Size, above: 0, below: 4, centred: p.Centred); break;
            case Block.Bullet b: Lines(b.Text, Size, above: 0, below: 3, indent: 16 * (b.Level + 1), mark: "·"); break;
            case Block.Note n: Lines(n.Text, Size, above: 2, below: 6, indent: 24); break;
            case Block.Table t: Table(t); break;
            case Block.PageBreak: Turn(); break;
            default: throw new NotSupportedException($"A page has no {block.GetType().Name}.");
        }
    }

    private void Lines(string text, double size, double above, double below, bool centred = false, double indent = 0, string? mark = null)
    {
        pen -= above;
        foreach (var (i, line) in PdfText.Wrap(text, size, TextWidth - indent).Index())
        {
            if (pen - size * Lead < Margin) Turn();
            pen -= size * Lead;
            if (i == 0 && mark is not null) Write(mark, size, Margin + indent - 12, pen);
            Write(line, size, centred ? (PageWidth - PdfText.Width(line, size)) / 2 : Margin + indent, pen);
        }
        pen -= below;
    }

    private void Table(Block.Table table)
    {
        var widths = DocxBuilder.Widths(table, (int)TextWidth);
        pen -= 4;
        foreach (var row in table.Rows)
        {
            var cells = row.Select((text, c) => (Width: c == row.Count - 1 ? widths.Skip(c).Sum() : widths[c], Text: text))
                .Select(cell => (cell.Width, Lines: cell.Text.Split("<br>").SelectMany(t => PdfText.Wrap(t.Trim(), CellSize, cell.Width - 2 * CellPad)).ToList())).ToList();
            var height = cells.Max(c => c.Lines.Count) * CellSize * Lead + 2 * CellPad;
            if (pen - height < Margin) Turn();
            var left = Margin;
            foreach (var (width, lines) in cells)
            {
                pages[^1].Append($"0.5 w {left:0.##} {pen - height:0.##} {width} {height:0.##} re S\n");
                foreach (var (i, line) in lines.Index()) Write(line, CellSize, left + CellPad, pen - CellPad - CellSize * (Lead * i + 1.25));
                left += width;
            }
            pen -= height;
        }
        pen -= 8;
    }

    private void Turn()
    {
        pages.Add(new());
        pen = PageHeight - Margin;
    }

    private void Write(string text, double size, double x, double y) => pages[^1].Append($"BT 1 0 0 1 {x:0.##} {y:0.##} Tm {PdfText.Show(text, size)}ET\n");

    private string Number(int page) => $"BT 1 0 0 1 {PageWidth / 2 - 8} 36 Tm {PdfText.Show($"{page} / {pages.Count}", 9)}ET\n";
}
