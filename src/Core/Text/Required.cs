namespace ResourceHub.Core.Text;

/// <summary>A text that must be there, cleaned, with a problem noted where it is missing or too long.</summary>
public static class Required
{
    public static string? Line(string? value, string field, int limit, List<Problem> problems)
    {
        var clean = CleanText.Line(value);
        if (clean is null) problems.Add(new Problem("REQUIRED", $"请填写 {field}。{field} is required.", field));
        else if (clean.Length > limit) problems.Add(TooLong(field, limit));
        return clean?.Length <= limit ? clean : null;
    }

    public static Problem TooLong(string field, int limit) => new("TOO_LONG", $"{field} 最长 {limit} 个字符。{field} may have at most {limit} characters.", field);
}
