using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Search;

/// <summary>Marks what was found in the originals: title and description from the row, passages from the kept sections, all of a page's in one statement.</summary>
public sealed class FoundTexts(IHighlighter highlighter)
{
    private const int DescriptionWindow = 160;
    private const int PassageWindow = 160;

    public async Task<Dictionary<Guid, IReadOnlyList<FoundHighlight>>> MarkAsync(HubDb db, string query, IReadOnlyList<SearchHit> hits, Dictionary<Guid, Resource> rows, CancellationToken ct)
    {
        var sections = await ReadAsync(db, hits, ct);
        return hits.ToDictionary(h => h.Id, h => (IReadOnlyList<FoundHighlight>)[.. Mark(query, h, rows[h.Id], sections)]);
    }

    private IEnumerable<FoundHighlight> Mark(string query, SearchHit hit, Resource row, Dictionary<(Guid, int), PassageText> sections)
    {
        if (highlighter.Mark(query, row.Title, Resource.TitleLimit) is { Ranges.Count: > 0 } title) yield return new FoundHighlight("title", title);
        if (row.Description is { } words && highlighter.Mark(query, words, DescriptionWindow) is { Ranges.Count: > 0 } description) yield return new FoundHighlight("description", description);
        // A slide and its notes are two sections and one place.
        HashSet<(Guid, Location)> places = [];
        foreach (var passage in hit.Passages)
        {
            if (passage.Source is not { FileId: { } file } source || !sections.TryGetValue((file, source.Section), out var section)) continue;
            // The record may be newer than the index: then the place may lie behind the text's end, or the words may be gone.
            if (source.Start >= section.Text.Length || places.Contains((file, section.Location))) continue;
            var text = section.Text.Substring(source.Start, Math.Min(source.Length, section.Text.Length - source.Start));
            if (highlighter.Mark(query, text, PassageWindow) is not { Ranges.Count: > 0 } marked) continue;
            places.Add((file, section.Location));
            yield return new FoundHighlight("text", marked with { Start = source.Start + marked.Start }, section.Location, file);
        }
    }

    /// <summary>
    /// A passage's place is counted in UTF-16 units and SQL counts code points, which are never more: the first Start + Length code points hold the passage.
    /// Plain SQL, as it is run for every search: the record's own way of putting it together costs more than running it.
    /// </summary>
    private static async Task<Dictionary<(Guid, int), PassageText>> ReadAsync(HubDb db, IReadOnlyList<SearchHit> hits, CancellationToken ct)
    {
        var wanted = new Dictionary<(Guid File, int Section), int>();
        foreach (var source in hits.SelectMany(h => h.Passages).Select(p => p.Source))
            if (source.FileId is { } file)
                wanted[(file, source.Section)] = Math.Max(source.Start + source.Length, wanted.GetValueOrDefault((file, source.Section)));
        var found = new Dictionary<(Guid, int), PassageText>(wanted.Count);
        if (wanted.Count == 0) return found;
        await db.Database.OpenConnectionAsync(ct);
        await using var command = Select(db.Database.GetDbConnection(), wanted);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var location = new Location(
                rows.IsDBNull(3) ? null : rows.GetInt32(3), rows.IsDBNull(4) ? null : rows.GetInt32(4), rows.IsDBNull(5) ? null : rows.GetDouble(5), rows.IsDBNull(6) ? null : rows.GetString(6));
            found[(rows.GetGuid(0), rows.GetInt32(1))] = new(rows.GetString(2), location);
        }
        return found;
    }

    private static DbCommand Select(DbConnection connection, Dictionary<(Guid File, int Section), int> wanted)
    {
        var command = connection.CreateCommand();
        var sql = new StringBuilder("""WITH "Wanted" ("File", "Section", "Length") AS (VALUES """);
        var number = 0;
        foreach (var ((file, section), length) in wanted)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"@f{number++}");
            sql.Append(number == 1 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"({name}, {section}, {length})");
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, file);
            command.Parameters.Add(parameter);
        }
        sql.Append("""
            ) SELECT s."FileId", s."Ordinal", substr(s."Text", 1, w."Length"), s."Page", s."Slide", s."Second", s."Sheet"
            FROM "Wanted" w CROSS JOIN "Sections" s WHERE s."FileId" = w."File" AND s."Ordinal" = w."Section"
            """);
        // Numbers of our own and parameters only.
        command.CommandText = sql.ToString();
        return command;
    }

    private sealed record PassageText(string Text, Location Location);
}
