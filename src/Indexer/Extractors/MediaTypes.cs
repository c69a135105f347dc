namespace ResourceHub.Indexer.Extractors;

/// <summary>The media types this hub tells apart by content.</summary>
internal static class MediaTypes
{
    public const string Unknown = "application/octet-stream";
    public const string Pdf = "application/pdf";
    public const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    public const string Docm = "application/vnd.ms-word.document.macroEnabled.12";
    public const string Dotx = "application/vnd.openxmlformats-officedocument.wordprocessingml.template";
    public const string Dotm = "application/vnd.ms-word.template.macroEnabled.12";
    public const string Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    public const string Pptm = "application/vnd.ms-powerpoint.presentation.macroEnabled.12";
    public const string Ppsx = "application/vnd.openxmlformats-officedocument.presentationml.slideshow";
    public const string Ppsm = "application/vnd.ms-powerpoint.slideshow.macroEnabled.12";
    public const string Potx = "application/vnd.openxmlformats-officedocument.presentationml.template";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    public const string Xlsm = "application/vnd.ms-excel.sheet.macroEnabled.12";
    public const string Xltx = "application/vnd.openxmlformats-officedocument.spreadsheetml.template";
    public const string Doc = "application/msword";
    public const string Xls = "application/vnd.ms-excel";
    public const string Ppt = "application/vnd.ms-powerpoint";
    public const string Rtf = "application/rtf";
    public const string Odt = "application/vnd.oasis.opendocument.text";
    public const string Odp = "application/vnd.oasis.opendocument.presentation";
    public const string Ods = "application/vnd.oasis.opendocument.spreadsheet";
    public const string Epub = "application/epub+zip";
    public const string Zip = "application/zip";
    public const string Text = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Csv = "text/csv";
    public const string Html = "text/html";
    public const string Vtt = "text/vtt";
    public const string Srt = "application/x-subrip";
    public const string Xml = "application/xml";
    public const string Svg = "image/svg+xml";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";
    public const string Gif = "image/gif";
    public const string WebP = "image/webp";
    public const string Mp4 = "video/mp4";
    public const string M4a = "audio/mp4";
    public const string QuickTime = "video/quicktime";
    public const string Matroska = "video/x-matroska";
    public const string WebM = "video/webm";
    public const string Avi = "video/x-msvideo";
    public const string Mp3 = "audio/mpeg";
    public const string Wav = "audio/wav";
    public const string Wmv = "video/x-ms-wmv";
    public const string Wma = "audio/x-ms-wma";
    public const string Flv = "video/x-flv";
    public const string MpegTs = "video/mp2t";
    public const string Mpeg = "video/mpeg";
    public const string Ogg = "audio/ogg";
    public const string OggVideo = "video/ogg";
    public const string Flac = "audio/flac";
    public const string Aac = "audio/aac";

    /// <summary>Kinds that are known and harmless to list, but whose reading comes with later work.</summary>
    public static bool ComesLater(string mediaType) => mediaType is Doc or Xls or Ppt or Rtf or Odt or Odp or Ods or Epub or Zip or Xml or Svg
        || mediaType.StartsWith("image/", StringComparison.Ordinal);

    public static string? PromisedBy(string name) => OfName(name) is [var first, ..] ? first : null;

    /// <summary>The media types that a name's extension fits; empty when it says nothing.</summary>
    public static IReadOnlyList<string> OfName(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".pdf" => [Pdf],
        ".docx" => [Docx, Docm],
        ".docm" => [Docm, Docx],
        ".dotx" => [Dotx],
        ".dotm" => [Dotm],
        ".pptx" => [Pptx, Pptm],
        ".pptm" => [Pptm, Pptx],
        ".ppsx" => [Ppsx, Ppsm],
        ".ppsm" => [Ppsm],
        ".potx" => [Potx],
        ".xlsx" => [Xlsx, Xlsm],
        ".xlsm" => [Xlsm, Xlsx],
        ".xltx" => [Xltx],
        ".doc" or ".dot" => [Doc],
        ".xls" => [Xls],
        ".ppt" or ".pps" => [Ppt],
        ".rtf" => [Rtf],
        ".odt" => [Odt],
        ".odp" => [Odp],
        ".ods" => [Ods],
        ".epub" => [Epub],
        ".zip" => [Zip],
        ".txt" => [Text],
        ".md" or ".markdown" => [Markdown],
        ".csv" => [Csv],
        ".html" or ".htm" or ".xhtml" => [Html],
        ".vtt" => [Vtt],
        ".srt" => [Srt],
        ".xml" => [Xml],
        ".svg" => [Svg],
        ".png" => [Png],
        ".jpg" or ".jpeg" => [Jpeg],
        ".gif" => [Gif],
        ".webp" => [WebP],
        ".mp4" or ".m4v" => [Mp4, M4a, QuickTime],
        ".mov" => [QuickTime, Mp4],
        ".m4a" => [M4a, Mp4],
        ".mkv" => [Matroska, WebM],
        ".webm" => [WebM, Matroska],
        ".avi" => [Avi],
        ".mp3" => [Mp3],
        ".wav" => [Wav],
        ".wmv" or ".asf" => [Wmv, Wma],
        ".wma" => [Wma, Wmv],
        ".flv" => [Flv],
        ".ts" or ".mts" or ".m2ts" => [MpegTs],
        ".mpg" or ".mpeg" or ".vob" => [Mpeg],
        ".ogg" or ".oga" => [Ogg, OggVideo],
        ".ogv" => [OggVideo, Ogg],
        ".flac" => [Flac],
        ".aac" => [Aac],
        _ => [],
    };
}
