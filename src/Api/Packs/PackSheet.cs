using System.Globalization;
using System.Text;

namespace ResourceHub.Api.Packs;

/// <summary>The sheet that lies in each zip: what is in it, whom to name, under which licence, what is missing. And the checksums.</summary>
internal sealed class PackSheet(PackContent content, DateTime utcNow)
{
    public const string Name = "说明 README.txt";
    public const string ChecksumsName = "SHA256SUMS.txt";

    private readonly List<(Guid Resource, string Path, long Size, string Sha256)> files = [];
    private readonly List<string> missing = [];

    public void Add(Guid resource, string path, long size, string sha256) => files.Add((resource, path, size, sha256));

    public void Missing(string path) => missing.Add(path);

    /// <summary>With the mark of UTF-8 and Windows' line ends, so that an old Notepad shows it as it is.</summary>
    public string Write()
    {
        var text = new StringBuilder("\uFEFF");
        Line(content.Title);
        if (content.School is not null) Line(content.School);
        Line(utcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture));
        Line();
        foreach (var packed in content.Resources)
        {
            foreach (var said in content.Attributions[packed.Resource.Id].Split('\n')) Line(said);
            foreach (var file in files.Where(f => f.Resource == packed.Resource.Id)) Line($"    {file.Path}  ({file.Size.ToString("N0", CultureInfo.InvariantCulture)} B)");
            Line();
        }
        if (missing.Count > 0)
        {
            Line("以下文件暂时无法读取，没有放入：These files could not be read and are not here:");
            foreach (var path in missing) Line($"    {path}");
            Line();
        }
        if (content.NotShared > 0)
        {
            Line($"另有 {content.NotShared} 个部分没有与您共享，或已不存在。{content.NotShared} more are not shared with you, or are no longer there.");
            Line();
        }
        Line($"核对文件是否完整：sha256sum -c {ChecksumsName}（文件名为 UTF-8）。To check the files: sha256sum -c {ChecksumsName}");
        return text.ToString();

        void Line(string said = "") => text.Append(said).Append("\r\n");
    }

    /// <summary>As sha256sum writes and reads them.</summary>
    public string Checksums() => string.Concat(files.Select(f => $"{f.Sha256}  {f.Path}\n"));
}
