using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Resources;

/// <summary>可见范围，从窄到宽。Who may see it, from narrow to wide.</summary>
public enum Visibility
{
    /// <summary>仅自己。Its creator and the school's admins.</summary>
    Private,

    /// <summary>本校。The owner school.</summary>
    School,

    /// <summary>指定的结对。Members of the partnerships it is shared with, while they are in force.</summary>
    Partners,

    /// <summary>全部登录用户。Everybody who is signed in.</summary>
    Members,

    /// <summary>公开。Everybody.</summary>
    Public,
}

/// <summary>资源的状态。Where a resource is on its way.</summary>
public enum ResourceState
{
    /// <summary>草稿。A draft.</summary>
    Draft,

    /// <summary>待审。Waiting for the school's review.</summary>
    InReview,

    /// <summary>已发布。Published: seen by whom its visibility says.</summary>
    Published,

    /// <summary>已撤回。Taken back by the school.</summary>
    Withdrawn,

    /// <summary>已删除。Deleted: nobody sees it; copies keep their lineage.</summary>
    Deleted,
}

/// <summary>What is shared: a lesson plan, slides, a video … with its files and versions. Only the owner school changes it; others adapt.</summary>
public sealed class Resource : IHasId
{
    public const int TitleLimit = 200;
    public const int DescriptionLimit = 4000;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid SchoolId { get; init; }
    public School? School { get; init; }

    /// <summary>The person or key that created it: alone sees it while it is PRIVATE.</summary>
    public Guid CreatedBy { get; init; }

    public required string Title { get; set => field = Guard.Text(value, TitleLimit, "A resource needs a title"); }
    public string? Description { get; set; }
    public required string Kind { get; set; }
    public string? Stage { get; set; }
    public List<string> Grades { get; set; } = [];
    public string? Subject { get; set; }
    public string? Edition { get; set; }
    public string? Volume { get; set; }
    public string? Chapter { get; set; }

    /// <summary>The chapter of the textbook catalogue; a node's id stays when its catalogue is loaded again.</summary>
    public Guid? ChapterId { get; set; }

    public string Language { get; set; } = "zh-CN";
    public string? Licence { get; set; }
    public List<string> Keywords { get; set; } = [];
    public List<Contributor> Contributors { get; set; } = [];

    public ResourceState State { get; private set; } = ResourceState.Draft;
    public Visibility Visibility { get; private set; } = Visibility.Private;
    public List<ResourceShare> Shares { get; init; } = [];
    public List<ResourceFile> Files { get; init; } = [];

    /// <summary>The current version's number; every change of files or metadata makes a new one.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Grows with every change that a search can see; the index keeps the highest, so late writes never win.</summary>
    public long Revision { get; private set; } = 1;

    /// <summary>Whether pupils can be seen or heard; null while nobody has said.</summary>
    public bool? ShowsPupils { get; set; }

    /// <summary>When what opens it beyond the school ends, which is the end of a consent; null for no end. A sweep then closes it to the school.</summary>
    public DateTime? OpenUntil { get; set; }

    /// <summary>The version that the school's review last approved.</summary>
    public int? ReviewedVersion { get; set; }

    /// <summary>What it was adapted from, at which version.</summary>
    public Guid? BasedOnId { get; init; }

    public int? BasedOnVersion { get; init; }

    /// <summary>How far its source was open to the school when it was adapted; null for what the school made itself.</summary>
    public Received? Received { get; init; }

    public long Downloads { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; private set; }
    public DateTime? PublishedAt { get; private set; }
    public DateTime? WithdrawnAt { get; private set; }

    /// <summary>The files of the current version.</summary>
    public IEnumerable<ResourceFile> CurrentFiles => Files.Where(f => f.RemovedIn == null).OrderBy(f => f.AddedIn).ThenBy(f => f.Id);

    /// <summary>Notes a change that makes a new version, and returns the entry of its history.</summary>
    public ResourceVersion NewVersion(Guid by, string what, DateTime utcNow, string? why = null)
    {
        Version++;
        Touch(utcNow);
        return ResourceVersion.Of(this, by, what, utcNow, why);
    }

    /// <summary>Notes a change that a search must see but that is no new version, such as text read from a file.</summary>
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

    public void Narrow(Visibility visibility, DateTime utcNow)
    {
        Visibility = visibility;
        Touch(utcNow);
    }

    /// <summary>Shares with exactly these partnerships. Needs the shares.</summary>
    public void ShareWith(IReadOnlyCollection<Guid> partnerships, DateTime utcNow)
    {
        Shares.RemoveAll(s => !partnerships.Contains(s.PartnershipId));
        Shares.AddRange(partnerships.Except(Shares.Select(s => s.PartnershipId)).ToList().ConvertAll(p => new ResourceShare { ResourceId = Id, PartnershipId = p, SharedAt = utcNow }));
    }

    public void Submit(DateTime utcNow)
    {
        State = ResourceState.InReview;
        Touch(utcNow);
    }

    /// <summary>Back to its author: returned by the review, taken back from it, or made a draft again after it was withdrawn.</summary>
    public void Return(DateTime utcNow)
    {
        State = ResourceState.Draft;
        WithdrawnAt = null;
        Touch(utcNow);
    }

    /// <summary>Closes what is open wider than the school; with whom it was shared is forgotten. Needs the shares.</summary>
    public void CloseToSchool(DateTime utcNow)
    {
        OpenUntil = null;
        Shares.Clear();
        if (Visibility > Visibility.School) Visibility = Visibility.School;
        Touch(utcNow);
    }

    /// <summary>Needs the shares.</summary>
    public void Delete(DateTime utcNow)
    {
        State = ResourceState.Deleted;
        WithdrawnAt ??= utcNow;
        OpenUntil = null;
        Shares.Clear();
        Touch(utcNow);
    }

    public void Withdraw(DateTime utcNow)
    {
        State = ResourceState.Withdrawn;
        WithdrawnAt = utcNow;
        Touch(utcNow);
    }
}

/// <summary>Who made it, as written by the school: a name and a role such as author or teacher.</summary>
public sealed record Contributor(string Name, string Role);

/// <summary>A resource shared with one partnership.</summary>
public sealed class ResourceShare
{
    public Guid ResourceId { get; init; }
    public Guid PartnershipId { get; init; }
    public DateTime SharedAt { get; init; }
}
