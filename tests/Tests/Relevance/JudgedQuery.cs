namespace ResourceHub.Tests.Relevance;

/// <summary>A question and what it wants: a line of queries.tsv.</summary>
/// <param name="Topics">Null where it asks for no topic.</param>
/// <param name="Lesson">The one lesson whose words it has; else null.</param>
internal sealed record JudgedQuery(string Id, string Class, string Text, IReadOnlySet<string>? Topics, string? Lesson, IReadOnlyList<(string Name, string Value)> Attributes)
{
    public static IReadOnlyList<JudgedQuery> ReadAll() => [.. Topic.Lines("queries.tsv").Select(Read)];

    /// <summary>
    /// 3: all that was asked for. 2: the topic, but one thing off, such as a plan where slides were asked for. 1: the topic with more off, another topic of the same
    /// chapter, a review that has something of it. Where no topic is asked, everything of the shelf is 3, and next to it, of three things asked, 1.
    /// </summary>
    public int GradeOf(JudgedLesson lesson)
    {
        var off = Attributes.Count(a => !lesson.Has(a.Name, a.Value));
        if (Lesson is not null) return lesson.Key == Lesson ? 3 : 0;
        if (Topics is null) return off == 0 ? 3 : off == 1 && Attributes.Count > 2 ? 1 : 0;
        if (lesson.Topics.Any(t => Topics.Contains(t.Name))) return Math.Max(1, 3 - off);
        return lesson.Touches.Any(t => Topics.Contains(t.Name)) ? 1 : 0;
    }

    private static JudgedQuery Read(string[] said)
    {
        var wanted = said[3].Split(' ');
        var attributes = wanted[1..].Select(a => a.Split(':') is [var name, var value] ? (name, value) : throw new FormatException($"{said[0]}: \"{a}\" is no name:value."));
        return wanted[0][0] == '='
            ? new(said[0], said[1], said[2], null, wanted[0][1..], [])
            : new(said[0], said[1], said[2], wanted[0] == "*" ? null : wanted[0].Split('/').ToHashSet(), null, [.. attributes]);
    }
}
