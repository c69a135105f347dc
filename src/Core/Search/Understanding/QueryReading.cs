using System.Text;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Search.Understanding;

/// <summary>
/// Reads which words of a query file a lesson (七上, 人教, 课件) and which are its topic (有理数). Filing words stand at the outside of what is written
/// without a blank: so they are taken from both ends, and what lies between is the topic, whatever it is made of. Each character is looked at a bounded
/// number of times.
/// </summary>
internal sealed class QueryReading
{
    /// <summary>Longer texts are pasted, not asked: they are searched as they are.</summary>
    private const int LongestQuery = 100;

    /// <summary>Longer than a topic is: then it is a sentence, and stays whole.</summary>
    private const int LongestPiece = 24;

    private static readonly string[] Asking = ["什么", "怎么", "怎样", "如何", "为何", "哪些", "哪个", "哪里", "多少", "吗", "呢", "?", "。", "!"];

    private readonly FoldedText folded;
    private readonly string text;
    private readonly WordTree<FilingWord> schools;
    private readonly List<Found> found = [];

    private QueryReading(string typed, WordTree<FilingWord> schools)
    {
        folded = UnicodeForms.Fold(typed);
        text = Simplified.Of(folded.Text).ToLowerInvariant();
        this.schools = schools;
    }

    /// <param name="schools">Names of schools, folded.</param>
    /// <param name="choices">What the asker says of chips; those not named boost.</param>
    public static UnderstoodQuery Read(string? typed, WordTree<FilingWord> schools, IReadOnlyCollection<ChipChoice> choices)
    {
        if (string.IsNullOrWhiteSpace(typed) || typed.Length > LongestQuery) return UnderstoodQuery.Plain(typed);
        var reading = new QueryReading(typed, schools);
        reading.ReadPieces();
        return reading.Answer(choices);
    }

