using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ResourceHub.Web.Language;

/// <summary>The pages' words in one language (zh-CN.json, en.json for reading; .search for what a search says; .own for what a teacher does with their own resources; .school for running a school; .lesson for lessons, textbooks and what changed). Flat files that a teacher can correct, read once: no culture of the machine or thread decides.</summary>
public sealed class Texts
{
    private const string Cookie = "lang";
    private static readonly string[] Files = [".json", ".search.json", ".own.json", ".school.json", ".lesson.json"];
    public static readonly Texts Chinese = new("zh-CN");
    public static readonly Texts English = new("en");

    private readonly FrozenDictionary<string, string> words;

    private Texts(string lang)
    {
        Lang = lang;
        words = Files.SelectMany(file => Read(lang + file)).ToFrozenDictionary(w => w.Key, w => w.Value);
    }

    /// <summary>For the lang attribute and for <c>label(lang:)</c>.</summary>
    public string Lang { get; }

    public bool IsChinese => this == Chinese;
    public Texts Other => IsChinese ? English : Chinese;
    public IReadOnlyCollection<string> Keys => words.Keys;

    public string this[string key] => words.TryGetValue(key, out var text) ? text : throw new KeyNotFoundException($"{Lang}.json has no text \"{key}\".");

    public string this[string key, params object?[] values] => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>The text of a key that data names, such as a reason code of a newer API; null when there is none.</summary>
    public string? Find(string key) => words.GetValueOrDefault(key);

    /// <summary>A number of things; languages with a singular have it under <c>key.one</c>.</summary>
    public string Count(string key, long count, string? of = null)
        => string.Format(CultureInfo.InvariantCulture, count == 1 ? Find(key + ".one") ?? this[key] : this[key], count.ToString("N0", CultureInfo.InvariantCulture), of);

    /// <summary>The language asked for by ?lang=, else the one chosen before, else Chinese.</summary>
    public static Texts For(HttpContext http) => Named(http.Request.Query[Cookie]) ?? Named(http.Request.Cookies[Cookie]) ?? Chinese;

    /// <summary>Keeps a choice made by ?lang= for the next pages.</summary>
    public static void Remember(HttpContext http)
    {
        if (Named(http.Request.Query[Cookie]) is { } chosen)
            http.Response.Cookies.Append(Cookie, chosen.Lang, new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, SameSite = SameSiteMode.Lax, IsEssential = true });
    }

    private static Dictionary<string, string> Read(string file)
    {
        using var json = typeof(Texts).Assembly.GetManifestResourceStream(file) ?? throw new InvalidOperationException($"{file} is not embedded.");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
    }

    private static Texts? Named(string? lang) => lang switch { "en" => English, "zh" or "zh-CN" => Chinese, _ => null };
}
