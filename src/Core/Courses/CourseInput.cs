using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;
using ResourceHub.Core.Taxonomy;
using ResourceHub.Core.Text;

namespace ResourceHub.Core.Courses;

/// <summary>What a school says about a course.</summary>
public record CourseInput : PackInput
{
    private const int FollowersLimit = 50;

    public string? SchoolYear { get; init; }
    public string? Term { get; init; }
    public string? Edition { get; init; }
    public string? Volume { get; init; }
    public Guid? LeadSchoolId { get; init; }
    public IReadOnlyList<Guid>? FollowerIds { get; init; }

    public override void Check(List<Problem> problems)
    {
        base.Check(problems);
        Terms.Check(Vocabulary.Edition, Edition, "edition", problems);
        Terms.Check(Vocabulary.Volume, Volume, "volume", problems);
        Limit(SchoolYear, "schoolYear", ShortLimit, problems);
        Limit(Term, "term", ShortLimit, problems);
        if (FollowerIds?.Count > FollowersLimit) problems.Add(new Problem("TOO_MANY", $"跟随学校最多 {FollowersLimit} 所。At most {FollowersLimit} schools follow a course.", "followerIds"));
    }

    /// <summary>Writes what was given onto the course. That another school leads or follows is said only of one's own partners.</summary>
    public async Task ApplyToAsync(HubDb db, Viewer viewer, Course c, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        await CheckSchoolsAsync(db, viewer, c, now, problems, ct);
        ApplyWords(c);
        if (SchoolYear is not null) c.SchoolYear = CleanText.Line(SchoolYear);
        if (Term is not null) c.Term = CleanText.Line(Term);
        if (Edition is not null) c.Edition = OrNull(Edition);
        if (Volume is not null) c.Volume = OrNull(Volume);
        if (LeadSchoolId is not null) c.LeadSchoolId = LeadSchoolId;
        if (FollowerIds is null) return;
        c.Followers.RemoveAll(f => !FollowerIds.Contains(f.SchoolId));
        c.Followers.AddRange(FollowerIds.Except(c.Followers.Select(f => f.SchoolId)).ToList().ConvertAll(s => new CourseFollower { CourseId = c.Id, SchoolId = s }));
    }

    private async Task CheckSchoolsAsync(HubDb db, Viewer viewer, Course c, DateTime now, List<Problem> problems, CancellationToken ct)
    {
        Guid[] named = [.. (FollowerIds ?? []).Append(LeadSchoolId ?? c.SchoolId).Distinct().Except(c.Followers.Select(f => f.SchoolId)).Where(s => s != c.SchoolId && s != c.LeadSchoolId)];
        if (named.Length == 0) return;
        var known = (viewer.IsHubAdmin
            ? await db.Schools.Where(s => named.Contains(s.Id)).Select(s => s.Id).ToListAsync(ct)
            : await db.Partnerships.InForceOn(SchoolDay.Of(now)).Where(p => p.Members.Any(m => m.SchoolId == c.SchoolId)).SelectMany(p => p.Members).Where(m => named.Contains(m.SchoolId)).Select(m => m.SchoolId).ToListAsync(ct)).ToHashSet();
        if (LeadSchoolId is { } lead && named.Contains(lead) && !known.Contains(lead)) problems.Add(NotAPartner("leadSchoolId"));
        for (var n = 0; n < FollowerIds?.Count; n++)
            if (named.Contains(FollowerIds[n]) && !known.Contains(FollowerIds[n])) problems.Add(NotAPartner("followerIds", $"{n}"));
    }

    private static Problem NotAPartner(params string[] path)
        => new("NOT_A_PARTNER", "只能写明与本校有有效结对的学校。Only schools that yours has a partnership with, in force, can be named.", path);
}

public sealed record NewCourse : CourseInput
{
    public required Guid SchoolId { get; init; }
    public IReadOnlyList<GivenUnit> Units { get; init; } = [];
}
