using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace ResourceHub.Engines.Postgres;

/// <summary>
/// Asks again, for some three seconds, while a server restarts: only outside a transaction, and only where it is sure that nothing was done. What broke in
/// the middle is for the caller to judge. Answers are not buffered for it, so a long read stays a stream.
/// </summary>
internal sealed class PatientStrategy(ExecutionStrategyDependencies dependencies) : IExecutionStrategy
{
    private static readonly int[] Pauses = [50, 150, 300, 500, 900, 1200];

    public bool RetriesOnFailure => false;

    public TResult Execute<TState, TResult>(TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
        => operation(dependencies.CurrentContext.Context, state);

    public Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation, Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default)
    {
        var db = dependencies.CurrentContext.Context;
        return AskAsync(db, db.Database.CurrentTransaction is null ? IsUntouched : _ => false, () => operation(db, state, cancellationToken), cancellationToken);
    }

    /// <param name="isUntouched">Whether it is sure that nothing was done.</param>
    public static async Task<T> AskAsync<T>(DbContext db, Func<NpgsqlException, bool> isUntouched, Func<Task<T>> ask, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException broken) when (ForgetConnections(db, broken) && attempt < Pauses.Length && isUntouched(broken))
            {
                await Task.Delay(Pauses[attempt], ct);
            }
        }
    }

    /// <summary>The server refused the connection, or said that it is going down or not up yet instead of doing anything.</summary>
    private static bool IsUntouched(NpgsqlException broken) => broken switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.AddressNotAvailable or SocketError.HostUnreachable or SocketError.TryAgain } } => true,
        _ => false,
    };

    /// <summary>After a restart every connection that was kept is dead: the first that shows it takes the others along.</summary>
    private static bool ForgetConnections(DbContext db, NpgsqlException broken)
    {
        if (broken.InnerException is IOException || broken is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown })
            NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
        return true;
    }
}
