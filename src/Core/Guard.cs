namespace ResourceHub.Core;

internal static class Guard
{
    public static string Text(string value, int limit, string need)
    {
        if (string.IsNullOrWhiteSpace(value)) throw new ArgumentException($"{need}.");
        return value.Length <= limit ? value : throw new ArgumentException($"{need} of at most {limit} characters.");
    }
}
