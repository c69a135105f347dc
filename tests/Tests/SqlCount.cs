using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ResourceHub.Tests;

/// <summary>Counts the SQL statements that run between its making and its end, in this flow of the test only.</summary>
public sealed class SqlCount : IDisposable
{
    private static readonly AsyncLocal<SqlCount?> Current = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> texts = [];

    public SqlCount() => Current.Value = this;

    public int Statements => texts.Count;
    public IReadOnlyCollection<string> Texts => texts;

    public void Dispose() => Current.Value = null;

    // Listening from the start: a context that once found nobody listening does not look again for a second.
    [ModuleInitializer]
    internal static void Listen() => DiagnosticListener.AllListeners.Subscribe(new Ear<DiagnosticListener>(listener =>
    {
        if (listener.Name == DbLoggerCategory.Name)
            listener.Subscribe(new Ear<KeyValuePair<string, object?>>(e => Heard(e.Value)), name => name == RelationalEventId.CommandExecuted.Name);
    }));

    private static void Heard(object? said)
    {
        if (said is CommandExecutedEventData { Command.CommandText: var text } && Current.Value is { } counting) counting.texts.Enqueue(text);
    }

    private sealed class Ear<T>(Action<T> hear) : IObserver<T>
    {
        public void OnNext(T said) => hear(said);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
