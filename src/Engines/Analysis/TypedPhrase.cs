using ResourceHub.Core.Pinyin;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Analysis;

/// <summary>One way to look up what was typed: as it is written, as it sounds, or by its initials.</summary>
internal enum PhraseLookup { Written, Sound, Initials }

/// <summary>What was typed, as it is looked up among phrases: first as it is written; where that gives too few and it may be pinyin, as it sounds.</summary>
internal sealed class TypedPhrase
{
    /// <summary>No syllable is longer.</summary>
    private const int LongestSyllable = 6;

    private readonly string written;
    private readonly TypedSound? sound;

    private TypedPhrase(SuggestRequest request)
    {
        written = TitleKeys.Of(request.Text);
        sound = TypedSound.Of(request.Text);
        List<PhraseLookup> ways = [];
        if (!request.BySound && written.Length > 0) ways.Add(PhraseLookup.Written);
        if (sound is not null && (request.BySound || !sound.IsAllChinese)) ways.Add(PhraseLookup.Sound);
        if (sound is { IsAllLatin: true, Letters.Length: > 1 }) ways.Add(PhraseLookup.Initials);
        Ways = ways;
        SoundEnds = sound is not null && (sound.IsAllLatin || request.BySound) ? EndsOf(sound.Letters) : [];
        isAnyCharacter = request.BySound;
    }

    private readonly bool isAnyCharacter;
    private readonly Dictionary<(PhraseLookup, string), bool> known = [];

    public IReadOnlyList<PhraseLookup> Ways { get; }

    /// <summary>
    /// What is longer than the kept beginnings sounds so from one of its later characters on too, and one of them stands within six letters before its last
    /// eight: one of these begins a start of every phrase that fits. None where what was typed is short or partly characters.
    /// </summary>
    public IReadOnlyList<string> SoundEnds { get; }

    public static TypedPhrase Of(SuggestRequest request) => new(request);

    /// <summary>What starts of phrases begin with.</summary>
    public string Key(PhraseLookup way) => way == PhraseLookup.Written ? written : sound!.Letters;

    /// <summary>Whether a phrase is one to suggest: it goes on from what was typed, and has the characters that were typed as such.</summary>
    public bool Fits(PhraseLookup way, string phrase)
    {
        // Topics and chapters are those of many resources.
        if (!known.TryGetValue((way, phrase), out var fits)) known[(way, phrase)] = fits = way switch
        {
            PhraseLookup.Written => TitleKeys.StartsWith(TitleKeys.Of(phrase), written),
            PhraseLookup.Sound when !sound!.IsAllLatin && !isAnyCharacter => sound.In(phrase, isWhole: false) is not null,
            _ => IsHeardIn(way, TitleKeys.Of(phrase)),
        };
        return fits;
    }

    private bool IsHeardIn(PhraseLookup way, string key)
    {
        var read = Sounds.Of(key);
        return SoundKeys.Have(key, read, sound!.Letters, way == PhraseLookup.Initials)
            && (way == PhraseLookup.Initials || SoundEnds.Count == 0 || SoundEnds.Any(end => SoundKeys.Have(key, read, end)));
    }

    private static IReadOnlyList<string> EndsOf(string letters)
    {
        if (letters.Length <= SoundKeys.LongestBeginning) return [];
        var first = Math.Max(1, letters.Length - SoundKeys.LongestBeginning - LongestSyllable + 1);
        return [.. Enumerable.Range(first, LongestSyllable).Where(at => at < letters.Length).Select(at => letters[at..Math.Min(at + SoundKeys.LongestBeginning, letters.Length)]).Distinct()];
    }

    /// <summary>The phrases of these resources that fit, each once: those of most resources first, then as the resources come.</summary>
    public IEnumerable<SuggestedPhrase> Fitting(PhraseLookup way, IEnumerable<(Guid Id, string Phrases)> resources)
        => resources.SelectMany(r => Phrases.Read(r.Phrases).Where(p => Fits(way, p.Text)).Select(p => new SuggestedPhrase(p.Text, p.Kind, r.Id)))
            .GroupBy(s => s.Text).OrderByDescending(g => g.Select(s => s.ResourceId).Distinct().Count()).Select(g => g.First());
}
