namespace ResourceHub.Web.Addresses;

public static class PartnershipAddress
{
    public static string Of(string id) => "/partnerships/" + Uri.EscapeDataString(id);
}
