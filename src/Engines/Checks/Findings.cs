using System.Text.Json;

namespace ResourceHub.Engines.Checks;

/// <summary>What one check found: nothing wrong, or what was expected and what came instead.</summary>
public sealed class Findings
{
    private const int MostWrong = 5;
    private const int LongestQuote = 200;

    private readonly List<string> wrong = [];
    private readonly List<string> notes = [];
    private int looked;

    public bool Ok => wrong.Count == 0;

    /// <summary>For a person: what is wrong, or what was seen.</summary>
    public string Detail => Ok
        ? notes.Count > 0 ? string.Join("; ", notes) : $"{looked} as expected"
        : string.Join("; ", wrong.Take(MostWrong)) + (wrong.Count > MostWrong ? $"; and {wrong.Count - MostWrong} more" : "");

    /// <summary>Something worth telling of a check that went well.</summary>
    public void Note(string said) => notes.Add(said);

    public void Holds(string what, bool isSo)
    {
        looked++;
        if (!isSo) wrong.Add($"not so: {what}");
    }

    public void Is<T>(string what, T expected, T found)
    {
        looked++;
        if (!EqualityComparer<T>.Default.Equals(expected, found)) wrong.Add($"{what}: expected {Quote(expected)}, found {Quote(found)}");
    }

    public void Are<T>(string what, IEnumerable<T> expected, IEnumerable<T> found)
    {
        looked++;
        var (wanted, got) = (expected.ToList(), found.ToList());
        if (!wanted.SequenceEqual(got)) wrong.Add($"{what}: expected {Quote(wanted)}, found {Quote(got)}");
    }

    private static string Quote<T>(T value)
    {
        var text = value is string or null ? JsonSerializer.Serialize(value as string) : value is System.Collections.IEnumerable many ? $"[{string.Join(", ", many.Cast<object?>())}]" : value.ToString() ?? "";
        return text.Length <= LongestQuote ? text : text[..LongestQuote] + "…";
    }
}
