using System.Diagnostics;
using ResourceHub.Core.Files;
using Xunit;

namespace ResourceHub.Tests.Indexer;

/// <summary>Recordings, made by ffmpeg itself. On a machine without it, the answer says what is missing.</summary>
public sealed class ExtractRecordingTests : IDisposable
{
    private readonly MadeFiles files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("mp4", "video/mp4", "mov_text", "mpeg4")]
    [InlineData("m4v", "video/mp4", "mov_text", "mpeg4")]
    [InlineData("mov", "video/quicktime", "mov_text", "mpeg4")]
    [InlineData("mkv", "video/x-matroska", "subrip", "mpeg4")]
    [InlineData("webm", "video/webm", "webvtt", "vp8")]
    public void A_video_gives_length_size_chapters_subtitles_and_a_poster(string kind, string mediaType, string subtitles, string codec)
    {
        File.WriteAllText(files.PathOf("s.srt"), "1\n00:00:01,000 --> 00:00:02,000\n叶绿体吸收太阳能\n\n2\n00:00:02,500 --> 00:00:03,500\n放出氧气\n");
        File.WriteAllText(files.PathOf("m.txt"), ";FFMETADATA1\ntitle=光合作用\nartist=江北区教研组\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=2000\ntitle=课堂导入\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=2000\nEND=4000\ntitle=课堂小结\n");
        var audio = kind == "webm" ? "libvorbis" : "aac";
        Make($"-f lavfi -i testsrc=d=4:s=1280x720:r=5 -f lavfi -i sine=d=4 -i s.srt -i m.txt -map 0:v -map 1:a -map 2:s -map_metadata 3 -map_chapters 3 -c:v {(codec == "vp8" ? "libvpx" : codec)} -c:a {audio} -c:s {subtitles} out.{kind}");
        var read = files.Read(File.ReadAllBytes(files.PathOf($"out.{kind}")), $"a.{kind}");
        Assert.Equal((ExtractionState.Done, mediaType), (read.State, read.MediaType));
        Assert.InRange(read.DurationSeconds!.Value, 3.9, 4.2);
        Assert.Equal((1280, 720, codec), (read.Width!.Value, read.Height!.Value, read.VideoCodec));
        Assert.Equal("光合作用", read.Title);
        Assert.Equal(["江北区教研组"], read.Authors);
        Assert.Equal([(0.0, "课堂导入"), (2.0, "课堂小结")], read.Chapters.Select(c => (Math.Round(c.Start), c.Title!)));
        Assert.Equal([(1.0, "叶绿体吸收太阳能"), (2.5, "放出氧气")], read.Sections.Where(s => s.Kind == "cue").Select(s => (Math.Round(s.Location.Second!.Value, 1), s.Text)));
        Assert.Equal([0xFF, 0xD8], read.Poster![..2]);
        var poster = files.Read(read.Poster, "poster.jpg");
        Assert.Equal((640, 360), (poster.Width!.Value, poster.Height!.Value));
    }

    [Theory]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("m4a", "audio/mp4")]
    [InlineData("wav", "audio/wav")]
    public void Sound_gives_its_length(string kind, string mediaType)
    {
        Make($"-f lavfi -i sine=d=3 -metadata title=听力材料 out.{kind}");
        var read = files.Read(File.ReadAllBytes(files.PathOf($"out.{kind}")), $"a.{kind}");
        Assert.Equal((ExtractionState.Done, mediaType, "听力材料"), (read.State, read.MediaType, read.Title));
        Assert.InRange(read.DurationSeconds!.Value, 2.9, 3.2);
        Assert.NotNull(read.AudioCodec);
        Assert.Empty(read.Warnings);
    }

    [Fact]
    public void An_mp4_that_only_holds_sound_is_sound()
    {
        Make("-f lavfi -i sine=d=1 -c:a aac out.mp4");
        Assert.Equal("audio/mp4", files.Read(File.ReadAllBytes(files.PathOf("out.mp4")), "a.mp4").MediaType);
    }

    [Fact]
    public void An_avi_and_half_a_video_are_told_apart()
    {
        Make("-f lavfi -i testsrc=d=2:s=320x240:r=5 -c:v mpeg4 out.avi");
        Assert.Equal((ExtractionState.Done, "video/x-msvideo", 320), Facts("out.avi", 1));
        Make("-f lavfi -i testsrc=d=2:s=320x240:r=5 -c:v mpeg4 out.mp4");
        Assert.Equal((ExtractionState.Refused, "video/mp4", (int?)null), Facts("out.mp4", 0.5));

        (ExtractionState, string, int?) Facts(string name, double share)
        {
            var bytes = File.ReadAllBytes(files.PathOf(name));
            var read = files.Read(bytes[..(int)(bytes.Length * share)], name);
            return (read.State, read.MediaType, read.Width);
        }
    }

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("jpg", "image/jpeg")]
    [InlineData("gif", "image/gif")]
    public void A_picture_gives_its_size_and_a_small_copy(string kind, string mediaType)
    {
        Make($"-f lavfi -i testsrc=d=1:s=1000x500:r=1 -frames:v 1 out.{kind}");
        var read = files.Read(File.ReadAllBytes(files.PathOf($"out.{kind}")), $"a.{kind}");
        Assert.Equal((ExtractionState.Done, mediaType, 1000, 500), (read.State, read.MediaType, read.Width!.Value, read.Height!.Value));
        Assert.Equal(640, files.Read(read.Poster!, "p.jpg").Width);
    }

    [Fact]
    public void A_wave_file_says_what_tool_is_missing_or_how_long_it_is()
    {
        var read = files.Read(ExtractHostileTests.Wave(2), "a.wav");
        if (read.State == ExtractionState.Partial) Assert.Equal("tool-missing", read.Reason);
        else Assert.Equal(2, read.DurationSeconds);
    }

    /// <summary>./hub test installs ffmpeg; without it these fail and say so.</summary>
    private void Make(string arguments)
    {
        var start = new ProcessStartInfo("ffmpeg", "-v error -nostdin -y " + arguments) { WorkingDirectory = Path.GetDirectoryName(files.PathOf("x"))!, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var complaint = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, complaint);
    }
}
