using System.Collections;
using System.Globalization;
using System.Reflection;
using ResourceHub.Core;
using ResourceHub.Engines.AzureBlobs;
using ResourceHub.Engines.Elasticsearch;
using ResourceHub.Engines.Postgres;

namespace ResourceHub.Host.Settings;

/// <param name="Name">As in the environment: Hub__Azure__Account.</param>
/// <param name="Default">As an operator would write it; null where there is none.</param>
/// <param name="HasParts">More names may follow: Hub__Entra__Roles__Teacher.</param>
public sealed record Setting(string Name, string? Default, string Summary, bool HasParts);

/// <summary>All that an operator may set, read off the classes that the settings are bound to: what the manual says, and what files in infra/ may name.</summary>
public static class SettingsTable
{
    private static readonly (string Section, string Title, Type Settings)[] Sections =
    [
        ("Hub", "The hub", typeof(HubSettings)),
        ("Hub__Postgres", "With Hub__Database=postgres", typeof(PostgresSettings)),
        ("Hub__Elasticsearch", "With Hub__Search=elasticsearch", typeof(ElasticsearchSettings)),
        ("Hub__Azure", "With Hub__Blobs=azure", typeof(AzureSettings)),
    ];

    public static IReadOnlyList<Setting> All { get; } = [.. Sections.SelectMany(s => Of(s.Section, s.Settings))];

    /// <summary>The tables of docs/operations.md.</summary>
    public static string Markdown()
    {
        var groups = All.GroupBy(s => s.Name[..s.Name.LastIndexOf("__", StringComparison.Ordinal)]);
        return string.Join("\n", groups.Select(g => $"**{Title(g.Key)}**\n\n| setting | default | meaning |\n|---|---|---|\n{string.Concat(g.Select(Row))}"));
    }

    private static string Title(string section) => Sections.FirstOrDefault(s => s.Section == section).Title ?? $"Under {section}";

    private static string Row(Setting setting) => $"| `{setting.Name}{(setting.HasParts ? "__…" : "")}` | {(setting.Default is { } value ? $"`{value}`" : "none")} | {setting.Summary.Replace("|", "\\|", StringComparison.Ordinal)} |\n";

    private static IEnumerable<Setting> Of(string section, Type type)
    {
        var standard = Activator.CreateInstance(type)!;
        var own = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }).ToList();
        foreach (var property in own.Where(p => !IsSection(p.PropertyType)))
            yield return new($"{section}__{property.Name}", Text(property, property.GetValue(standard)), Summaries.Of(property), HasParts: IsList(property.PropertyType));
        foreach (var nested in own.Where(p => IsSection(p.PropertyType)))
            foreach (var setting in Of($"{section}__{nested.Name}", nested.PropertyType)) yield return setting;
    }

    private static bool IsSection(Type type) => type.IsClass && type != typeof(string) && !IsList(type);

    private static bool IsList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static string? Text(PropertyInfo property, object? value) => value switch
    {
        // Half the processors of the machine that prints it is nobody else's default.
        int when property.Name == nameof(HubSettings.Readers) => "half the cores",
        null or ICollection => null,
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