    private void ReadPieces()
    {
        List<(string Word, int Start, int End)> latin = [];
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is '《' or '"' or '“' && text.IndexOfAny(['》', '"', '”'], at + 1) is var close and > 0)
            {
                at = close + 1;
                continue;
            }
            if (IsGap(text[at]))
            {
                at++;
                continue;
            }
            var end = at + 1;
            while (end < text.Length && !IsGap(text[end]) && text[end] is not ('《' or '"' or '“')) end++;
            if (text.AsSpan(at, end - at).ContainsAnyExceptInRange('!', '~')) ReadPiece(at, end);
            else if (FilingWords.Tree.From(text, at, end) is (var length, { } word) && length == end - at) found.Add(new(at, end, word));
            else latin.Add((text[at..end], at, end));
            at = end;
        }
        foreach (var (first, last, field, code) in EnglishWords.Read(latin.ConvertAll(l => l.Word), found.Count > 0))
            found.Add(new(latin[first].Start, latin[last].End, new(field, code, Hold.Surely, Hold.Surely)));
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
    }

    private void ReadPiece(int start, int end)
    {
        var ahead = Ahead(start, end);
        var reached = ahead.Count > 0 ? ahead[^1].End : start;
        if (reached == end || text.AsSpan(reached, end - reached).Trim("()") is "")
        {
            found.AddRange(ahead);
            return;
        }
        while (ahead.Count > 0 && !IsBelieved(ahead[^1], ahead, isLead: true)) ahead.RemoveAt(ahead.Count - 1);
        reached = ahead.Count > 0 ? ahead[^1].End : start;
        var behind = Behind(reached, end);
        while (behind.Count > 0 && !IsBelieved(behind[0], behind, isLead: false)) behind.RemoveAt(0);
        var isSentence = end - start > LongestPiece || Asking.Any(a => text.Contains(a, StringComparison.Ordinal));
        // What may be part of the topic is searched for as well; in a sentence all of it is.
        found.AddRange(ahead.Select(f => f with { Stays = isSentence }));
        found.AddRange(behind.Select(f => f with { Stays = isSentence || f.Word.Stays }));
    }

    private List<Found> Ahead(int start, int end)
    {
        List<Found> row = [];
        for (var at = start; at < end;)
        {
            if (at > start && text[at] is '(' or ')')
            {
                at++;
                continue;
            }
            if (ShortNames.At(text, at, end, row.Count > 0 ? row[^1].Word : null) is { Length: > 0 } names)
            {
                row.AddRange(names.Words.Select(w => new Found(at, at + names.Length, w)));
                at += names.Length;
                continue;
            }
            var (length, word) = Longer(FilingWords.Tree.From(text, at, end), schools.From(text, at, end));
            if (word is null or { IsTopic: true }) break;
            row.Add(new(at, at + length, word));
            at += length;
        }
        return row;
    }

    private List<Found> Behind(int start, int end)
    {
        List<Found> row = [];
        for (var at = end; at > start;)
        {
            if (at < end && text[at - 1] is '(' or ')')
            {
                at--;
                continue;
            }
            var (length, word) = Longer(FilingWords.Tree.Until(text, start, at), schools.Until(text, start, at));
            if (word is null or { IsTopic: true }) break;
            row.Insert(0, new(at - length, at, word));
            at -= length;
        }
        return row;
    }

    private bool IsBelieved(Found word, List<Found> row, bool isLead)
    {
        if (isLead && word.End < text.Length && word.Word.NotBefore.Contains(text[word.End], StringComparison.Ordinal)) return false;
        return (isLead ? word.Word.Leads : word.Word.Ends) switch
        {
            Hold.Surely => true,
            Hold.Beside => row.Exists(f => f.Word.Vouches && f != word),
            _ => false,
        };
    }

    private static (int Length, FilingWord? Word) Longer((int Length, FilingWord?) one, (int Length, FilingWord?) other) => other.Length > one.Length ? other : one;

    private UnderstoodQuery Answer(IReadOnlyCollection<ChipChoice> choices)
    {
        var ofPreschool = found.Exists(f => f.Word is { Field: ChipField.Stage, Code: "preschool" } or { Field: ChipField.Grade, Code: "nursery" or "small" or "middle" or "big" });
        var chips = new List<QueryChip>();
        var taken = new List<TextSpan>();
        foreach (var word in found)
        {
            if (word.Word.OfPreschool && !ofPreschool) continue;
            var code = ofPreschool && word.Word is { Field: ChipField.Subject, Code: "science" or "arts" } ? "ps-" + word.Word.Code : word.Word.Code;
            var place = folded.OriginOf(word.Start, word.End);
            var mode = choices.FirstOrDefault(c => c.Field == word.Word.Field && c.Code == code)?.Mode ?? ChipMode.Boost;
            if (mode == ChipMode.Off) continue;
            if (!chips.Exists(c => c.Field == word.Word.Field && c.Code == code)) chips.Add(new(word.Word.Field, code, folded.Original[place.Start..place.End], mode));
            if (!word.Stays) taken.Add(place);
        }
        return new(folded.Original, chips, taken.Count == 0 ? folded.Original : Without(taken));
    }

    /// <summary>What is left, with a comma where something was taken out: its neighbours are not neighbours of each other.</summary>
    private string? Without(List<TextSpan> taken)
    {
        var rest = new StringBuilder();
        var at = 0;
        foreach (var place in taken.Append(new(folded.Original.Length, folded.Original.Length)))
        {
            var piece = place.Start > at ? folded.Original.AsSpan(at, place.Start - at).Trim(" \t\r\n\u3000,，、;；/|+·()（）") : default;
            if (piece.ContainsSense()) rest.Append(rest.Length > 0 ? "，" : "").Append(piece);
            at = Math.Max(at, place.End);
        }
        return rest.Length > 0 ? rest.ToString() : null;
    }

    private static bool IsGap(char unit) => unit < '!' || char.IsWhiteSpace(unit) || unit is ',' or '、' or ';' or '/' or '|' or '+' or '·' or '?' or '!' or '。' or ':' or '_' or '》' or '”';

    private sealed record Found(int Start, int End, FilingWord Word, bool Stays = false);
}

file static class Sense
{
    /// <summary>Anything to look up: letters, characters, numbers, pictures.</summary>
    public static bool ContainsSense(this ReadOnlySpan<char> piece)
    {
        foreach (var unit in piece) if (char.IsLetterOrDigit(unit) || char.IsSurrogate(unit) || char.IsSymbol(unit)) return true;
        return false;
    }
}
