using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Catalogue;

/// <summary>
/// Which place of the catalogue a school's own words name: exactly one of that title in that edition and subject, and in that grade and volume where they
/// are said. Where two could be meant nothing is filed.
/// </summary>
public static class CatalogueFiling
{
    /// <summary>The one place that the words name; null when there is none or more than one.</summary>
    public static async Task<Guid?> FindAsync(HubDb db, string? edition, string? subject, IReadOnlyCollection<string> grades, string? volume, string? chapter, CancellationToken ct)
        => edition is null || subject is null || chapter is null ? null : (await PlacesAsync(db, edition, subject, ct)).Find(grades, volume, chapter);

    /// <summary>
    /// What a school says, with what the place it names says of itself: its title as the chapter, edition, subject and volume, and for something new its stage and
    /// grade, each where the school did not say it.
    /// </summary>
    public static async Task<T> WithPlaceAsync<T>(HubDb db, T input, bool isNew, List<Problem> problems, CancellationToken ct) where T : ResourceInput
    {
        if (input.ChapterId is not { } id) return input;
        if (await db.CatalogueNodes.AsNoTracking().FirstOrDefaultAsync(n => n.Id == id, ct) is not { } place)
        {
            problems.Add(Problem.NotFound("章节") with { Path = ["chapterId"] });
            return input;
        }
        return input with
        {
            Chapter = input.Chapter ?? place.Title,
            Edition = input.Edition ?? place.Edition,
            Subject = input.Subject ?? place.Subject,
            Volume = input.Volume ?? place.Volume,
            Stage = input.Stage ?? (isNew ? place.Stage : null),
            Grades = input.Grades ?? (isNew && place.Grade is { } grade ? [grade] : null),
        };
    }

    /// <summary>Files a resource under the place it was given, or else under the one that its words name.</summary>
    public static async Task FileAsync(HubDb db, Resource resource, Guid? place, CancellationToken ct)
        => resource.ChapterId = place ?? await FindAsync(db, resource.Edition, resource.Subject, resource.Grades, resource.Volume, resource.Chapter, ct);

    /// <summary>Files what is under no chapter yet. It changes what is found in the catalogue, not what the school said, so it makes no new version.</summary>
    internal static async Task<int> FileAsync(HubDb db, IReadOnlyCollection<string> volumeCodes, CancellationToken ct)
    {
        var filed = 0;
        foreach (var of in await db.CatalogueNodes.Where(n => volumeCodes.Contains(n.Code) && n.Edition != null).Select(n => new { n.Edition, n.Subject }).Distinct().ToListAsync(ct))
        {
            var places = await PlacesAsync(db, of.Edition!, of.Subject, ct);
            var resources = db.Resources.Where(r => r.ChapterId == null && r.Chapter != null && r.Edition == of.Edition && r.Subject == of.Subject);
            foreach (var (place, ids) in await NamedAsync(places, resources.Select(r => new Words(r.Id, r.Grades, r.Volume, r.Chapter!)), ct))
                filed += await db.Resources.Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.ChapterId, place), ct);
            var lessons = db.Lessons.Where(l => l.ChapterId == null && l.Chapter != null && l.Edition == of.Edition && l.Subject == of.Subject);
            foreach (var (place, ids) in await NamedAsync(places, lessons.Select(l => new Words(l.Id, l.Grade == null ? new List<string>() : new List<string> { l.Grade }, l.Volume, l.Chapter!)), ct))
                filed += await db.Lessons.Where(l => ids.Contains(l.Id)).ExecuteUpdateAsync(set => set.SetProperty(l => l.ChapterId, place), ct);
        }
        return filed;
    }

    private static async Task<List<(Guid Place, Guid[] Ids)>> NamedAsync(Places places, IQueryable<Words> words, CancellationToken ct)
    {
        List<(Guid Place, Guid Id)> named = [];
        await foreach (var said in words.AsAsyncEnumerable().WithCancellation(ct))
            if (places.Find(said.Grades, said.Volume, said.Chapter) is { } place) named.Add((place, said.Id));
        return [.. named.GroupBy(n => n.Place).SelectMany(g => g.Select(n => n.Id).Chunk(1000).Select(ids => (g.Key, ids)))];
    }

    private static async Task<Places> PlacesAsync(HubDb db, string edition, string subject, CancellationToken ct)
        => new(await db.CatalogueNodes.Where(n => n.Edition == edition && n.Subject == subject && !n.IsRetired && n.Level != CatalogueLevel.Volume)
            .Select(n => new Place(n.Id, n.Level, n.Title, n.Grade, n.Volume)).ToListAsync(ct));

    private sealed record Words(Guid Id, List<string> Grades, string? Volume, string Chapter);

    private sealed record Place(Guid Id, CatalogueLevel Level, string Title, string? Grade, string? Volume);

    /// <summary>The places of one edition and subject by their titles. Where a chapter and a section in it are called alike, the chapter is meant.</summary>
    private sealed class Places(List<Place> places)
    {
        private readonly ILookup<string, Place> byTitle = places.ToLookup(p => Fold(p.Title));

        public Guid? Find(IReadOnlyCollection<string> grades, string? volume, string chapter)
        {
            List<Place> meant = [.. byTitle[Fold(chapter)].Where(p => (grades.Count == 0 || p.Grade is null || grades.Contains(p.Grade)) && (volume is null || p.Volume is null || p.Volume == volume))];
            return meant.Count > 0 && meant.Where(p => p.Level == meant.Min(m => m.Level)).ToList() is [var only] ? only.Id : null;
        }

        private static string Fold(string title) => TopicWords.Fold(TitleWords.WithoutNumber(title));
    }
}
