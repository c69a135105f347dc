using Microsoft.AspNetCore.Http;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>The request's session, for the few fields that change it or how the request is answered.</summary>
public sealed class RequestSession
{
    private HttpContext? http;

    public void Of(HttpContext request) => http = request;

    /// <summary>The person goes on in this browser with a session of their new stamp.</summary>
    public Task RenewAsync(Person person) => http is null ? Task.CompletedTask : Sessions.BeginAsync(http, person);
}
