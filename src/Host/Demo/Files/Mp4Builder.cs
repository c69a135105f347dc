using System.Diagnostics;
using System.Text;

namespace ResourceHub.Host.Demo.Files;

/// <summary>
/// A short video lesson by ffmpeg: one coloured scene after another with its words on it where a Chinese font is installed, a quiet tone, chapters,
/// and the spoken words as embedded subtitles. Each level-1 heading begins a scene at its first cue.
/// </summary>
public static class Mp4Builder
{
    private static readonly string[] Colours = ["0x1f4e79", "0x2e6b4f", "0x7a4a1e", "0x5b3a78", "0x34495e"];

    private sealed record Scene(int From, int Until, string Title, IReadOnlyList<string> Lines);

    /// <summary>Null where ffmpeg is missing or cannot write such a video.</summary>
    public static async Task<Stream?> TryBuildAsync(LessonFile file, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("hub-demo-");
        try
        {
            var scenes = Scenes(file.Blocks);
            await using (var subtitles = File.Create(Path.Join(folder.FullName, "words.srt"))) SrtBuilder.Build(file, subtitles);
            await File.WriteAllTextAsync(Path.Join(folder.FullName, "chapters.txt"), Chapters(file.Title, scenes), ct);
            var font = await FontAsync(ct);
            var filter = font is null ? "null" : string.Join(',', await Task.WhenAll(scenes.Select((s, i) => DrawAsync(folder.FullName, font, s, i, ct))));
            var video = Path.Join(folder.FullName, "video.mp4");
            if (!await RunAsync("ffmpeg", folder.FullName, Arguments(scenes, filter, video), ct)) return null;
            // The folder goes at once; the open file stays readable until it is closed.
            var built = new MemoryStream();
            await using (var made = File.OpenRead(video)) await made.CopyToAsync(built, ct);
            built.Position = 0;
            return built;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<Scene> Scenes(IReadOnlyList<Block> blocks)
    {
        List<Scene> scenes = [];
        var starts = blocks.Index().Where(b => b.Item is Block.Heading { Level: 1 }).Select(b => b.Index).ToList();
        foreach (var (number, start) in starts.Index())
        {
            var own = blocks.Skip(start + 1).Take((number + 1 < starts.Count ? starts[number + 1] : blocks.Count) - start - 1).ToList();
            var from = own.OfType<Block.Cue>().First().Second;
            scenes.Add(new Scene(from, 0, ((Block.Heading)blocks[start]).Text, [.. own.OfType<Block.Bullet>().Select(b => b.Text)]));
        }
        var end = blocks.OfType<Block.Cue>().Last().Second;
        return [.. scenes.Select((s, i) => s with { Until = i + 1 < scenes.Count ? scenes[i + 1].From : end })];
    }

    private static string Chapters(string title, List<Scene> scenes)
    {
        var text = new StringBuilder($";FFMETADATA1\ntitle={title}\n");
        foreach (var s in scenes) text.Append($"[CHAPTER]\nTIMEBASE=1/1\nSTART={s.From}\nEND={s.Until}\ntitle={s.Title}\n");
        return text.ToString();
    }

    /// <summary>Words go through files: nothing of a lesson's text can be read as a filter.</summary>
    private static async Task<string> DrawAsync(string folder, string font, Scene scene, int number, CancellationToken ct)
    {
        await File.WriteAllTextAsync(Path.Join(folder, $"title{number}.txt"), scene.Title, ct);
        await File.WriteAllTextAsync(Path.Join(folder, $"lines{number}.txt"), string.Join('\n', scene.Lines), ct);
        var look = $"fontfile={font}:fontcolor=white:expansion=none:enable='between(t,{scene.From},{scene.Until - 0.05:0.00})'";
        return $"drawtext=textfile=title{number}.txt:{look}:fontsize=40:x=(w-text_w)/2:y=50,drawtext=textfile=lines{number}.txt:{look}:fontsize=28:line_spacing=18:x=60:y=140";
    }

    private static List<string> Arguments(List<Scene> scenes, string filter, string video)
    {
        List<string> arguments = ["-nostdin", "-v", "error", "-y"];
        foreach (var (i, s) in scenes.Index()) arguments.AddRange(["-f", "lavfi", "-i", $"color=c={Colours[i % Colours.Length]}:s=640x360:r=5:d={s.Until - s.From}"]);
        var length = scenes[^1].Until;
        arguments.AddRange(["-f", "lavfi", "-i", $"sine=frequency=330:sample_rate=22050:duration={length}", "-i", "words.srt", "-i", "chapters.txt"]);
        var (tone, words, chapters) = (scenes.Count, scenes.Count + 1, scenes.Count + 2);
        var joined = string.Concat(Enumerable.Range(0, scenes.Count).Select(i => $"[{i}:v]"));
        arguments.AddRange(["-filter_complex", $"{joined}concat=n={scenes.Count}:v=1:a=0,{filter}[v];[{tone}:a]volume=0.05[a]", "-map", "[v]", "-map", "[a]", "-map", $"{words}:s", "-map_metadata", $"{chapters}", "-map_chapters", $"{chapters}"]);
        arguments.AddRange(["-c:v", "libx264", "-preset", "ultrafast", "-tune", "stillimage", "-pix_fmt", "yuv420p", "-threads", "1", "-c:a", "aac", "-b:a", "24k", "-c:s", "mov_text", "-metadata:s:s:0", "language=chi"]);
        // Bit-exact: no encoder version and no hour, so that the same lesson gives the same bytes.
        arguments.AddRange(["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-movflags", "+faststart", "-t", $"{length}", video]);
        return arguments;
    }

    /// <summary>A font that has Chinese characters; null when fontconfig knows none.</summary>
    private static async Task<string?> FontAsync(CancellationToken ct)
    {
        using var fonts = Start("fc-list", "/", [":lang=zh-cn", "--format=%{file}\\n"]);
        if (fonts is null) return null;
        var known = await fonts.StandardOutput.ReadToEndAsync(ct);
        await fonts.WaitForExitAsync(ct);
        // A colon or quote in a path would end the filter's argument.
        return known.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(f => f.IndexOfAny([':', '\'', '\\', ',']) < 0).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static async Task<bool> RunAsync(string tool, string folder, List<string> arguments, CancellationToken ct)
    {
        using var process = Start(tool, folder, arguments);
        if (process is null) return false;
        var said = process.StandardError.ReadToEndAsync(ct);
        await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        await said;
        return process.ExitCode == 0;
    }

    private static Process? Start(string tool, string folder, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(tool, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // Not installed; the caller goes on without it.
        }
    }
}
