namespace ResourceHub.Host.Commands;

/// <summary>What the executable can do.</summary>
internal static class Usage
{
    private const string Text = """
        ResourceHub

          run                      start on the data folder (Hub__Data, default ./data)
          demo                     the same, with demonstration schools and lessons
          import-catalogue FILE    load a textbook catalogue (.csv or .json) into the data folder's hub
          extract PATH... --json   read files and print what is in them
          migrate --from … --to …  move a whole hub to other engines, which must be empty; no hub may run at either end. An end is a
                                   settings file, or sqlite:FOLDER, folder:FOLDER, postgres:CONNECTION, azure:ACCOUNT (several, where record
                                   and blobs are said apart); secrets by From__Hub__… and To__Hub__… in the environment
          evaluate --queries FILE --judgements FILE [--documents FILE] [--json]
                                   measure search on a judged collection
          bench [--documents N,…] [--engines scale]
                                   measure speed and memory of this program beside a bare server, with made-up resources in a
                                   folder of its own; --engines scale does so with PostgreSQL, which must be installed
          reindex [--verify]       make the search index anew while searches and writes go on; --verify compares it with
                                   the record, --verify-only does nothing else
          settings                 every setting with its default and what it is for
          doctor [--deep] [--json] which tools and engines are on, and what a missing one costs; --deep tries out how the
                                   configured engines behave, in places of their own that are removed again

        Settings: Hub__Data, Hub__BootstrapKey, Hub__Roles … in the environment, or Hub:… in appsettings.json. Address: ASPNETCORE_URLS (http://localhost:5080).
        """;

    public static int Print(TextWriter to)
    {
        to.WriteLine(Text);
        return 0;
    }

    public static int Unknown(string verb)
    {
        Console.Error.WriteLine($"There is no command \"{verb}\".");
        Print(Console.Error);
        return 2;
    }
}
