using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace ResourceHub.Tests.Infra;

/// <summary>The files of infra/, as they lie in the repository.</summary>
internal static class InfraFiles
{
    public static string Folder => Path.Join(Repository.Folder, "infra");

    public static string PathOf(string name) => Path.Join(Folder, name);

    public static string Read(string name) => File.ReadAllText(PathOf(name));

    public static IEnumerable<string> All => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal);

    /// <summary>A compose file with its anchors and merges put in.</summary>
    public static Dictionary<object, object> Compose(string name)
        => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(Read(name)))));
}
