namespace ResourceHub.Host.Demo;

/// <summary>What seeding did, for the person who started the demonstration.</summary>
/// <param name="AlreadyThere">Seeded at an earlier start: nothing was changed.</param>
/// <param name="Notes">What was left out and why, such as videos where there is no ffmpeg.</param>
public sealed record DemoReport(bool AlreadyThere, int Schools, int Partnerships, int Resources, int Files, string AdminKey, IReadOnlyList<DemoKey> Keys, IReadOnlyList<string> Notes, TimeSpan Took)
{
    public void Print(TextWriter to)
    {
        to.WriteLine(AlreadyThere
            ? "演示数据已在库中，未作改动。The demonstration data is there already; nothing was changed."
            : $"演示数据就绪：{Schools} 所学校，{Partnerships} 个结对与联盟，{Resources} 个资源，{Files} 个文件（{Took.TotalSeconds:0.0} 秒）。Ready: {Schools} schools, {Partnerships} partnerships, {Resources} resources, {Files} files.");
        foreach (var note in Notes) to.WriteLine(note);
        to.WriteLine("演示密钥，用法 Authorization: Bearer <密钥>。Demo sign-ins, sent as Authorization: Bearer <key>:");
        to.WriteLine($"  {AdminKey}  平台管理员 hub admin");
        foreach (var key in Keys) to.WriteLine($"  {key.Secret}  {key.School} {key.Role}");
    }
}
