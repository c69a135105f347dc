using System.Text.RegularExpressions;
using ResourceHub.Web.Hub;

namespace ResourceHub.Web.Language;

/// <summary>The audit log writes codes, such as MetadataIncomplete; the pages have words for them.</summary>
public static partial class AuditWording
{
    extension(Texts t)
    {
        /// <summary>Codes stand first in what these actions say; what people wrote, such as a title or a name, follows and stays as it is.</summary>
        public string? Detail(AuditEvent line) => line switch
        {
            { Detail: null } => null,
            { Action: "shared" or "unshared" or "submitted" or "approved" or "published" or "visibility-changed" or "consent-recorded" } => Code().Replace(line.Detail, t.Word, 1),
            { Action: "invitation-made" or "invitation-used" or "invitation-revoked" or "role-changed" } => Code().Replace(line.Detail, t.Word, 2),
            { Action: "returned" } => Code().Replace(line.Detail, t.Word),
            _ => line.Detail,
        };

        private string Word(Match found)
        {
            var code = Hump().Replace(found.Value, "_$1").ToUpperInvariant();
            return t.Find("visibility." + code) ?? t.Find("reason." + code) ?? t.Find("people.role." + code) ?? t.Find("audit.code." + code) ?? found.Value;
        }
    }

    [GeneratedRegex(@"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b")]
    private static partial Regex Code();

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Hump();
}
