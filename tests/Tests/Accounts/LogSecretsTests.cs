using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ResourceHub.Tests.Accounts;

/// <summary>Whatever an operator's log holds may be read by many: secrets of every kind pass through a hub that logs all it can, and none is in its log.</summary>
public sealed class LogSecretsTests
{
    [Fact]
    public async Task No_password_key_session_or_invitation_stands_in_any_line_of_the_log()
    {
        using var log = new EveryLine();
        await using var hub = await HubApp.StartAsync(change: services => services.AddLogging(logging => logging.AddProvider(log).AddFilter<EveryLine>(null, LogLevel.Trace)));
        var school = await hub.SchoolAsync("新村实验小学");
        var key = await hub.KeyAsync(school, "TEACHER", "read", "write");
        var invited = (await hub.QueryAsync($$"""mutation { inviteMember(input: { schoolId: "{{school}}", displayName: "教师", role: TEACHER }) { secret errors { message } } }""", key: HubApp.AdminKey))
            .GetProperty("inviteMember").GetProperty("secret").GetString()!;
        using var person = await hub.PersonAsync(school);
        const string wrong = "a-wrong-password-of-some-length";
        using var browser = hub.Browser();
        using (var form = new FormUrlEncodedContent([new("userName", person.UserName), new("password", wrong)]))
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/accounts/sign-in") { Content = form, Headers = { { "Sec-Fetch-Site", "same-origin" } } })
            (await browser.SendAsync(request)).Dispose();
        using var answer = await browser.PostAsJsonAsync("/accounts/sign-in", new { userName = person.UserName, password = person.Password });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var session = answer.Headers.GetValues("Set-Cookie").First(c => c.StartsWith("hub-session=", StringComparison.Ordinal)).Split('=', 2)[1].Split(';')[0];
        var id = await hub.ResourceAsync(school, "圆的面积", key: key);
        await hub.AttachAsync(id, "圆的面积"u8.ToArray(), "圆的面积.txt", key);
        await hub.IdleAsync();
        await hub.AskAsync("{ viewer { name } }", key: key + "x");
        (await person.Client.GetAsync($"/invitation/{invited}")).Dispose();
        (await person.Client.GetAsync("/mine")).Dispose();

        Assert.True(log.Lines.Count > 200, $"Only {log.Lines.Count} lines were logged: this shows nothing.");
        foreach (var (what, secret) in new[] { ("the operator's key", HubApp.AdminKey), ("a key", key), ("a password", person.Password), ("a wrong password", wrong), ("a session", session) })
        {
            var told = log.Lines.FirstOrDefault(l => l.Text.Contains(secret, StringComparison.Ordinal));
            Assert.True(told is null, $"{what}: {told}");
        }
        // The framework's own lines say which address was asked for, and an operator who turns them on has the invitation's: at the level that is shipped they are off.
        Assert.DoesNotContain(log.Lines, l => l.Level >= LogLevel.Warning && l.Text.Contains(invited, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Category.StartsWith("ResourceHub", StringComparison.Ordinal) && l.Text.Contains(invited, StringComparison.Ordinal));
    }

    private sealed record Line(string Category, LogLevel Level, string Text);

    private sealed class EveryLine : ILoggerProvider
    {
        public ConcurrentQueue<Line> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Writer(categoryName, Lines);

        public void Dispose()
        {
        }

        private sealed class Writer(string category, ConcurrentQueue<Line> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
                => lines.Enqueue(new(category, logLevel, formatter(state, exception) + exception));
        }
    }
}
