namespace ResourceHub.Core.Audit;

/// <summary>What is written down. The words are part of the log's format and of <c>auditEvents</c>' filter: they do not change.</summary>
public static class AuditActions
{
    public const string SignIn = "sign-in";
    public const string SignOut = "sign-out";
    public const string PasswordChanged = "password-changed";

    /// <summary>A valid caller asked for what they may not do.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>A key, session or token that does not open anything.</summary>
    public const string NotAuthenticated = "not-authenticated";

    public const string InvitationMade = "invitation-made";
    public const string InvitationUsed = "invitation-used";
    public const string InvitationRevoked = "invitation-revoked";
    public const string RoleChanged = "role-changed";
    public const string Moved = "moved";
    public const string Left = "left";
    public const string KeyMade = "key-made";
    public const string KeyRevoked = "key-revoked";
    public const string CatalogueLoaded = "catalogue-loaded";
    public const string SchoolMade = "school-made";
    public const string SchoolChanged = "school-changed";
    public const string PartnershipProposed = "partnership-proposed";
    public const string PartnershipAccepted = "partnership-accepted";
    public const string PartnershipDeclined = "partnership-declined";
    public const string PartnershipMade = "partnership-made";
    public const string PartnershipEnded = "partnership-ended";
    public const string AgreementAttached = "agreement-attached";
    public const string Submitted = "submitted";
    public const string Recalled = "recalled";
    public const string Approved = "approved";
    public const string Returned = "returned";
    public const string Published = "published";
    public const string Shared = "shared";
    public const string Unshared = "unshared";
    public const string VisibilityChanged = "visibility-changed";
    public const string Adapted = "adapted";
    public const string ChangeTaken = "change-taken";
    public const string ChangeDeclined = "change-declined";

    /// <summary>Somebody said whether pupils can be seen.</summary>
    public const string PupilsMarked = "pupils-marked";

    public const string ConsentRecorded = "consent-recorded";
    public const string ConsentWithdrawn = "consent-withdrawn";
    public const string ConsentExpired = "consent-expired";
    public const string Withdrawn = "withdrawn";
    public const string Restored = "restored";
    public const string Deleted = "deleted";

    /// <summary>A file that is not open to all members was read.</summary>
    public const string Downloaded = "downloaded";

    public const string Exported = "exported";
}
