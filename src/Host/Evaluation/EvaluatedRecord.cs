using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Files;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Text;

namespace ResourceHub.Host.Evaluation;

/// <summary>
/// Puts documents into an empty record as published resources, each with one file that holds its text. What a resource must have and a document has not, such as
/// a school and a kind, has no words, so that nothing is found by it.
/// </summary>
internal static class EvaluatedRecord
{
    private const int AtOnce = 1000;

    /// <summary>UTF-16 units that are held at once.</summary>
    private const int TextAtOnce = 8_000_000;

    private const string NoWords = "—";

    /// <returns>Which document became which resource, in the order of the file.</returns>
    public static async Task<Dictionary<string, Guid>> FillAsync(IDbContextFactory<HubDb> databases, IAsyncEnumerable<EvaluatedDocument> documents, DateTime utcNow, CancellationToken ct)
    {
        var school = new School { Name = NoWords, CreatedAt = utcNow };
        Dictionary<string, Guid> ids = [];
        List<object> rows = [school];
        var (held, text) = (0, 0);
        await foreach (var document in documents.WithCancellation(ct))
        {
            ids[document.Id] = Add(rows, document, school.Id, utcNow);
            text += document.Text.Length;
            if (++held < AtOnce && text < TextAtOnce) continue;
            await SaveAsync(databases, rows, ct);
            (held, text) = (0, 0);
        }
        await SaveAsync(databases, rows, ct);
        return ids;
    }

    private static Guid Add(List<object> rows, EvaluatedDocument document, Guid school, DateTime utcNow)
    {
        var title = CleanText.Line(document.Title) ?? NoWords;
        var cut = title.Length <= Resource.TitleLimit ? title.Length : char.IsHighSurrogate(title[Resource.TitleLimit - 1]) ? Resource.TitleLimit - 1 : Resource.TitleLimit;
        var resource = new Resource
        {
            // In the order of the file, to the millisecond: equal hits come in the order of their ids, and a second run is to give the same figures.
            Id = Guid.CreateVersion7(new DateTimeOffset(utcNow).AddMilliseconds(document.Line)),
            SchoolId = school,
            CreatedBy = school,
            Title = title[..cut],
            // What a title has no room for is still found by.
            Description = cut < title.Length ? title[cut..] : null,
            Kind = NoWords,
            CreatedAt = utcNow,
        };
        resource.Publish(Visibility.Public, utcNow);
        rows.Add(resource);
        if (document.Text.Length == 0) return resource.Id;
        var file = new ResourceFile { ResourceId = resource.Id, Name = NoWords, MediaType = "text/plain", Size = document.Text.Length, Sha256 = $"{document.Line:x64}", AddedIn = 1, AddedAt = utcNow };
        rows.Add(file);
        rows.Add(new FileExtraction { FileId = file.Id, State = ExtractionState.Done, SectionCount = 1, TextLength = document.Text.Length, UpdatedAt = utcNow });
        rows.Add(FileSection.Of(file.Id, 0, new Section("text", document.Text, Location.None)));
        return resource.Id;
    }

    private static async Task SaveAsync(IDbContextFactory<HubDb> databases, List<object> rows, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.AddRange(rows);
        await db.SaveChangesAsync(ct);
        rows.Clear();
    }
}
