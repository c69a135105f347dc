using ResourceHub.Api.GraphQL;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Resources;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Text;

namespace ResourceHub.Api.Lessons;

/// <summary>What lessons, courses and collections are chosen by alike. Fields are AND, the values of one field OR.</summary>
public abstract record PackFilter
{
    /// <summary>标题包含的文字。Words in the title.</summary>
    public string? Text { get; init; }

    /// <summary>学段代码。Codes of stages.</summary>
    public IReadOnlyList<string>? Stage { get; init; }

    /// <summary>年级代码。Codes of grades.</summary>
    public IReadOnlyList<string>? Grade { get; init; }

    /// <summary>学科代码。Codes of subjects.</summary>
    public IReadOnlyList<string>? Subject { get; init; }

    /// <summary>所属学校。The schools that own them.</summary>
    [ID<School>]
    public IReadOnlyList<Guid>? School { get; init; }

    /// <summary>共享给这些结对的；仅其成员可用。Shared with these partnerships; for their members.</summary>
    [ID<Partnership>]
    public IReadOnlyList<Guid>? Partnership { get; init; }

    /// <summary>状态。Their states.</summary>
    public IReadOnlyList<ResourceState>? State { get; init; }

    /// <summary>只要您创建的。Only those you created.</summary>
    public bool? Mine { get; init; }

    protected IQueryable<T> Common<T>(IQueryable<T> packs, Viewer viewer) where T : Pack
    {
        if (CleanText.Line(Text) is { } text) packs = packs.Where(p => p.Title.Contains(text));
        if (Stage is { Count: > 0 }) packs = packs.Where(p => Stage.Contains(p.Stage!));
        if (Grade is { Count: > 0 }) packs = packs.Where(p => Grade.Contains(p.Grade!));
        if (Subject is { Count: > 0 }) packs = packs.Where(p => Subject.Contains(p.Subject!));
        if (School is { Count: > 0 }) packs = packs.Where(p => School.Contains(p.SchoolId));
        if (Partnership is { Count: > 0 })
        {
            // Through a partnership of others nothing is found: with whom something is shared is not theirs to know.
            var known = viewer.IsHubAdmin ? Partnership : [.. Partnership.Where(viewer.Partnerships.Contains)];
            packs = packs.Where(p => p.Visibility == Visibility.Partners && p.Shares.Any(s => known.Contains(s.PartnershipId)));
        }
        if (State is { Count: > 0 }) packs = packs.Where(p => State.Contains(p.State));
        return Mine == true ? packs.Where(p => p.CreatedBy == viewer.ActorId) : packs;
    }
}
