using System.Text.RegularExpressions;

namespace ResourceHub.Tests;

/// <summary>Every error names its request; where two answers are to be the same, that is all they may differ in.</summary>
internal static partial class RequestNumbers
{
    public static string WithoutRequestNumber(this string answer) => Number().Replace(answer, "\"requestId\":\"\"");

    [GeneratedRegex("\"requestId\":\"[0-9a-f]{32}\"")]
    private static partial Regex Number();
}
