namespace ResourceHub.Web.Hub;

/// <summary>What an administrator looks for in the audit log, as the actions it is written under.</summary>
public static class AuditGroups
{
    public static readonly IReadOnlyDictionary<string, string[]> All = new Dictionary<string, string[]>
    {
        ["sign-in"] = ["sign-in", "sign-out", "password-changed"],
        ["refused"] = ["forbidden", "not-authenticated"],
        ["people"] = ["invitation-made", "invitation-used", "invitation-revoked", "role-changed", "moved", "left"],
        ["keys"] = ["key-made", "key-revoked"],
        ["sharing"] = ["published", "shared", "unshared", "visibility-changed", "adapted", "withdrawn", "restored", "deleted"],
        ["review"] = ["submitted", "recalled", "approved", "returned"],
        ["consent"] = ["pupils-marked", "consent-recorded", "consent-withdrawn", "consent-expired"],
        ["partnerships"] = ["partnership-proposed", "partnership-accepted", "partnership-declined", "partnership-made", "partnership-ended", "agreement-attached"],
        ["files"] = ["downloaded", "exported"],
        ["schools"] = ["school-made", "school-changed"],
    };
}
