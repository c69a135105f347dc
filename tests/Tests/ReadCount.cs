using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ResourceHub.Tests;

/// <summary>Counts what a hub reads of its record, whoever asks and however they came in; the workers look only at the table of jobs. Where the test itself reads: <see cref="SqlCount"/>.</summary>
internal sealed class ReadCount : DbCommandInterceptor
{
    private int statements;

    public int Statements => Volatile.Read(ref statements);

    public void Reset() => Volatile.Write(ref statements, 0);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (!command.CommandText.Contains("\"Jobs\"", StringComparison.Ordinal)) Interlocked.Increment(ref statements);
        return new(result);
    }
}
