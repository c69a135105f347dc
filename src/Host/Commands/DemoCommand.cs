using ResourceHub.Core;
using ResourceHub.Core.Catalogue;
using ResourceHub.Host.Catalogue;
using ResourceHub.Host.Demo;

namespace ResourceHub.Host.Commands;

/// <summary><c>demo</c>: the hub with demonstration schools and lessons, ready to be tried. Run again it changes nothing.</summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var settings = HubHost.Settings(args);
        DataFolder.Make(settings);
        var keys = await DemoKeys.OpenAsync(settings.Data, settings.BootstrapKey, CancellationToken.None);
        using var accounts = settings.Accounts == "local" ? await DemoAccounts.OpenAsync(settings.Data, CancellationToken.None) : null;
        await using var app = HubHost.Build(args, builder => builder.Configuration["Hub:BootstrapKey"] = keys.AdminKey);
        if (!await RunCommand.TryStartAsync(app)) return 1;
        var address = app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
        using var hub = new HttpClient { BaseAddress = new Uri(address) };
        try
        {
            await CatalogueSamples.LoadAsync(app.Services.GetRequiredService<CatalogueImport>(), app.Lifetime.ApplicationStopping);
            var report = await DemoSeed.RunAsync(hub, keys, accounts, app.Lifetime.ApplicationStopping);
            report.Print(Console.Out);
            Console.WriteLine($"打开 Open  {address}  （搜索 try: 通分）   GraphQL  {address}/graphql   按 Ctrl+C 停止 to stop");
        }
        catch (DemoException refused)
        {
            await Console.Error.WriteLineAsync($"演示数据未能全部载入：{refused.Message} The demonstration data is not complete; ./hub demo again goes on where it stopped, an empty data folder begins anew.");
            await app.StopAsync();
            return 1;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return 0;
        }
        await app.WaitForShutdownAsync();
        return 0;
    }
}
