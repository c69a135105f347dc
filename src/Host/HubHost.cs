using ResourceHub.Api;
using ResourceHub.Core;
using ResourceHub.Core.Keys;
using ResourceHub.Core.People;
using ResourceHub.Engines;
using ResourceHub.Host.Keys;
using ResourceHub.Host.Readiness;
using ResourceHub.Host.Telemetry;
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
        var roles = SettingsCheck.Run(settings, builder.Configuration);
        var proxies = TrustedProxies.Read(settings);
        builder.Services.AddSingleton(settings).AddSingleton(roles).AddSingleton<DataFolder>().AddSingleton<Needs>().AddHttpClient();
        builder.Services.AddHostedService<Leaving>();
        // Together: requests, work and streams have the same half minute to end in, not one after the other.
        builder.Services.Configure<HostOptions>(host => (host.ServicesStopConcurrently, host.ShutdownTimeout) = (true, SettingsCheck.LongestStop));
        if (roles.HasRecord) builder.Services.AddCore().AddEngines(settings, roles.Need);
        else builder.Services.AddSingleton(TimeProvider.System);
        if (roles.Api) builder.Services.AddApi();
        if (roles.Indexer) builder.Services.AddIndexer();
        if (roles.HasRecord) builder.Services.AddHostedService<Sweep>();
        if (roles.Web) builder.Services.AddWeb();
        builder.Services.AddSealingKeys(settings, roles);
        builder.AddTelemetry(settings, roles);
        var app = builder.Build();
        app.UseRequestIds(proxies);
        app.UseErrorAnswers();
        app.UseRecordAwayAnswer();
        app.UseForwardedHeaders(proxies.ToOptions());
        // After the proxy's word on address and scheme: an answer of an issuer elsewhere is taken here.
        if (roles.Api) app.UseAuthentication();
        app.UseMetrics(settings);
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

    /// <summary>Prepares the engines (migrations, index), makes sure of the keys, then opens the doors.</summary>
    public static async Task StartAsync(WebApplication app, CancellationToken ct = default)
    {
        ListenAddresses.CheckFree(app.Configuration);
        var settings = app.Services.GetRequiredService<HubSettings>();
        if (app.Services.GetRequiredService<Roles>().HasRecord)
        {
            app.Services.GetRequiredService<DataFolder>().Hold();
            foreach (var engine in app.Services.GetServices<IPrepareAtStart>()) await engine.PrepareAsync(ct);
            var keys = app.Services.GetRequiredService<SharedKeys>();
            keys.CheckWhole();
            keys.TakeOver(settings.Data);
            if (settings.BootstrapKey is { } key) await app.Services.GetRequiredService<KeyRing>().EnsureBootstrapKeyAsync(key, ct);
        }
        await app.StartAsync(ct);
    }
}
