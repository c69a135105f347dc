using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ResourceHub.Engines.Sqlite;

/// <summary>
/// Runs queries by statements that their connection has prepared before. EF makes a new command each time, and preparing one, which is parsing and
/// planning, was the largest part of what a small query cost here.
/// </summary>
internal sealed class PreparedQueries : DbCommandInterceptor
{
    public static readonly PreparedQueries Instance = new();

    /// <summary>For each connection. Lists of ids make some variants of a query; more than this is not the hub's daily work.</summary>
    private const int MostStatements = 200;

    private readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, Prepared>> connections = [];

    private sealed class Prepared(SqliteCommand command)
    {
        private SqliteDataReader? reader;

        /// <summary>A statement answers one question at a time.</summary>
        public bool IsBusy => reader is { IsClosed: false };

        public SqliteDataReader Execute(SqliteCommand asked)
        {
            command.Transaction = asked.Transaction;
            command.CommandTimeout = asked.CommandTimeout;
            command.Parameters.Clear();
            foreach (SqliteParameter parameter in asked.Parameters) command.Parameters.Add(parameter);
            return reader = command.ExecuteReader();
        }

        public void Dispose() => command.Dispose();
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        => Find(command) is { IsBusy: false } prepared ? InterceptionResult<DbDataReader>.SuppressWithResult(prepared.Execute((SqliteCommand)command)) : result;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        => new(ReaderExecuting(command, eventData, result));

    private Prepared? Find(DbCommand command)
    {
        if (command is not SqliteCommand { Connection: { } connection } || !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)) return null;
        var statements = connections.GetOrCreateValue(connection);
        if (statements.TryGetValue(command.CommandText, out var known)) return known;
        if (statements.Count >= MostStatements) Forget(statements);
        var own = connection.CreateCommand();
        own.CommandText = command.CommandText;
        own.Transaction = ((SqliteCommand)command).Transaction;
        own.Prepare();
        return statements[own.CommandText] = new Prepared(own);
    }

    private static void Forget(Dictionary<string, Prepared> statements)
    {
        foreach (var (text, prepared) in statements.ToList())
        {
            if (prepared.IsBusy) continue;
            prepared.Dispose();
            statements.Remove(text);
        }
    }
}
