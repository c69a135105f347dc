using System.Text;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Old Chinese music programs wrote GBK into tags that are Latin-1 by definition; what comes out is neither.</summary>
internal static class TagText
{
    public static string Repair(string tag)
    {
        if (!tag.Any(c => c >= 0x80) || tag.Any(c => c > 0xFF)) return tag;
        var bytes = Encoding.Latin1.GetBytes(tag);
        return TextDecoding.AsChinese(bytes) ?? tag;
    }
}
