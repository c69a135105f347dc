namespace ResourceHub.Host.Demo;

/// <summary>What seeding did, for the person who started the demonstration.</summary>
/// <param name="AlreadyThere">Seeded at an earlier start: nothing was changed.</param>
/// <param name="Notes">What was left out and why, such as videos where there is no ffmpeg.</param>
public sealed record DemoReport(
    bool AlreadyThere, int Schools, int Partnerships, int Resources, int Files, string AdminKey, IReadOnlyList<DemoKey> Keys, IReadOnlyList<DemoAccount> Accounts,
    IReadOnlyList<string> Notes, TimeSpan Took)
{
    public void Print(TextWriter to)
    {
        to.WriteLine(AlreadyThere
            ? "演示数据已在库中，未作改动。The demonstration data is there already; nothing was changed."
            : $"演示数据就绪：{Schools} 所学校，{Partnerships} 个结对与联盟，{Resources} 个资源，{Files} 个文件（{Took.TotalSeconds:0.0} 秒）。Ready: {Schools} schools, {Partnerships} partnerships, {Resources} resources, {Files} files.");
        foreach (var note in Notes) to.WriteLine(note);
        if (Accounts.Count > 0)
        {
            to.WriteLine("演示账号，在 /sign-in 登录。Demo accounts, to sign in at /sign-in:");
            foreach (var school in Accounts.GroupBy(a => a.School).OrderBy(g => g.Key is not null))
                to.WriteLine($"  {school.Key ?? "平台 the hub"}  {string.Join("   ", school.Select(a => $"{a.UserName} {a.Password}"))}");
        }
        to.WriteLine("演示密钥，用法 Authorization: Bearer <密钥>。Demo keys, sent as Authorization: Bearer <key>:");
        to.WriteLine($"  {AdminKey}  平台管理员 hub admin");
        foreach (var key in Keys) to.WriteLine($"  {key.Secret}  {key.School} {key.Role}");
    }
}
