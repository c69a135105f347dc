using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ResourceHub.Core.Files;
using Xunit;

namespace ResourceHub.Tests.Indexer;

/// <summary>Files that are broken, lie or mean harm get an answer that says which.</summary>
public sealed class ExtractHostileTests : IDisposable
{
    private readonly MadeFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void An_empty_file_is_refused_as_empty() => Refused(files.Read([], "a.docx"), "empty");

    [Fact]
    public void Half_a_document_is_refused_as_malformed_and_still_known_for_what_it_was()
    {
        var whole = MadeFiles.Docx(MadeFiles.P("半份教案"));
        var read = files.Read(whole[..(whole.Length / 2)], "a.docx");
        Refused(read, "malformed");
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", read.MediaType);
    }

    [Fact]
    public void Broken_xml_gives_what_came_before_it()
    {
        var read = files.Read(MadeFiles.Docx(MadeFiles.P("前面的话") + "<w:p><w:oops"), "a.docx");
        Assert.Equal((ExtractionState.Partial, "malformed"), (read.State, read.Reason));
        Assert.Equal("前面的话", read.Sections.Single().Text);
    }

    [Fact]
    public void A_text_file_named_mp4_is_text_with_a_warning()
    {
        var read = files.Read("这其实是一个文本文件，不是视频。", "录像.mp4");
        Assert.Equal("text/plain", read.MediaType);
        Assert.Contains(read.Warnings, w => w.Contains(".mp4"));
    }

    [Theory]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n/etc/hostname\n#EXT-X-ENDLIST\n")]
    [InlineData("ffconcat version 1.0\nfile 'victim'\n")]
    public void A_playlist_named_mp4_is_read_as_the_text_it_is(string playlist)
    {
        var read = files.Read(playlist, "steal.mp4");
        Assert.Equal("text/plain", read.MediaType);
        Assert.Null(read.Poster);
        Assert.Null(read.DurationSeconds);
    }

    [Fact]
    public void A_playlist_that_pretends_to_be_a_recording_opens_no_other_file()
    {
        File.Copy(files.Keep(Wave(1)), files.PathOf("victim"));
        byte[][] disguises = [[.. "ID3"u8, .. "\n#EXTM3U\n#EXTINF:10,\nvictim\n"u8], [.. "RIFF\0\0\0\0AVI \nffconcat version 1.0\nfile 'victim'\n"u8], [.. "\0\0\0\x18ftypisom\nffconcat version 1.0\nfile victim\n"u8]];
        foreach (var disguise in disguises)
        {
            var read = files.Read(disguise, "a.mp4");
            Assert.NotEqual(ExtractionState.Done, read.State);
            Assert.Null(read.Poster);
        }
    }

    [Theory]
    [InlineData("<!DOCTYPE w:document [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>")]
    [InlineData("<!DOCTYPE w:document [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>")]
    [InlineData("<!DOCTYPE w:document SYSTEM \"http://127.0.0.1:9/evil.dtd\">")]
    public void A_document_type_inside_an_office_file_is_refused(string dtd)
    {
        var read = files.Read(MadeFiles.Zip(
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>"),
            ("word/document.xml", dtd + "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>&x;&b;</w:t></w:r></w:p></w:body></w:document>")), "a.docx");
        Refused(read, "bomb");
        Assert.Empty(read.Sections);
    }

