using System.Text;
using ResourceHub.Engines.Folder;

namespace ResourceHub.Engines.Lucene;

/// <summary>
/// Two folders that take turns: the index in use, and one that is made beside it. Which one is in use stands in a file beside them, which is replaced in one
/// step, so that a power cut leaves the one or the other.
/// </summary>
internal sealed class IndexPlaces(string first)
{
    private readonly string second = first + "-2";
    private readonly string pointer = first + ".current";

    public string InUse => File.Exists(pointer) && File.ReadAllText(pointer).Trim() == Path.GetFileName(second) ? second : first;

    public string Other => InUse == first ? second : first;

    /// <summary>Puts the other one into use.</summary>
    public void Swap()
    {
        var (next, fresh) = (Other, pointer + ".new");
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(Path.GetFileName(next)));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, pointer, overwrite: true);
        DurableFolder.Flush(Path.GetDirectoryName(pointer)!);
    }

    /// <summary>Removes what a fill that was cut off, or a swap, left.</summary>
    public void RemoveOther()
    {
        if (Directory.Exists(Other)) Directory.Delete(Other, recursive: true);
    }
}
