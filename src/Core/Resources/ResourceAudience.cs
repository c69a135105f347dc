using Microsoft.EntityFrameworkCore;
using ResourceHub.Core.Schools;

namespace ResourceHub.Core.Resources;

/// <summary>Says who sees a resource now, so that a person who shares knows what was done.</summary>
public sealed class ResourceAudience(IDbContextFactory<HubDb> databases, TimeProvider clock)
{
    public async Task<string> DescribeAsync(Resource resource, CancellationToken ct) => resource switch
    {
        { State: not ResourceState.Published } => "尚未发布：仅创建者与本校管理员可见。Not published: its creator and the school's admins see it.",
        { Visibility: Visibility.Private } => "仅创建者与本校管理员可见。Its creator and the school's admins see it.",
        { Visibility: Visibility.School } => "本校教师可见。The school's own people see it.",
        { Visibility: Visibility.Members } => "全部登录用户可见。Everybody who is signed in sees it.",
        { Visibility: Visibility.Public } => "所有人可见。Everybody sees it.",
        _ => await PartnersAsync(resource, ct),
    };

    private async Task<string> PartnersAsync(Resource resource, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var open = db.Partnerships.InForceOn(clock.Today()).Where(p => db.ResourceShares.Any(s => s.ResourceId == resource.Id && s.PartnershipId == p.Id));
        var schools = await db.Schools.Where(s => open.Any(p => p.Members.Any(m => m.SchoolId == s.Id))).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(ct);
        return $"在结对有效期内，以下学校可见：{string.Join("、", schools)}。While the partnership is in force these schools see it: {string.Join(", ", schools)}.";
    }
}
