using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Gif;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.WebP;
using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Pictures: size and when taken. Where it was taken, and by which camera, is never read out.</summary>
internal sealed class PictureExtractor : IExtractor
{
    public const long MaxPixels = 50_000_000;

    public IReadOnlyCollection<string> MediaTypes =>
        [Extractors.MediaTypes.Png, Extractors.MediaTypes.Jpeg, Extractors.MediaTypes.Gif, Extractors.MediaTypes.WebP];

    public Extraction Read(SourceFile file)
    {
        IReadOnlyList<MetadataExtractor.Directory> facts;
        try
        {
            using var bytes = file.Open();
            facts = ImageMetadataReader.ReadMetadata(bytes);
        }
        catch (ImageProcessingException)
        {
            return Reasons.Refused(file.MediaType, Reasons.Malformed);
        }
        if (Size(facts) is not { Width: > 0, Height: > 0 } size) return Reasons.Refused(file.MediaType, Reasons.Malformed);
        if ((long)size.Width * size.Height > MaxPixels) return Reasons.Refused(file.MediaType, Reasons.TooLarge) with { Width = size.Width, Height = size.Height };
        return new Extraction
        {
            State = ExtractionState.Done,
            MediaType = file.MediaType,
            Width = size.Width,
            Height = size.Height,
            TakenAt = facts.OfType<ExifSubIfdDirectory>().Select(Taken).FirstOrDefault(t => t is not null),
            Poster = Poster.OfPicture(file),
        };
    }

    private static DateTime? Taken(ExifSubIfdDirectory exif)
        => exif.TryGetDateTime(ExifDirectoryBase.TagDateTimeOriginal, out var taken) ? DateTime.SpecifyKind(taken, DateTimeKind.Utc) : null;

    private static (int Width, int Height)? Size(IReadOnlyList<MetadataExtractor.Directory> facts)
    {
        foreach (var fact in facts)
        {
            var (width, height) = fact switch
            {
                PngDirectory => (PngDirectory.TagImageWidth, PngDirectory.TagImageHeight),
                JpegDirectory => (JpegDirectory.TagImageWidth, JpegDirectory.TagImageHeight),
                GifHeaderDirectory => (GifHeaderDirectory.TagImageWidth, GifHeaderDirectory.TagImageHeight),
                WebPDirectory => (WebPDirectory.TagImageWidth, WebPDirectory.TagImageHeight),
                _ => (-1, -1),
            };
            if (width >= 0 && fact.TryGetInt32(width, out var w) && fact.TryGetInt32(height, out var h)) return (w, h);
        }
        return null;
    }
}
