using System.Net.Sockets;
using Npgsql;

namespace ResourceHub.Engines.Postgres;

/// <summary>What keeps a server from being used, in the words of the settings; never with a password.</summary>
internal static class PostgresProblems
{
    public static string Where(PostgresSettings settings) => settings.Connection() is var c ? $"{c.Database} at {c.Host}:{c.Port}" : "";

    public static string Say(PostgresSettings settings, NpgsqlException failed) => failed.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification
            => $"PostgreSQL refuses the user {settings.Connection().Username} for the database {Where(settings)}: mend Hub:Postgres:ConnectionString, or the password in Hub:Postgres:Password or PasswordFile.",
        PostgresErrorCodes.InvalidCatalogName => $"There is no database {Where(settings)}: make it (CREATE DATABASE … ENCODING 'UTF8'), or mend Hub:Postgres:ConnectionString.",
        PostgresErrorCodes.InsufficientPrivilege => $"The user {settings.Connection().Username} may not make tables in {Where(settings)}: let it own the database, or GRANT CREATE ON SCHEMA public. ({failed.Message})",
        PostgresErrorCodes.TooManyConnections => $"PostgreSQL has no connection left for {Where(settings)}: raise its max_connections, or lower Hub:Postgres:MaxConnections of the processes.",
        null when failed.InnerException is SocketException or TimeoutException or IOException => $"PostgreSQL does not answer for the database {Where(settings)} ({failed.InnerException.Message}). Start it, or mend Hub:Postgres:ConnectionString.",
        _ => $"PostgreSQL cannot be used for the database {Where(settings)}: {failed.Message}",
    };
}
