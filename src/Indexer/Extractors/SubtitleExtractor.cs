using ResourceHub.Core.Files;
using ResourceHub.Indexer.Sandbox;

namespace ResourceHub.Indexer.Extractors;

/// <summary>Subtitle files: each cue with its second.</summary>
internal sealed class SubtitleExtractor : IExtractor
{
    public IReadOnlyCollection<string> MediaTypes => [Extractors.MediaTypes.Srt, Extractors.MediaTypes.Vtt];

    public Extraction Read(SourceFile file)
    {
        using var text = TextDecoding.Open(file);
        var cues = Cues.Of(text).ToList();
        return cues.Count == 0
            ? Reasons.Refused(file.MediaType, Reasons.Malformed)
            : new Extraction { State = ExtractionState.Done, MediaType = file.MediaType, Sections = cues };
    }
}
