namespace ResourceHub.Web.Addresses;

public static class LessonAddress
{
    public static string Of(string id) => "/lessons/" + Uri.EscapeDataString(id);
}

/// <summary>The textbooks, and one place in them.</summary>
public static class CatalogueAddress
{
    public const string All = "/catalogue";

    public static string Of(string id) => $"{All}/{Uri.EscapeDataString(id)}";
}
