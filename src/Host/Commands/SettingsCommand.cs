using ResourceHub.Host.Settings;

namespace ResourceHub.Host.Commands;

/// <summary><c>settings</c>: every setting with its default and what it is for, as the tables of docs/operations.md.</summary>
internal static class SettingsCommand
{
    public static int Print(TextWriter to)
    {
        to.Write(SettingsTable.Markdown());
        return 0;
    }
}
