using System.Text;
using ResourceHub.Core.Files;
using ResourceHub.Core.Taxonomy;

namespace ResourceHub.Indexer.Extractors;

/// <summary>
/// Reads a plan's lines in order. A label is a heading ("教学目标"), a cell with its value beside or below it, or stands with a colon in a line; what belongs to a long
/// part (目标, 重难点, 过程) goes on until the next label.
/// </summary>
internal sealed class PlanText
{
    private const int Longest = 200_000;
    private readonly List<Suggestion> found = [];
    private readonly StringBuilder part = new();
    private string? open, label, from, awaited;
    private string[]? header;
    private Location at = Location.None, openAt = Location.None;
    private int lines;

    public static IReadOnlyList<Suggestion> Read(IReadOnlyList<Section> sections)
    {
        var plan = new PlanText();
        var seen = 0;
        foreach (var section in sections.Where(s => s.Kind is not ("cue" or "notes" or "chapter")))
        {
            plan.at = section.Location;
            foreach (var line in section.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Contains('\t')) plan.Row(line.Split('\t', StringSplitOptions.TrimEntries));
                else plan.Line(line, line == section.Title ? "heading" : "text");
            }
            seen += section.Text.Length;
            if (seen > Longest) break;
        }
        plan.Close();
        return plan.found;
    }

    private void Row(string[] cells)
    {
        var fields = cells.Select(PlanLabels.FieldOf).ToArray();
        if (header is not null && header.Length == cells.Length)
            for (var i = 0; i < cells.Length; i++) Short(header[i], header[i], cells[i], "table");
        header = null;
        if (cells.Length > 1 && fields.All(f => f is { Length: > 0 } and not ("objectives" or "keyPoints" or "process")))
        {
            Close();
            header = fields!;
            return;
        }
        if (fields.All(f => f is null) && open == "process" && cells.All(c => PlanLabels.In(c).Count == 0))
        {
            Append(string.Join(' ', cells));
            return;
        }
        for (var i = 0; i < cells.Length; i++)
        {
            if (fields[i] is { } field)
            {
                var value = field == "process" ? string.Join(' ', cells[(i + 1)..]) : i + 1 < cells.Length && fields[i + 1] is null ? cells[i + 1] : "";
                Begin(field, cells[i], value, "table");
                if (field == "process") return;
                if (value.Length > 0) i++;
            }
            else if (!Colons(cells[i], "table") && i == 0 && open is not null && cells[0].Length <= 8) Close();
        }
    }

    private void Line(string line, string place)
    {
        if (place == "heading" && open is not (null or "process")) Close();
        if (PlanLabels.FieldOf(line) is { } field)
        {
            Begin(field, line, "", place);
            return;
        }
        if (Colons(line, place)) return;
        if (awaited is { } waiting)
        {
            awaited = null;
            Short(waiting, waiting, line, place);
            return;
        }
        if (Pairs(line)) return;
        if (found.Count < 40 && lines < 8 && open is null) PlanHeading.Read(line, at, found);
        lines++;
        if (open is not null) Append(line);
    }

    private bool Colons(string line, string place)
    {
        var bare = PlanLabels.WithoutNumber(line);
        var labels = PlanLabels.In(bare);
        if (labels.Count == 0 || labels[0].Start > 0) return false;
        for (var i = 0; i < labels.Count; i++)
        {
            var end = i + 1 < labels.Count ? labels[i + 1].Start : bare.Length;
            Begin(labels[i].Field, labels[i].Label, bare[labels[i].ValueStart..end].Trim(' ', '　', '，', ',', '；', ';'), place);
        }
        return true;
    }

    /// <summary>What a PDF makes of a table's row: "课题 圆的面积 课时 1".</summary>
    private bool Pairs(string line)
    {
        if (line.Length > 80) return false;
        var words = line.Split([' ', '　'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !IsShort(PlanLabels.FieldOf(words[0]))) return false;
        for (var i = 0; i < words.Length;)
        {
            var field = PlanLabels.FieldOf(words[i])!;
            var name = words[i++];
            var value = new List<string>();
            while (i < words.Length && PlanLabels.FieldOf(words[i]) is null) value.Add(words[i++]);
            Begin(field, name, string.Join(' ', value), "table");
        }
        return true;
    }

    private static bool IsShort(string? field) => field is "title" or "subject" or "grade" or "edition" or "volume" or "period";

    private void Begin(string field, string words, string value, string place)
    {
        Close();
        awaited = null;
        if (field is "objectives" or "keyPoints" or "process")
        {
            (open, label, from, openAt) = (field, words, place, at);
            Append(value);
        }
        else if (field.Length > 0 && value.Length == 0) awaited = field;
        else if (field.Length > 0) Short(field, words, value, place);
    }

    private void Append(string line)
    {
        if (line.Length == 0 || part.Length > 4_000) return;
        if (part.Length > 0) part.Append('\n');
        part.Append(line);
    }

    private void Close()
    {
        if (open is { } field && part.Length > 0)
        {
            var limit = field == "process" ? 2_000 : 1_000;
            var value = part.Length <= limit ? part.ToString() : part.ToString(0, limit) + "…";
            var before = found.FindIndex(s => s.Field == field);
            if (before < 0) found.Add(new Suggestion(field, value, label!, from!, openAt));
            // 重点 and 难点 often stand apart; together they are one answer.
            else if (field == "keyPoints") found[before] = found[before] with { Value = $"{found[before].Value}\n{value}", Words = $"{found[before].Words}、{label}" };
        }
        open = null;
        part.Clear();
    }

    private void Short(string field, string words, string value, string place)
    {
        value = value.Split('\n')[0].Trim();
        if (value.Length is 0 or > 80 || PlanLabels.FieldOf(value) is not null) return;
        switch (field)
        {
            case "subject": Term(Vocabulary.Subject, field, value, place); break;
            case "grade":
                Term(Vocabulary.Grade, field, value, place);
                if (VolumeWords.In(value) is { } half) Add("volume", half, value, place);
                break;
            case "edition":
                Term(Vocabulary.Edition, field, value, place);
                Term(Vocabulary.Subject, "subject", value, place);
                Term(Vocabulary.Grade, "grade", value, place);
                if (VolumeWords.In(value) is { } volume) Add("volume", volume, value, place);
                break;
            case "volume" when VolumeWords.In(value) is { } code: Add(field, code, value, place); break;
            case "volume": break;
            case "title": Add(field, value.Trim('《', '》', '“', '”', '"', ' '), value, place); break;
            default: Add(field, value, value, place); break;
        }
    }

    private void Term(Vocabulary vocabulary, string field, string value, string place)
    {
        if (PlanWords.Find(vocabulary, value) is { } term) Add(field, term.Code, value, place);
    }

    private void Add(string field, string value, string words, string place)
    {
        if (value.Length > 0 && !found.Exists(s => s.Field == field)) found.Add(new Suggestion(field, value, words, place, at));
    }
}
