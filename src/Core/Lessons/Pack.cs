using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Lessons;

/// <summary>
/// What puts resources or lessons in an order and is shared as a whole: a lesson, a course, a collection. It has a visibility of its own, which never
/// opens what is in it: each part is seen by whom the part's own visibility says.
/// </summary>
public abstract class Pack : IHasId
{
    public const int TitleLimit = Resource.TitleLimit;
    public const int DescriptionLimit = Resource.DescriptionLimit;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid SchoolId { get; init; }
    public School? School { get; init; }

    /// <summary>The person or key that created it: alone sees it while it is PRIVATE.</summary>
    public Guid CreatedBy { get; init; }

    public required string Title { get; set => field = Guard.Text(value, TitleLimit, "A lesson, course or collection needs a title"); }
    public string? Description { get; set; }
    public string? Stage { get; set; }
    public string? Grade { get; set; }
    public string? Subject { get; set; }

    public ResourceState State { get; private set; } = ResourceState.Draft;
    public Visibility Visibility { get; private set; } = Visibility.Private;
    public List<PackShare> Shares { get; init; } = [];

    /// <summary>The current version's number; every change of what it says or holds makes a new one.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Grows with every change, also of who sees it; two who change it at once are told apart by it.</summary>
    public long Revision { get; private set; } = 1;

    /// <summary>What it was adapted from, at which version.</summary>
    public Guid? BasedOnId { get; init; }

    public int? BasedOnVersion { get; init; }

    /// <summary>How far its source was open to the school when it was adapted; null for what the school made itself.</summary>
    public Received? Received { get; init; }

    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public DateTime? PublishedAt { get; private set; }
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>Notes a change that makes a new version; its entry of the history is the caller's to add.</summary>
    public void NewVersion(DateTime utcNow)
    {
        Version++;
        Touch(utcNow);
    }

    public void Touch(DateTime utcNow)
    {
        Revision++;
        UpdatedAt = utcNow;
    }

    public void Publish(Visibility visibility, DateTime utcNow)
    {
        State = ResourceState.Published;
        Visibility = visibility;
        PublishedAt ??= utcNow;
        WithdrawnAt = null;
        Touch(utcNow);
    }

    /// <summary>Shares with exactly these partnerships. Needs the shares.</summary>
    public void ShareWith(IReadOnlyCollection<Guid> partnerships, DateTime utcNow)
    {
        Shares.RemoveAll(s => !partnerships.Contains(s.PartnershipId));
        Shares.AddRange(partnerships.Except(Shares.Select(s => s.PartnershipId)).ToList().ConvertAll(p => new PackShare { PackId = Id, PartnershipId = p, SharedAt = utcNow }));
    }

    /// <summary>A draft again, seen by its makers only.</summary>
    public void Return(DateTime utcNow)
    {
        State = ResourceState.Draft;
        WithdrawnAt = null;
        Touch(utcNow);
    }

    public void Withdraw(DateTime utcNow)
    {
        State = ResourceState.Withdrawn;
        WithdrawnAt = utcNow;
        Touch(utcNow);
    }

    /// <summary>Needs the shares.</summary>
    public void Delete(DateTime utcNow)
    {
        State = ResourceState.Deleted;
        WithdrawnAt ??= utcNow;
        Shares.Clear();
        Touch(utcNow);
    }
}

/// <summary>A pack shared with one partnership.</summary>
public sealed class PackShare
{
    public Guid PackId { get; init; }
    public Guid PartnershipId { get; init; }
    public DateTime SharedAt { get; init; }
}

/// <summary>One entry of a pack's history: who changed what, when and why, with all that it held.</summary>
public sealed class PackVersion
{
    public Guid PackId { get; init; }
    public int Number { get; init; }
    public DateTime At { get; init; }
    public Guid By { get; init; }

    /// <summary>created, adapted, metadata, parts, taken, restored.</summary>
    public required string What { get; init; }

    /// <summary>In the words of who changed it; null when nothing was said.</summary>
    public string? Why { get; init; }

    /// <summary>Its fields and parts as JSON, for viewing, comparing and restoring.</summary>
    public required string Content { get; init; }
}
