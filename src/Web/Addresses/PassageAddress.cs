using System.Globalization;
using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Addresses;

/// <summary>The address that opens a file's text at a place: <c>/resources/ID?file=ID&amp;at=slide-3&amp;q=words#passage</c>.</summary>
public static class PassageAddress
{
    private const string Text = "text";

    public static string? Of(string resourceId, string? fileId, Place? place, string? words = null)
    {
        if (fileId is null || At(place) is not { } at) return null;
        var q = string.IsNullOrEmpty(words) ? "" : "&q=" + Uri.EscapeDataString(words);
        return $"{ResourceAddress.Of(resourceId)}?file={Uri.EscapeDataString(fileId)}&at={Uri.EscapeDataString(at)}{q}#passage";
    }

    public static string? At(Place? place) => place switch
    {
        { Slide: { } slide } => $"slide-{slide}",
        { Page: { } page } => $"page-{page}",
        { Second: { } second } => string.Create(CultureInfo.InvariantCulture, $"second-{second}"),
        { Sheet: { } sheet } => $"sheet-{sheet}",
        { } => Text,
        null => null,
    };

    /// <summary>Null when it is no place.</summary>
    public static Place? Read(string? at)
    {
        if (at == Text) return Place.Whole;
        if (at is not { Length: <= 200 } || at.IndexOf('-') is not (> 0 and var dash)) return null;
        var value = at[(dash + 1)..];
        return at[..dash] switch
        {
            "slide" when int.TryParse(value, out var slide) => new Place(null, slide, null, null),
            "page" when int.TryParse(value, out var page) => new Place(page, null, null, null),
            "second" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var second) && double.IsFinite(second) => new Place(null, null, second, null),
            "sheet" when value.Length > 0 => new Place(null, null, null, value),
            _ => null,
        };
    }
}

public static class ResourceAddress
{
    public static string Of(string id) => "/resources/" + Uri.EscapeDataString(id);

    public static string Edit(string id) => Of(id) + "/edit";
}
