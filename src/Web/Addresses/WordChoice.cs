namespace ResourceHub.Web.Addresses;

/// <summary>What the reader said of a recognised word, as it stands in an address: <c>word=GRADE.g7.FILTER</c>.</summary>
public sealed record WordChoice(string Field, string Code, string Mode)
{
    public const string Name = "word";
    public const string Boost = "BOOST", Filter = "FILTER", Off = "OFF";

    private const int Longest = 120;
    private static readonly string[] Fields = ["STAGE", "GRADE", "SUBJECT", "EDITION", "VOLUME", "KIND", "SCHOOL", "SCHOOL_YEAR"];

    /// <summary>Null for what says nothing.</summary>
    public static WordChoice? Read(string? said)
        => said is { Length: <= Longest } && said.Split('.') is [var field, { Length: > 0 } code, Boost or Filter or Off] && Fields.Contains(field) ? new(field, code, said.Split('.')[2]) : null;

    public override string ToString() => $"{Field}.{Code}.{Mode}";
}
