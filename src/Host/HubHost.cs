using Microsoft.AspNetCore.DataProtection;
using ResourceHub.Api;
using ResourceHub.Core;
using ResourceHub.Core.People;
using ResourceHub.Engines;
using ResourceHub.Indexer;
using ResourceHub.Web;

namespace ResourceHub.Host;

/// <summary>One process: settings, engines, then the roles it plays.</summary>
public static class HubHost
{
    public const string DefaultAddress = "http://localhost:5080";

    /// <param name="change">For tests: the last word on settings and services.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        // The program's own folder holds its pages' files; started from elsewhere they would come back empty.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(DefaultAddress);
        change?.Invoke(builder);
        var settings = Read(builder.Configuration);
        var roles = Roles.Check(settings);
        var proxies = TrustedProxies.Read(settings);
        MakeFolder(settings);
        builder.Services.AddSingleton(settings).AddSingleton(roles).AddCore().AddEngines(settings);
        if (roles.Api) builder.Services.AddApi();
        if (roles.Indexer) builder.Services.AddIndexer();
        if (roles.Api || roles.Indexer) builder.Services.AddHostedService<Sweep>();
        if (roles.Web) builder.Services.AddWeb();
        // The pages' framework makes keys at start: with the data they outlive a restart and move with a backup, in a home folder neither.
        // Sessions are sealed with them too: the name is said so that processes started from other folders can open them.
        builder.Services.AddDataProtection().SetApplicationName("ResourceHub").PersistKeysToFileSystem(new DirectoryInfo(Path.Join(settings.Data, "keys")));
        var app = builder.Build();
        app.UseRequestIds(proxies);
        app.UseForwardedHeaders(proxies.ToOptions());
        // After the proxy's word on address and scheme: an answer of an issuer elsewhere is taken here.
        if (roles.Api) app.UseAuthentication();
        app.MapHealth();
        if (roles.Api) app.MapApi();
        if (roles.Web) app.MapWeb();
        return app;
    }

    /// <summary>The settings as <see cref="Build"/> will see them, for what must be known before.</summary>
    public static HubSettings Settings(string[] args)
        => Read(Configuration(args));

    public static IConfiguration Configuration(string[] args)
        => new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory).AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().AddCommandLine(args).Build();

    public static HubSettings Read(IConfiguration configuration)
    {
        try
        {
            var settings = configuration.GetSection("Hub").Get<HubSettings>() ?? new HubSettings();
            settings.Data = Path.GetFullPath(settings.Data);
            return settings;
        }
        // The binder's sentence names the setting, its value and what it should be.
        catch (InvalidOperationException wrong)
        {
            throw new SettingsException(wrong.Message);
        }
    }

    /// <summary>Makes the data folder unless it is there; a sentence for the operator when it cannot be.</summary>
    public static void MakeFolder(HubSettings settings)
    {
        try
        {
            Directory.CreateDirectory(settings.Data);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"Hub:Data={settings.Data} cannot be made: {cannot.Message} Name another folder, or let this user write there.");
        }
    }

    /// <summary>Prepares the engines (migrations, index), makes sure of the operator's key, then opens the doors.</summary>
    public static async Task StartAsync(WebApplication app, CancellationToken ct = default)
    {
        foreach (var engine in app.Services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(ct);
        if (app.Services.GetRequiredService<HubSettings>().BootstrapKey is { } key)
            await app.Services.GetRequiredService<KeyRing>().EnsureBootstrapKeyAsync(key, ct);
        await app.StartAsync(ct);
    }
}
