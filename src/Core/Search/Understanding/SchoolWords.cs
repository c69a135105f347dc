using Microsoft.EntityFrameworkCore;

namespace ResourceHub.Core.Search.Understanding;

/// <summary>The names and short names of the schools in the record, read again where they are older than some seconds.</summary>
public sealed class SchoolWords(IDbContextFactory<HubDb> databases, TimeProvider clock) : IDisposable
{
    /// <summary>Shorter names are also parts of topics.</summary>
    private const int SureLength = 4;

    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim reading = new(1, 1);
    private volatile Names? names;

    /// <summary>What the words of a query say.</summary>
    public async Task<UnderstoodQuery> ReadAsync(string? typed, IReadOnlyCollection<ChipChoice> choices, CancellationToken ct)
        => string.IsNullOrWhiteSpace(typed) ? UnderstoodQuery.Plain(typed) : QueryReading.Read(typed, (await NamesAsync(ct)).Tree, choices);

    public void Dispose() => reading.Dispose();

    private async Task<Names> NamesAsync(CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (names is { } known && clock.GetElapsedTime(known.Read, now) < KeptFor) return known;
        // One reads; the others go on with what was known.
        if (!await reading.WaitAsync(names is null ? Timeout.Infinite : 0, ct)) return names!;
        try
        {
            if (names is { } fresh && clock.GetElapsedTime(fresh.Read, now) < KeptFor) return fresh;
            return names = new(await TreeAsync(ct), now);
        }
        finally
        {
            reading.Release();
        }
    }

    private async Task<WordTree<FilingWord>> TreeAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var schools = await db.Schools.AsNoTracking().OrderBy(s => s.Id).Select(s => new { s.Id, s.Name, s.ShortName }).ToListAsync(ct);
        var tree = new WordTree<FilingWord>();
        foreach (var school in schools)
            foreach (var name in (string?[])[school.Name, school.ShortName])
                if (name is { Length: > 1 } && FilingWords.Fold(name) is var word)
                    tree.Add(word, new(ChipField.School, school.Id.ToString("n"), word.Length >= SureLength ? Hold.Surely : Hold.Alone, word.Length >= SureLength ? Hold.Surely : Hold.Alone));
        return tree;
    }

    private sealed record Names(WordTree<FilingWord> Tree, long Read);
}
