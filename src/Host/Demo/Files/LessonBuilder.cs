using System.Text;

namespace ResourceHub.Host.Demo.Files;

/// <summary>Builds a lesson's file by the ending of its name. The same lesson gives the same bytes.</summary>
public static class LessonBuilder
{
    /// <summary>The file from its start, or null for a video where there is no ffmpeg. The caller disposes it.</summary>
    public static async Task<Stream?> TryBuildAsync(LessonFile file, CancellationToken ct)
    {
        var ending = Path.GetExtension(file.Name);
        if (ending == ".mp4") return await Mp4Builder.TryBuildAsync(file, ct);
        var built = new MemoryStream();
        switch (ending)
        {
            case ".docx": DocxBuilder.Build(file, built); break;
            case ".pptx": PptxBuilder.Build(file, built); break;
            case ".xlsx": XlsxBuilder.Build(file, built); break;
            case ".pdf": PdfBuilder.Build(file, built); break;
            case ".srt": SrtBuilder.Build(file, built); break;
            case ".md" or ".txt": await built.WriteAsync(Encoding.UTF8.GetBytes(file.Text), ct); break;
            default: throw new NotSupportedException($"No builder makes \"{ending}\" of \"{file.Name}\".");
        }
        built.Position = 0;
        return built;
    }
}
