using System.Text.RegularExpressions;
using ResourceHub.Host.Settings;

namespace ResourceHub.Tests.Infra;

/// <summary>A setting that is spelt wrong is silently none: every name that infra/ and the manual use must exist.</summary>
public sealed partial class SettingNamesTests
{
    [Fact]
    public void Every_setting_that_a_file_of_infra_names_exists()
    {
        List<string> wrong = [];
        var count = 0;
        foreach (var file in InfraFiles.All)
            foreach (var name in Named().Matches(InfraFiles.Read(file)).Select(m => m.Value.TrimEnd('_')))
            {
                count++;
                if (!Exists(name)) wrong.Add($"{file}: {name}");
            }
        Assert.True(count > 40, $"Only {count} names were found: this shows nothing.");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_setting_says_what_it_is_for() => Assert.Empty(SettingsTable.All.Where(s => s.Summary.Length < 10).Select(s => s.Name));

    [Fact]
    public void The_manual_has_the_settings_as_they_are()
    {
        const string begin = "<!-- settings: ./hub settings -->\n", end = "<!-- end of settings -->";
        var manual = File.ReadAllText(Path.Join(Repository.Folder, "docs", "operations.md"));
        var from = manual.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.Equal(SettingsTable.Markdown(), manual[from..manual.IndexOf(end, StringComparison.Ordinal)]);
    }

    [Fact]
    public void Every_setting_that_the_manual_names_exists()
        => Assert.All(Named().Matches(File.ReadAllText(Path.Join(Repository.Folder, "docs", "operations.md"))), m => Assert.True(Exists(m.Value.TrimEnd('_')), m.Value));

    private static bool Exists(string name) => name == "Hub" || SettingsTable.All.Any(s => s.Name == name || s.HasParts && name.StartsWith(s.Name + "__", StringComparison.Ordinal) || s.Name.StartsWith(name + "__", StringComparison.Ordinal));

    [GeneratedRegex(@"\bHub__\w+")]
    private static partial Regex Named();
}
