using System.Reflection;

namespace ResourceHub.Tests.House;

/// <summary>Which project may name which: the walls of the house, for whoever edits a project file.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("ResourceHub.Core", "")]
    [InlineData("ResourceHub.Web", "")]
    [InlineData("ResourceHub.Api", "ResourceHub.Core")]
    [InlineData("ResourceHub.Indexer", "ResourceHub.Core")]
    [InlineData("ResourceHub.Engines", "ResourceHub.Core")]
    public void A_project_names_only_what_it_may(string project, string allowed)
        => Assert.Empty(Named(project).Where(n => n.StartsWith("ResourceHub.", StringComparison.Ordinal)).Except(allowed.Split(',')));

    [Theory]
    [InlineData("Lucene.Net", "ResourceHub.Engines")]
    [InlineData("Npgsql", "ResourceHub.Engines")]
    [InlineData("GraphQL", "ResourceHub.Api")]
    [InlineData("AngleSharp", "ResourceHub.Indexer")]
    [InlineData("UglyToad.PdfPig", "ResourceHub.Indexer")]
    public void An_outside_library_stays_behind_its_wall(string library, string home)
    {
        foreach (var project in (string[])["ResourceHub.Core", "ResourceHub.Web", "ResourceHub.Api", "ResourceHub.Indexer", "ResourceHub.Engines"])
            if (project != home) Assert.DoesNotContain(library, Named(project));
    }

    private static IEnumerable<string> Named(string project) => Assembly.Load(project).GetReferencedAssemblies().Select(a => a.Name!);
}
