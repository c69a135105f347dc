using System.Collections.Frozen;

namespace ResourceHub.Engines.LocalAccounts;

/// <summary>
/// What is tried first: the passwords that people choose most (common-passwords.txt), also with what they add to reach a length, and anything that is one
/// short piece over and over or a row of the keyboard.
/// </summary>
internal static class CommonPasswords
{
    private const int ShortPiece = 4;

    private static readonly string[] Rows = ["01234567890123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "QWERTYUIOPASDFGHJKLZXCVBNM", "QAZWSXEDCRFVTGBYHNUJMIKOLP", "1QAZ2WSX3EDC4RFV5TGB6YHN7UJM", "1Q2W3E4R5T6Y7U8I9O0P"];
    private static readonly FrozenSet<string> Listed = Read();

    /// <param name="plain">In capitals and one Unicode form.</param>
    public static bool Contains(string plain) => Listed.Contains(plain) || Listed.Contains(Core(plain)) || Repeats(plain) || IsRow(plain);

    /// <summary>Without the digits and marks that are put around a word: PASSWORD2024! is PASSWORD.</summary>
    private static string Core(string plain)
    {
        var start = 0;
        var end = plain.Length;
        while (start < end && !char.IsLetter(plain[start])) start++;
        while (end > start && !char.IsLetter(plain[end - 1])) end--;
        // What is around it may itself be what makes it good: a few characters are not.
        return plain.Length - (end - start) <= 6 ? plain[start..end] : plain;
    }

    /// <summary>A piece of the list or of a few characters, again and again.</summary>
    private static bool Repeats(string plain)
    {
        for (var length = 1; length <= plain.Length / 2; length++)
        {
            var same = true;
            for (var i = length; i < plain.Length && same; i++) same = plain[i] == plain[i - length];
            if (same) return length <= ShortPiece || Listed.Contains(plain[..length]);
        }
        return false;
    }

    private static bool IsRow(string plain) => Rows.Any(row => row.Contains(plain, StringComparison.Ordinal) || Reversed(row).Contains(plain, StringComparison.Ordinal));

    private static string Reversed(string row) => new([.. row.Reverse()]);

    private static FrozenSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(w => w.ToUpperInvariant()).ToFrozenSet();
    }
}
