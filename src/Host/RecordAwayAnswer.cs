using ResourceHub.Core;

namespace ResourceHub.Host;

/// <summary>While the database does not answer, requests are told to come again, whichever door they came through; what it said is for the log.</summary>
internal static partial class RecordAwayAnswer
{
    public static void UseRecordAwayAnswer(this WebApplication app) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http);
        }
        catch (Exception away) when (RecordAway.Is(away) && !http.Response.HasStarted)
        {
            LogAway(app.Logger, away.GetBaseException().Message);
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = $"{RecordAway.RetryAfterSeconds}";
            await ErrorAnswers.SendAsync(http, RecordAway.Problem);
        }
        catch (Exception odd) when (RecordAway.IsNoText(odd) && !http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    });

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request was told to come again, the database does not answer: {Why}")]
    private static partial void LogAway(ILogger log, string why);
}
