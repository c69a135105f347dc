using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Lessons;
using ResourceHub.Core.People;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Resources;

/// <summary>Says who sees a resource, lesson, course or collection now, so that a person who shares knows what was done. To other schools it says what is theirs to know.</summary>
public sealed class ResourceAudience(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    /// <summary>What the words are made of.</summary>
    private sealed record Open(Guid Id, Guid SchoolId, ResourceState State, Visibility Visibility, DateTime? Until);

    private sealed record Share(Guid Of, Guid PartnershipId);

    /// <summary>As many statements for a list as for one.</summary>
    public Task<IReadOnlyDictionary<Guid, string>> DescribeAsync(Viewer viewer, IReadOnlyCollection<Resource> resources, CancellationToken ct)
        => DescribeAsync(viewer, [.. resources.Select(r => new Open(r.Id, r.SchoolId, r.State, r.Visibility, r.OpenUntil))],
            (db, shared) => db.ResourceShares.Where(s => shared.Contains(s.ResourceId)).Select(s => new Share(s.ResourceId, s.PartnershipId)), ct);

    /// <summary>The same for lessons, courses and collections.</summary>
    public Task<IReadOnlyDictionary<Guid, string>> DescribeAsync(Viewer viewer, IReadOnlyCollection<Pack> packs, CancellationToken ct)
        => DescribeAsync(viewer, [.. packs.Select(p => new Open(p.Id, p.SchoolId, p.State, p.Visibility, null))],
            (db, shared) => db.Set<PackShare>().Where(s => shared.Contains(s.PackId)).Select(s => new Share(s.PackId, s.PartnershipId)), ct);

    private async Task<IReadOnlyDictionary<Guid, string>> DescribeAsync(Viewer viewer, List<Open> things, Func<HubDb, Guid[], IQueryable<Share>> sharesOf, CancellationToken ct)
    {
        Guid[] shared = [.. things.Where(r => r is { State: ResourceState.Published, Visibility: Visibility.Partners }).Select(r => r.Id)];
        await using var db = await databases.CreateDbContextAsync(ct);
        var shares = shared.Length == 0 ? [] : await sharesOf(db, shared).ToListAsync(ct);
        var ids = shares.Select(s => s.PartnershipId).Distinct().ToArray();
        var open = ids.Length == 0 ? [] : await db.Partnerships.AsNoTracking().Include(p => p.Members).InForceOn(clock.Today()).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var schoolIds = open.Values.SelectMany(p => p.Members.Select(m => m.SchoolId)).Union(things.Select(r => r.SchoolId)).ToArray();
        var schools = await db.Schools.Where(s => schoolIds.Contains(s.Id)).Select(s => new { s.Id, s.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var ofThing = shares.ToLookup(s => s.Of, s => open.GetValueOrDefault(s.PartnershipId));
        return things.DistinctBy(r => r.Id).ToDictionary(r => r.Id, r => Describe(r, viewer, ResourceAccess.SharesKnownTo(r.SchoolId, viewer, [.. ofThing[r.Id].OfType<Partnership>()]), schools));
    }

    private static string Describe(Open r, Viewer viewer, IReadOnlyList<Partnership> open, Dictionary<Guid, string> schools)
    {
        var said = r switch
        {
            { State: not ResourceState.Published } => "尚未发布：仅创建者与本校管理员可见。Not published: its creator and the school's admins see it.",
            { Visibility: Visibility.Private } => "仅创建者与本校管理员可见。Its creator and the school's admins see it.",
            { Visibility: Visibility.Members } => "全部登录用户可见。Everybody who is signed in sees it.",
            { Visibility: Visibility.Public } => "所有人可见。Everybody sees it.",
            { Visibility: Visibility.Partners } when open.Count > 0 => Partners(r.SchoolId, open, schools),
            { Visibility: Visibility.Partners } => $"共享的结对均已失效：仅{schools[r.SchoolId]}的教师可见。No partnership that it is shared with is in force: only teachers of {schools[r.SchoolId]} see it.",
            _ => $"{schools[r.SchoolId]}的教师可见。Teachers of {schools[r.SchoolId]} see it.",
        };
        if (r is not { State: ResourceState.Published, Visibility: > Visibility.School, Until: { } until } || !viewer.IsOf(r.SchoolId)) return said;
        var last = SchoolDay.Of(until).AddDays(-1);
        return $"{said} 学生出镜的同意书有效至 {last:yyyy-MM-dd}，之后仅本校可见。The consent of those who can be seen ends on {last:yyyy-MM-dd}; then only the school sees it.";
    }

    private static string Partners(Guid owner, IReadOnlyList<Partnership> open, Dictionary<Guid, string> schools)
    {
        List<string> names =
        [
            .. open.SelectMany(p => p.Members.Select(m => m.SchoolId)).Distinct().OrderBy(s => s != owner).ThenBy(s => schools[s], StringComparer.Ordinal).Select(s => schools[s]),
        ];
        var ordered = open.OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        var zh = string.Join("；", ordered.Select(p => $"“{p.Name}”{(p.Until is { } until ? $"有效至 {until:yyyy-MM-dd}" : "长期有效")}"));
        var en = string.Join("; ", ordered.Select(p => $"\"{p.Name}\" {(p.Until is { } until ? $"is in force until {until:yyyy-MM-dd}" : "has no end")}"));
        return $"{string.Join("、", names)}的教师可见：{zh}。Teachers of {string.Join(", ", names)} see it: {en}.";
    }
}
