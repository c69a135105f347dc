using ResourceHub.Core.Pinyin;
using ResourceHub.Core.Search;

namespace ResourceHub.Engines.Analysis;

/// <summary>One way to look up what was typed: as it is written, as it sounds, or by its initials.</summary>
internal enum PhraseLookup { Written, Sound, Initials }

/// <summary>What was typed, as it is looked up among phrases: first as it is written; where that gives too few and it may be pinyin, as it sounds.</summary>
internal sealed class TypedPhrase
{
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
        isAnyCharacter = request.BySound;
    }

    private readonly bool isAnyCharacter;

    public IReadOnlyList<PhraseLookup> Ways { get; }

    public static TypedPhrase Of(SuggestRequest request) => new(request);

    /// <summary>What starts of phrases begin with.</summary>
    public string Key(PhraseLookup way) => way == PhraseLookup.Written ? written : sound!.Letters;

    /// <summary>Whether a phrase is one to suggest: it goes on from what was typed, and has the characters that were typed as such.</summary>
    public bool Fits(PhraseLookup way, string phrase) => way switch
    {
        PhraseLookup.Written => TitleKeys.StartsWith(TitleKeys.Of(phrase), written),
        PhraseLookup.Initials => SoundKeys.InitialsOf(TitleKeys.Of(phrase)).Any(s => s.StartsWith(sound!.Letters, StringComparison.Ordinal)),
        _ => sound!.IsAllLatin || isAnyCharacter ? SoundKeys.WholeOf(TitleKeys.Of(phrase)).Any(s => s.StartsWith(sound.Letters, StringComparison.Ordinal)) : sound.In(phrase, isWhole: false) is not null,
    };

    /// <summary>The phrases of these resources that fit, each once: those of most resources first, then as the resources come.</summary>
    public IEnumerable<SuggestedPhrase> Fitting(PhraseLookup way, IEnumerable<(Guid Id, string Phrases)> resources)
        => resources.SelectMany(r => Phrases.Read(r.Phrases).Where(p => Fits(way, p.Text)).Select(p => new SuggestedPhrase(p.Text, p.Kind, r.Id)))
            .GroupBy(s => s.Text).OrderByDescending(g => g.Select(s => s.ResourceId).Distinct().Count()).Select(g => g.First());
}
