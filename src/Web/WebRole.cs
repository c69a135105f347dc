using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ResourceHub.Web.Forms;
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
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // the default writes each Chinese character as eight
        services.AddSingleton<HubAddress>();
        // A jar of cookies, which handlers keep by default, would hand one person's session to the next.
        services.AddHttpClient<HubClient>(client => client.Timeout = TimeSpan.FromSeconds(15)).ConfigurePrimaryHttpMessageHandler(WithoutCookies).RemoveAllLoggers();
        services.AddHttpClient<UploadClient>(client => client.Timeout = Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(WithoutCookies).RemoveAllLoggers();
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = FormToken.Field;
            options.HeaderName = FormToken.Header;
            options.Cookie.Name = FormToken.Cookie;
            options.SuppressXFrameOptionsHeader = true; // the content security policy says it
        });
        services.AddScoped(s => PostedForms.Of(s.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        services.AddScoped<SignedIn>();
        services.AddScoped<SentFiles>();
        services.AddScoped(s => Texts.For(s.GetRequiredService<IHttpContextAccessor>().HttpContext!));
        return services;
    }

    public static void MapWeb(this WebApplication app)
    {
        app.UsePostedForms();
        app.MapPageFiles();
        app.MapSuggestions();
        app.MapRazorComponents<App>().DisableAntiforgery(); // the token is checked where the form is read: UsePostedForms
        app.MapGet("/{**path}", () => new RazorComponentResult<App> { StatusCode = StatusCodes.Status404NotFound }).WithOrder(int.MaxValue);
    }

    private static SocketsHttpHandler WithoutCookies() => new() { UseCookies = false, AllowAutoRedirect = false };
}
