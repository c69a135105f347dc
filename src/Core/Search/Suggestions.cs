using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.People;
using ResourceHub.Core.Pinyin;
using ResourceHub.Core.Resources;

namespace ResourceHub.Core.Search;

/// <summary>Titles, topics and chapters that a viewer may see: to go on with after what was typed, and to tell what pinyin means.</summary>
public sealed class Suggestions(ISearchIndex index, IDbContextFactory<HubDb> databases)
{
    /// <summary>So many phrases tell which characters of a sound are meant.</summary>
    private const int Asked = 20;

    /// <summary>Two letters are the initials of too much.</summary>
    private const int FewestInitials = 3;

    /// <summary>A name or two beside each other; more are a sentence.</summary>
    private const int MostParts = 6;

    public Task<IReadOnlyList<SuggestedPhrase>> SuggestAsync(Viewer viewer, string text, int first, CancellationToken ct) => FindAsync(viewer, text, first, bySound: false, ct);

    /// <summary>
    /// What pinyin means here, in the characters of a visible phrase: yuandemianji → 圆的面积; part by part where blanks part it. Null where nothing visible
    /// sounds so.
    /// </summary>
    public async Task<string?> WrittenAsync(Viewer viewer, string text, CancellationToken ct)
    {
        if (TypedSound.Of(text) is not { IsAllChinese: false }) return null;
        if (await OneAsync(viewer, text, ct) is { } whole) return whole;
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 2 or > MostParts) return null;
        List<string> written = [];
        foreach (var part in parts)
        {
            var one = TypedSound.Of(part) is { IsAllChinese: true } ? part : await OneAsync(viewer, part, ct);
            if (one is null) return null;
            written.Add(one);
        }
        return string.Join(' ', written);
    }

    /// <summary>Visible phrases that have the sound of a Chinese text, whatever characters they are written with.</summary>
    public async Task<IReadOnlyList<string>> SoundingLikeAsync(Viewer viewer, string text, CancellationToken ct)
        => TypedSound.Of(text) is { IsAllChinese: true } ? [.. (await FindAsync(viewer, text, Asked, bySound: true, ct)).Select(s => s.Text)] : [];

    private async Task<string?> OneAsync(Viewer viewer, string text, CancellationToken ct)
    {
        if (TypedSound.Of(text) is not { IsAllChinese: false } typed) return null;
        var byInitials = typed.IsAllLatin && !typed.IsSyllables();
        if (byInitials && typed.Letters.Length < FewestInitials || !typed.IsAllLatin && !typed.IsSyllables()) return null;
        var phrases = await FindAsync(viewer, text, Asked, bySound: false, ct);
        return phrases.Select(p => typed.In(p.Text, isWhole: true, byInitials) is { } place ? p.Text[place.Start..place.End] : null).OfType<string>()
            .GroupBy(p => p).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key;
    }

    private async Task<IReadOnlyList<SuggestedPhrase>> FindAsync(Viewer viewer, string text, int first, bool bySound, CancellationToken ct)
    {
        first = Math.Clamp(first, 0, ResourceSearch.LargestPage);
        if (first == 0 || string.IsNullOrWhiteSpace(text)) return [];
        var found = await AskAsync(new(text, ResourceAccess.TokensOf(viewer), first, await Narrowed.ReadAsync(databases, ct), bySound), ct);
        if (found.Count == 0) return [];
        var ids = found.Select(s => s.ResourceId).Distinct().ToList();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Resources.AsNoTracking().VisibleTo(viewer).Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Title, r.Keywords, r.Chapter }).ToDictionaryAsync(r => r.Id, ct);
        // As the record has them now: a title may be another, a topic may be gone.
        return
        [
            .. found.Where(s => rows.TryGetValue(s.ResourceId, out var row) && (s.Kind == SuggestionKind.Title || row.Chapter == s.Text || row.Keywords.Contains(s.Text)))
                .Select(s => s.Kind == SuggestionKind.Title ? s with { Text = rows[s.ResourceId].Title } : s).DistinctBy(s => s.Text).Take(first),
        ];
    }

    private async Task<IReadOnlyList<SuggestedPhrase>> AskAsync(SuggestRequest request, CancellationToken ct)
    {
        try
        {
            return await index.SuggestAsync(request, ct);
        }
        // Whoever types goes on typing; that search does not answer is said when it is asked.
        catch (IndexAwayException)
        {
            return [];
        }
    }
}
