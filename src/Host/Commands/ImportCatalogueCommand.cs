using Microsoft.EntityFrameworkCore;
using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Core.People;
using ResourceHub.Engines;
using ResourceHub.Host.Catalogue;

namespace ResourceHub.Host.Commands;

/// <summary><c>import-catalogue FILE</c>: loads a textbook catalogue into this hub's record; a running hub shows it at once.</summary>
public static class ImportCatalogueCommand
{
    /// <summary>More than these are counted, not listed.</summary>
    private const int MostProblems = 50;

    public static Task<int> RunAsync(string[] args) => RunAsync(args, Console.Out, Console.Error);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        if (args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList() is not [var file])
        {
            await errors.WriteLineAsync("import-catalogue FILE: a .csv or .json file of a textbook's volumes, units and chapters; docs/catalogue.md describes it.");
            return 2;
        }
        var (lines, problems) = await CatalogueFile.ReadAsync(file, default);
        var loaded = new CatalogueLoaded(problems);
        if (problems.Count == 0)
        {
            var configuration = HubHost.Configuration([.. args.Where(a => a.StartsWith("--Hub:", StringComparison.OrdinalIgnoreCase))]);
            await using var own = Open(HubHost.Read(configuration), configuration);
            await using (var db = await own.GetRequiredService<IDbContextFactory<HubDb>>().CreateDbContextAsync())
                if ((await db.Database.GetPendingMigrationsAsync()).Any()) throw new SettingsException("The record was written by an older ResourceHub: start this one once (./hub run), then load the catalogue.");
            loaded = await own.GetRequiredService<CatalogueImport>().LoadAsync(Operator, lines, default);
        }
        foreach (var problem in loaded.Problems.OrderBy(p => p.Line).Take(MostProblems)) await errors.WriteLineAsync($"{Path.GetFileName(file)}:{problem.Line}: {problem.Message}");
        if (loaded.Problems.Count > 0)
        {
            if (loaded.Problems.Count > MostProblems) await errors.WriteLineAsync($"… {loaded.Problems.Count - MostProblems} more");
            await errors.WriteLineAsync("没有载入任何内容，请改正后重试。Nothing was loaded; mend the file and try again.");
            return 1;
        }
        await output.WriteLineAsync($"已载入 {lines.Count} 条：新增 {loaded.Added}，改动 {loaded.Changed}，不变 {loaded.Unchanged}，移除 {loaded.Removed}，停用 {loaded.Retired}；归入章节 {loaded.Filed}。");
        await output.WriteLineAsync($"{lines.Count} entries: {loaded.Added} added, {loaded.Changed} changed, {loaded.Unchanged} unchanged, {loaded.Removed} removed, {loaded.Retired} retired; {loaded.Filed} resources and lessons filed.");
        return 0;
    }

    private static ServiceProvider Open(HubSettings settings, IConfiguration configuration)
    {
        // Opening a file that is not there would make one.
        if (settings.Database == "sqlite" && !File.Exists(Path.Join(settings.Data, "hub.db")))
            throw new SettingsException($"{settings.Data} holds no record yet: start the hub once (./hub run or ./hub demo), or name its folder with Hub__Data.");
        return new ServiceCollection().AddLogging().AddSingleton(configuration).AddSingleton(settings).AddCore().AddEngines(settings).BuildServiceProvider();
    }

    private static Viewer Operator => new(null, "import-catalogue", Role.HubAdmin, null, [ApiKeyScopes.Write], []);
}
