using ResourceHub.Core;
using ResourceHub.Engines;
using ResourceHub.Host.Bench;
using ResourceHub.Host.Commands;

// The verbs of the one executable; each is a small class of its own.
try
{
    return args switch
    {
        ["--help" or "-h" or "help", ..] => Usage.Print(Console.Out),
        ["doctor", .. var rest] => await DoctorCommand.RunAsync(rest),
        ["reindex", .. var rest] => await ReindexCommand.RunAsync(rest),
        ["demo", .. var rest] => await DemoCommand.RunAsync(rest),
        ["run", .. var rest] => await RunCommand.RunAsync(rest),
        ["extract", .. var rest] => await ExtractCommand.RunAsync(rest),
        ["migrate", .. var rest] => await MigrateCommand.RunAsync(rest),
        ["evaluate", .. var rest] => await EvaluateCommand.RunAsync(rest),
        ["import-catalogue", .. var rest] => await ImportCatalogueCommand.RunAsync(rest),
        ["settings", ..] => SettingsCommand.Print(Console.Out),
        ["bench", .. var rest] => await BenchCommand.RunAsync(rest),
        [Bare.Verb, var folder] => await Bare.RunAsync(folder),
        ["extract-child", ..] => ReadChild.Run(),
        [var verb, ..] when !verb.StartsWith('-') => Usage.Unknown(verb),
        _ => await RunCommand.RunAsync(args),
    };
}
catch (Exception wrong) when (wrong is SettingsException or CannotStartException)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
