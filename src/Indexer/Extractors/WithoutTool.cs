using MetadataExtractor;
using MetadataExtractor.Formats.QuickTime;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>What can be said of a recording on a machine without ffprobe: the length of films whose header gives it.</summary>
internal static class WithoutTool
{
    public static Extraction Read(SourceFile file)
        => Reasons.Partial(new Extraction { State = ExtractionState.Partial, MediaType = file.MediaType, DurationSeconds = Duration(file) }, Reasons.ToolMissing);

    private static double? Duration(SourceFile file)
    {
        if (file.MediaType is not (MediaTypes.Mp4 or MediaTypes.M4a or MediaTypes.QuickTime)) return null;
        try
        {
            using var bytes = file.Open();
            return QuickTimeMetadataReader.ReadMetadata(bytes).OfType<QuickTimeMovieHeaderDirectory>()
                .Select(d => d.GetObject(QuickTimeMovieHeaderDirectory.TagDuration)).OfType<TimeSpan>().Select(t => (double?)t.TotalSeconds).FirstOrDefault();
        }
        catch (Exception e) when (e is ImageProcessingException or IOException)
        {
            return null;
        }
    }
}
