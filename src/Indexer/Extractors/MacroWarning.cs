namespace ResourceHub.Indexer.Extractors;

internal static class MacroWarning
{
    public const string Text = "文件带有宏，打开时请勿启用来历不明的宏。The file holds macros; do not enable macros that you do not know.";
}
