namespace ResourceHub.Core.Changes;

/// <summary>变动的种类。What happened.</summary>
public enum ChangeKind
{
    /// <summary>新建。Made.</summary>
    Created,

    /// <summary>有改动。Changed, or open to others than before.</summary>
    Changed,

    /// <summary>共享给此结对。Shared with this partnership.</summary>
    Shared,

    /// <summary>不再共享给此结对。No longer shared with this partnership.</summary>
    Unshared,

    /// <summary>已撤回、已删除，或不再对您开放。Withdrawn, deleted, or no longer open to who asks.</summary>
    Withdrawn,

    /// <summary>提出结对。A partnership was proposed.</summary>
    Proposed,

    /// <summary>一所学校同意结对。A school accepted.</summary>
    Accepted,

    /// <summary>一所学校谢绝结对。A school declined.</summary>
    Declined,

    /// <summary>结对结束。The partnership ended.</summary>
    Ended,

    /// <summary>一所学校改编了它。A school made its own version of it.</summary>
    Adapted,

    /// <summary>一所学校采纳了它的改动。A school took over a change of it.</summary>
    Taken,

    /// <summary>一所学校没有采纳它的改动。A school declined a change of it.</summary>
    NotTaken,
}

/// <summary>
/// An entry of what happened, in the order it was committed. Of a resource there is one, its latest, which moves to the end when it changes again; of a
/// partnership all are kept.
/// </summary>
public sealed class Change
{
    /// <summary>Grows with each entry; gaps are usual.</summary>
    public long Seq { get; init; }

    public ChangeKind Kind { get; init; }
    public Guid? ResourceId { get; init; }

    /// <summary>The lesson, course or collection; null when it is about something else.</summary>
    public Guid? PackId { get; init; }

    /// <summary>Null for the entry of the resource itself.</summary>
    public Guid? PartnershipId { get; init; }

    /// <summary>The school that did it.</summary>
    public Guid? SchoolId { get; init; }

    public DateTime At { get; init; }
}

/// <summary>
/// Who could see a resource once and may not see it now: those are told that it is gone, nobody else, and only once. What happens to it later is not theirs
/// to notice, so this keeps its own place among the changes and does not move with the resource's entry. It goes when the token opens the resource again.
/// </summary>
public sealed class ChangeReader
{
    public Guid ResourceId { get; init; }

    /// <summary>A token of <c>ResourceAccess</c>.</summary>
    public required string Token { get; init; }

    /// <summary>The change that closed it.</summary>
    public long Seq { get; init; }

    public DateTime At { get; init; }
}

/// <summary>
/// A resource that was closed to somebody, until the index knows: searches leave it out. That the record decides at each request would not be enough,
/// because totals and facets are counted by the index.
/// </summary>
public sealed class Narrowing
{
    public Guid ResourceId { get; init; }

    /// <summary>The revision that the index must have.</summary>
    public long Revision { get; init; }
}
