using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResourceHub.Core.Files;
using ResourceHub.Core.Text;
using ResourceHub.Indexer.Sandbox;
using Xunit;
using Xunit.Abstractions;

namespace ResourceHub.Tests.Indexer;

/// <summary>Real files with what independent tools read from them, where the shared folder is there.</summary>
public sealed partial class ExtractCorpusTests(ITestOutputHelper output)
{
    /// <summary>Old Office, rich text, OpenDocument and EPUB come later: they are listed, not read.</summary>
    private static readonly string[] Later =
    [
        "application/msword", "application/vnd.ms-powerpoint", "application/vnd.ms-excel", "application/rtf", "application/epub+zip",
        "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.presentation",
    ];

    [Fact]
    public async Task Files_of_other_makers_are_read_as_independent_tools_read_them_and_nothing_dies()
    {
        if (Shared.Folder is not { } shared || !File.Exists(Path.Join(shared, "corpus", "manifest.json")))
        {
            output.WriteLine("The shared test files are not here: nothing was compared.");
            return;
        }
        var corpus = Path.Join(shared, "corpus");
        using var manifest = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Join(corpus, "manifest.json")));
        var hasTool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(f => File.Exists(Path.Join(f, "ffprobe")));
        using var room = new ReadingRoom(ReaderProgram.OfThisHub(), new ReadingLimits(), 1, TimeProvider.System);
        int asked = 0, met = 0;
        foreach (var entry in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            var name = entry.GetProperty("file").GetString()!;
            var expected = entry.GetProperty("expected");
            var began = Stopwatch.GetTimestamp();
            var read = await room.ReadAsync(Path.Join(corpus, name), Path.GetFileName(name), CancellationToken.None);
            Check("final state", read.State is not (ExtractionState.Pending or ExtractionState.Running), required: true);
            Check("no crash", read.Reason is not ("crash" or "timeout") && Stopwatch.GetElapsedTime(began).TotalSeconds <= 10, required: true);
            var outcome = expected.GetProperty("outcome").GetString()!;
            var mediaType = Text(expected, "mediaType")!;
            if (outcome == "no-crash" || Later.Contains(mediaType) || !hasTool && (mediaType.StartsWith("video/", StringComparison.Ordinal) || mediaType.StartsWith("audio/", StringComparison.Ordinal))) continue;
            if (outcome.StartsWith("refuse:", StringComparison.Ordinal))
            {
                Check(outcome, read.State is ExtractionState.Refused or ExtractionState.Failed);
                if (outcome == "refuse:encrypted") Check("reason", read.Reason == "encrypted");
                continue;
            }
            Check("accepted", read.State is ExtractionState.Done or ExtractionState.Partial);
            Check("mediaType", read.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));
            if (Text(expected, "title") is { } title) Check("title", Fold(read.Title).Contains(Fold(title)));
            if (Text(expected, "author") is { } author) Check("author", Fold(string.Join("; ", read.Authors)).Contains(Fold(author)));
            if (expected.TryGetProperty("pages", out var pages)) Check("pages", read.PageCount == pages.GetInt32());
            if (expected.TryGetProperty("slides", out var slides)) Check("slides", read.SlideCount == slides.GetInt32());
            if (expected.TryGetProperty("durationSeconds", out var seconds)) Check("duration", Math.Abs((read.DurationSeconds ?? -9) - seconds.GetDouble()) <= 0.2);
            if (expected.TryGetProperty("hasMacros", out var macros) && macros.GetBoolean()) Check("macros", read.HasMacros);
            if (expected.TryGetProperty("chapters", out var chapters))
                Check("chapters", chapters.EnumerateArray().Select(c => Fold(Text(c, "title"))).SequenceEqual(read.Chapters.Select(c => Fold(c.Title))));
            var text = Fold(string.Concat(read.Sections.Select(s => s.Text)));
            foreach (var word in Words(expected, "words").Concat(Words(expected, "subtitleText"))) Check($"word {word}", text.Contains(Fold(word)));

            void Check(string what, bool good, bool required = false)
            {
                asked++;
                if (good) met++;
                else output.WriteLine($"{name}: {what} ({read.State} {read.Reason})");
                Assert.True(good || !required, $"{name}: {what} ({read.State} {read.Reason})");
            }
        }
        output.WriteLine($"{met} of {asked} expectations met: {met / (double)asked:F4}");
        Assert.InRange(met / (double)asked, 0.95, 1);
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Words(JsonElement element, string name) => element.TryGetProperty(name, out var words) ? words.EnumerateArray().Select(w => w.GetString()!) : [];

    private static string Fold(string? text) => Space().Replace(UnicodeForms.Nfkc(text ?? ""), "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
