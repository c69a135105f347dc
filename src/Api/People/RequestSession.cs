using Microsoft.AspNetCore.Http;
using ResourceHub.Core;
using ResourceHub.Core.People;

namespace ResourceHub.Api.People;

/// <summary>The request's session, for the few fields that change it or how the request is answered.</summary>
public sealed class RequestSession
{
    private HttpContext? http;

    public void Of(HttpContext request) => http = request;

    /// <summary>Set when a field was refused because there were too many tries: the answer's status says so too.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Notes a refusal and says it.</summary>
    public Problem TooMany(TimeSpan wait)
    {
        RetryAfter = wait;
        return AccountProblems.TooManyAttempts(wait);
    }

    /// <summary>The person goes on in this browser with a session of their new stamp. A stream has sent its headers by now: then they sign in again.</summary>
    public Task RenewAsync(Person person) => http is null || http.Response.HasStarted ? Task.CompletedTask : Sessions.BeginAsync(http, person);
}
