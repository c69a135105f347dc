using ResourceHub.Api;
using ResourceHub.Core;
using ResourceHub.Engines;
using ResourceHub.Indexer;
using ResourceHub.Web;

namespace ResourceHub.Host;

/// <summary>One process: settings, engines, then the roles it plays.</summary>
public static class HubHost
{
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        change?.Invoke(builder);
        var settings = builder.Configuration.GetSection("Hub").Get<HubSettings>() ?? new HubSettings();
        var roles = Roles.Check(settings);
        builder.Services.AddSingleton(settings).AddCore().AddEngines(settings);
        if (roles.Api) builder.Services.AddApi();
        if (roles.Indexer) builder.Services.AddIndexer();
        if (roles.Web) builder.Services.AddWeb();
        var app = builder.Build();
        if (roles.Api) app.MapApi();
        if (roles.Web) app.MapWeb();
        return app;
    }
}
