namespace ResourceHub.Core.Resources;

/// <summary>How wide something is to be opened: to whom, and for PARTNERS through which partnerships.</summary>
public sealed record Opening(Visibility Visibility, IReadOnlyList<Guid> Partnerships)
{
    public static Opening To(Visibility visibility) => new(visibility, []);

    public static Opening Through(IEnumerable<Guid> partnerships) => new(Visibility.Partners, [.. partnerships.Distinct()]);

    /// <summary>As it is now. Needs the shares.</summary>
    public static Opening Of(Resource r) => r.Visibility == Visibility.Partners ? Through(r.Shares.Select(s => s.PartnershipId)) : To(r.Visibility);
}

/// <summary>Visibilities in the middle of a sentence.</summary>
internal static class Words
{
    public static string Zh(Visibility visibility) => visibility switch
    {
        Visibility.Private => "创建者",
        Visibility.School => "本校",
        Visibility.Partners => "结对学校",
        Visibility.Members => "登录用户",
        _ => "所有人",
    };

    public static string En(Visibility visibility) => visibility switch
    {
        Visibility.Private => "its creator",
        Visibility.School => "the school",
        Visibility.Partners => "partner schools",
        Visibility.Members => "signed-in people",
        _ => "everybody",
    };
}