    [Fact]
    public void A_document_with_a_doctype_named_by_its_extension_only_reads_no_file_of_ours()
    {
        var read = files.Read("<?xml version=\"1.0\"?><!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>", "a.svg");
        Assert.DoesNotContain(read.Sections, s => s.Text.Contains("root:"));
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(files.Read(Bomb(400), "a.docx"), "bomb");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L << 20);
    }

    [Fact]
    public void A_zip_that_lies_about_its_size_gives_no_more_than_it_declared()
    {
        var bomb = Bomb(64);
        // The directory at the end says 100 bytes; the 64 MB are really there.
        var entry = bomb.AsSpan().LastIndexOf("word/document.xml"u8) - 46;
        Assert.Equal(0x02014B50u, BinaryPrimitives.ReadUInt32LittleEndian(bomb.AsSpan(entry)));
        BinaryPrimitives.WriteUInt32LittleEndian(bomb.AsSpan(entry + 24), 100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused(files.Read(bomb, "a.docx"), "malformed");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L << 20);
    }

    [Fact]
    public void A_package_of_thousands_of_parts_is_refused()
        => Refused(files.Read(MadeFiles.Docx(MadeFiles.P("x"), more: [.. Enumerable.Range(0, 2_100).Select(i => ($"word/media/{i}", ""))]), "a.docx"), "bomb");

    [Fact]
    public void An_archive_whose_names_climb_out_of_the_folder_writes_nothing()
    {
        var read = files.Read(MadeFiles.Zip(("../../evil.txt", "x"), ("/etc/evil", "x")), "a.zip");
        Assert.Equal("unsupported", read.Reason);
        Assert.False(File.Exists(Path.GetFullPath(files.PathOf("../../evil.txt"))));
    }

    [Fact]
    public void A_picture_of_more_pixels_than_are_opened_is_refused()
    {
        byte[] header = [0x89, .. "PNG\r\n\x1A\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0xFF, 0xDC, 0, 0, 0xFF, 0xDC, 8, 6, 0, 0, 0];
        var read = files.Read([.. header, .. Crc(header.AsSpan(12)), 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82], "a.png");
        Refused(read, "too-large");
        Assert.Equal(65_500, read.Width);
    }

    [Theory]
    [InlineData("EncryptedPackage", "a.docx", ExtractionState.Refused, "encrypted", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("EncryptedPackage", "a.pptx", ExtractionState.Refused, "encrypted", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData("WordDocument", "a.doc", ExtractionState.Partial, "unsupported", "application/msword")]
    [InlineData("PowerPoint Document", "a.ppt", ExtractionState.Partial, "unsupported", "application/vnd.ms-powerpoint")]
    [InlineData("Workbook", "a.xls", ExtractionState.Partial, "unsupported", "application/vnd.ms-excel")]
    public void Old_office_containers_are_told_apart_and_encrypted_ones_refused(string stream, string name, ExtractionState state, string reason, string mediaType)
    {
        var read = files.Read(Compound(stream), name);
        Assert.Equal((state, reason, mediaType), (read.State, read.Reason, read.MediaType));
        Assert.NotNull(read.Message);
    }

    [Fact]
    public void A_pdf_with_an_open_password_is_refused_as_encrypted()
    {
        var pdf = Encoding.ASCII.GetString(MadeFiles.Pdf("secret"));
        var locked = pdf.Replace("/Root 1 0 R", "/Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 "
            + $"/O <{new string('A', 64)}> /U <{new string('B', 64)}> >>");
        Refused(files.Read(locked, "a.pdf"), "encrypted");
    }

    [Fact]
    public void Bytes_that_are_nothing_known_are_refused_as_unsupported()
    {
        var noise = new byte[5_000];
        new Random(7).NextBytes(noise);
        Refused(files.Read(noise, "a.docx"), "unsupported");
    }

    [Theory]
    [InlineData(".docx")]
    [InlineData(".pptx")]
    [InlineData(".xlsx")]
    [InlineData(".pdf")]
    [InlineData(".html")]
    [InlineData(".srt")]
    public void Files_with_flipped_or_missing_bytes_always_get_an_answer(string kind)
    {
        var seed = kind switch
        {
            ".docx" => MadeFiles.Docx(MadeFiles.P("好的教案", "1") + $"<w:tbl>{MadeFiles.Row("课题", "圆")}</w:tbl>"),
            ".pptx" => MadeFiles.Pptx([["一", "二"], ["三", "四"]], "备注"),
            ".xlsx" => MadeFiles.Xlsx(),
            ".pdf" => MadeFiles.Pdf("one", "two", "three"),
            ".html" => Encoding.UTF8.GetBytes("<html><body><h1>标题</h1><p>正文</p></body></html>"),
            _ => Encoding.UTF8.GetBytes("1\n00:00:01,000 --> 00:00:02,000\n你好\n"),
        };
        var random = new Random(20_261);
        for (var round = 0; round < 150; round++)
        {
            var bytes = seed.ToArray();
            for (var flips = random.Next(1, 12); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (round % 3 == 0) bytes = bytes[..random.Next(1, bytes.Length)];
            var read = files.Read(bytes, "a" + kind);
            Assert.True(read.State is ExtractionState.Done or ExtractionState.Partial or ExtractionState.Refused, $"round {round}: {read.State}");
            Assert.True(read.State == ExtractionState.Done || read is { Reason: not null, Message: not null }, $"round {round}");
        }
    }

    [Theory]
    [InlineData("a\0b\n<script>.docx")]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    public void A_strange_name_changes_nothing(string name)
        => Assert.Equal(ExtractionState.Done, files.Read(MadeFiles.Docx(MadeFiles.P("正文")), name + (name.Length == 0 ? "" : new string('长', 300))).State);

    private static void Refused(Extraction read, string reason)
    {
        Assert.Equal((ExtractionState.Refused, reason), (read.State, read.Reason));
        Assert.False(string.IsNullOrWhiteSpace(read.Message));
    }

    /// <summary>A document whose one part inflates to this many megabytes.</summary>
    internal static byte[] Bomb(int megabytes)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var types = zip.CreateEntry("[Content_Types].xml").Open()) types.Write("<Types/>"u8);
            using var part = zip.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            var block = new byte[1 << 20];
            Array.Fill(block, (byte)' ');
            for (var i = 0; i < megabytes; i++) part.Write(block);
        }
        return bytes.ToArray();
    }

    internal static byte[] Wave(int seconds)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var length = 8000 * seconds;
        writer.Write("RIFF"u8);
        writer.Write(36 + length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(8000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write("data"u8);
        writer.Write(length);
        writer.Write(new byte[length]);
        return bytes.ToArray();
    }

    /// <summary>An old Office container with one stream: header, one sector of table, one of directory, one of content.</summary>
    private static byte[] Compound(string stream)
    {
        var file = new byte[512 * 4];
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        file[30] = 9;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(48), 1);
        for (var i = 0; i < 109; i++) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(76 + i * 4), i == 0 ? 0 : -1);
        for (var i = 0; i < 128; i++) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(512 + i * 4), i == 0 ? -3 : -2);
        Directory(file.AsSpan(1024), "Root Entry", 5, child: 1);
        Directory(file.AsSpan(1152), stream, 2, child: -1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(1152 + 116), 2);
        return file;

        static void Directory(Span<byte> entry, string name, byte type, int child)
        {
            Encoding.Unicode.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[64..], (ushort)(name.Length * 2 + 2));
            entry[66] = type;
            BinaryPrimitives.WriteInt32LittleEndian(entry[68..], -1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[72..], -1);
            BinaryPrimitives.WriteInt32LittleEndian(entry[76..], child);
        }
    }

    private static byte[] Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        var answer = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(answer, ~crc);
        return answer;
    }
}
