using ResourceHub.Core.Text;

namespace ResourceHub.Core.People;

public static class UserNames
{
    /// <summary>The same name however it was typed: without case and width, so that no two look alike. Null when nothing readable is left.</summary>
    public static string? Fold(string? typed) => CleanText.Line(typed) is { } clean ? UnicodeForms.Nfkc(UnicodeForms.Nfkc(clean).ToUpperInvariant()) : null;
}
