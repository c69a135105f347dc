using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ResourceHub.Web.Forms;

/// <summary>What a form sent. A file is not read: it is the form's last field, and whoever wants it streams it on.</summary>
public sealed class Posted
{
    public const string DoField = "do";
    public const string KeyField = "key";
    public const string ForField = "for";
    private const int FieldLimit = 64 * 1024;
    private const int FieldsLimit = 400;

    public static readonly Posted Nothing = new([], null);

    private readonly Dictionary<string, StringValues> fields;

    private Posted(Dictionary<string, StringValues> fields, PostedFile? file) => (this.fields, File) = (fields, file);

    public Posted Untrusted() => new(fields, null) { IsTrusted = false };

    public PostedFile? File { get; }

    /// <summary>Which of the page's forms is to be done; null when none was sent, or when its token is not good.</summary>
    public string? Do => IsTrusted ? Form : null;

    /// <summary>Which of the page's forms was sent, so that what was typed can be shown again.</summary>
    public string? Form => this[DoField];

    /// <summary>False when the token was missing, of another session, or too old.</summary>
    public bool IsTrusted { get; init; } = true;

    /// <summary>The row of a list that it was about.</summary>
    public string? For => this[ForField];

    /// <summary>Made with the form: the same form sent twice changes once.</summary>
    public string? Key => this[KeyField];

    public string? this[string field] => fields.GetValueOrDefault(field).FirstOrDefault();

    /// <summary>Null where nothing was typed.</summary>
    public string? Text(string field) => this[field] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    public IReadOnlyList<string> All(string field) => [.. fields.GetValueOrDefault(field).OfType<string>().Where(v => v.Length > 0)];

    public bool Has(string field) => Text(field) is not null;

    /// <exception cref="BadHttpRequestException">It is no form, or one of none of our pages.</exception>
    public static async Task<Posted> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "multipart/form-data" && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 100 } boundary)
            return await ReadPartsAsync(request, boundary.ToString(), ct);
        if (!request.HasFormContentType) throw new BadHttpRequestException("It is no form.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return new Posted((await request.ReadFormAsync(ct)).ToDictionary(f => f.Key, f => f.Value), null);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException(e.Message, e);
        }
    }

    private static async Task<Posted> ReadPartsAsync(HttpRequest request, string boundary, CancellationToken ct)
    {
        var fields = new Dictionary<string, StringValues>();
        try
        {
            var reader = new MultipartReader(boundary, new CountedStream(request.Body)) { BodyLengthLimit = null };
            for (var count = 0; await reader.ReadNextSectionAsync(ct) is { } part; count++)
            {
                if (count > FieldsLimit) throw new BadHttpRequestException("Too many fields.");
                if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var said)) continue;
                var name = HeaderUtilities.RemoveQuotes(said.Name).ToString();
                if (!said.FileName.HasValue && !said.FileNameStar.HasValue)
                {
                    fields[name] = StringValues.Concat(fields.GetValueOrDefault(name), await FieldAsync(part, ct));
                }
                else if (HeaderUtilities.RemoveQuotes(said.FileNameStar.HasValue ? said.FileNameStar : said.FileName).ToString() is { Length: > 0 } fileName)
                {
                    // The file is the last part: all but the closing boundary belongs to it, so its size is known before it is read.
                    var closing = boundary.Length + "\r\n----\r\n".Length;
                    return new Posted(fields, new PostedFile(part.Body, fileName, request.ContentLength - part.BaseStreamOffset - closing));
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new BadHttpRequestException("The form is not whole.", e);
        }
        return new Posted(fields, null);
    }

    private static async Task<string> FieldAsync(MultipartSection part, CancellationToken ct)
    {
        using var reader = new StreamReader(part.Body);
        var text = new char[FieldLimit + 1];
        var length = await reader.ReadBlockAsync(text, ct);
        return length <= FieldLimit ? new string(text, 0, length) : throw new BadHttpRequestException("A field is too long.", StatusCodes.Status413PayloadTooLarge);
    }
}

/// <param name="Length">Null when the browser did not say how long the form is.</param>
public sealed record PostedFile(Stream Content, string Name, long? Length);
