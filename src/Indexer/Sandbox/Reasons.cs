using ResourceHub.Core.Files;

namespace ResourceHub.Indexer.Sandbox;

/// <summary>Why a file could not be read, or not wholly: the code for clients, and the sentence for the teacher who uploaded it.</summary>
public static class Reasons
{
    public const string Encrypted = "encrypted";
    public const string Malformed = "malformed";
    public const string Empty = "empty";
    public const string Bomb = "bomb";
    public const string Unsupported = "unsupported";
    public const string TooLarge = "too-large";
    public const string Timeout = "timeout";
    public const string Crash = "crash";
    public const string ToolMissing = "tool-missing";

    public static string Sentence(string reason) => reason switch
    {
        Encrypted => "文件有打开密码，无法读取内容。请去掉密码后重新上传。The file needs a password; remove it and upload again.",
        Malformed => "文件已损坏或不完整，无法读取内容。请用原来的软件打开确认，另存后重新上传。The file is damaged or incomplete; open it in its own program, save it anew and upload again.",
        Empty => "文件是空的。请检查后重新上传。The file is empty; check it and upload again.",
        Bomb => "文件展开后异常巨大或含有危险结构，出于安全没有读取。The file would unpack to an abnormal size or holds unsafe structures; it was not read.",
        Unsupported => "暂时不能读取这种文件的内容，可以按标题找到并下载。The content of this kind of file cannot be read yet; it can be found by its title and downloaded.",
        TooLarge => "文件内容过大，没有读完。可以拆分后上传。The file holds more than is read; split it and upload the parts.",
        Timeout => "读取文件用时过长，已停止。请另存为较简单的文件后重试。Reading took too long and was stopped; save a simpler copy and try again.",
        Crash => "读取文件时出错，内容没有读出。文件仍可下载。Reading the file failed; it can still be downloaded.",
        ToolMissing => "服务器没有安装读取音视频的工具（ffmpeg），只读出了部分信息。The server lacks ffmpeg, so only part of the recording's facts were read.",
        _ => "没有读出文件内容。The content was not read.",
    };

    public static Extraction Refused(string mediaType, string reason) => Extraction.Refused(mediaType, reason, Sentence(reason));

    public static Extraction Failed(string mediaType, string reason) => Extraction.Failed(mediaType, reason, Sentence(reason));

    public static Extraction Partial(Extraction read, string reason) => read with { State = ExtractionState.Partial, Reason = reason, Message = Sentence(reason) };
}
