using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ResourceHub.Web.Hub;
using ResourceHub.Web.Language;
using ResourceHub.Web.Pages;

namespace ResourceHub.Web;

/// <summary>The role that paired schools use: server-rendered pages that speak only GraphQL.</summary>
public static class WebRole
{
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // the default writes each Chinese character as eight
        services.AddSingleton<HubAddress>();
        services.AddHttpClient<HubClient>(client => client.Timeout = TimeSpan.FromSeconds(15)).RemoveAllLoggers();
        services.AddScoped(s => Texts.For(s.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        return services;
    }

    public static void MapWeb(this IEndpointRouteBuilder app)
    {
        app.MapPageFiles();
        app.MapRazorComponents<App>().DisableAntiforgery(); // pages only read; forms that change something come with sign-in
        app.MapGet("/{**path}", () => new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }).WithOrder(int.MaxValue);
    }
}
