using Npgsql;

namespace ResourceHub.Engines.Postgres;

/// <summary><c>Hub:Postgres</c>: the server that keeps the record when <c>Hub:Database=postgres</c>.</summary>
public sealed class PostgresSettings
{
    /// <summary>Npgsql's connection string, such as Host=db;Database=hub;Username=hub;SSL Mode=VerifyFull.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The password, where it is kept apart from the connection string.</summary>
    public string? Password { get; set; }

    /// <summary>A file that holds the password, as secrets are mounted.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Connections that this process opens at most. All processes together must stay below the server's max_connections.</summary>
    public int MaxConnections { get; set; } = 40;

    /// <summary>How long a new connection may take, and how long a request waits for a free one, in seconds.</summary>
    public int ConnectSeconds { get; set; } = 5;

    /// <summary>How long one statement may run, in seconds; the server ends it then.</summary>
    public int StatementSeconds { get; set; } = 30;

    /// <summary>How long a statement waits for rows that another is changing, in seconds.</summary>
    public int LockSeconds { get; set; } = 10;

    /// <summary>How long a transaction may stand still, in seconds, such as that of a frozen process; the server ends it then, so that others can go on.</summary>
    public int IdleSeconds { get; set; } = 15;

    /// <summary>How long a start waits for a server that does not answer yet, in seconds.</summary>
    public int StartSeconds { get; set; } = 20;

    /// <summary>Statements that each connection keeps prepared; 0 where a pooler between gives each transaction another connection.</summary>
    public int PreparedStatements { get; set; } = 200;

    /// <summary>Whether processes wake each other by LISTEN and NOTIFY. Off, or where a pooler swallows it, they look by themselves.</summary>
    public bool Notify { get; set; } = true;

    /// <summary>Where its tables are; null for where the server puts them.</summary>
    internal string? Schema { get; private set; }

    /// <summary>The same database, tables of their own.</summary>
    internal PostgresSettings In(string schema)
    {
        var other = (PostgresSettings)MemberwiseClone();
        other.Schema = schema;
        return other;
    }

    /// <summary>What is wrong, in one sentence; null when nothing is.</summary>
    public string? Check()
    {
        if (string.IsNullOrWhiteSpace(ConnectionString)) return "Hub:Database=postgres needs Hub:Postgres:ConnectionString, such as Host=db;Database=hub;Username=hub.";
        if (Password is not null && PasswordFile is not null) return "Set Hub:Postgres:Password or PasswordFile, not both.";
        if (PasswordFile is { } file && !File.Exists(file)) return $"Hub:Postgres:PasswordFile={file} is not there.";
        if (MaxConnections is < 4 or > 1000) return "Hub:Postgres:MaxConnections must be 4 to 1000.";
        if (ConnectSeconds is < 1 or > 60) return "Hub:Postgres:ConnectSeconds must be 1 to 60.";
        if (StatementSeconds is < 1 or > 600) return "Hub:Postgres:StatementSeconds must be 1 to 600.";
        if (LockSeconds is < 1 or > 600) return "Hub:Postgres:LockSeconds must be 1 to 600.";
        if (IdleSeconds is < 1 or > 600) return "Hub:Postgres:IdleSeconds must be 1 to 600.";
        if (StartSeconds is < 0 or > 600) return "Hub:Postgres:StartSeconds must be 0 to 600.";
        if (PreparedStatements is < 0 or > 10_000) return "Hub:Postgres:PreparedStatements must be 0 to 10000.";
        try
        {
            var said = new NpgsqlConnectionStringBuilder(ConnectionString);
            return said switch
            {
                { Host: null or "" } => "Hub:Postgres:ConnectionString names no Host.",
                { Database: null or "" } => "Hub:Postgres:ConnectionString names no Database.",
                { Password.Length: > 0 } when Password is not null || PasswordFile is not null => "Hub:Postgres:ConnectionString holds a password already; leave out Hub:Postgres:Password and PasswordFile.",
                _ => null,
            };
        }
        // Its sentence names the part that is wrong; the string itself may hold a password.
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            return $"Hub:Postgres:ConnectionString cannot be read: {unreadable.Message}";
        }
    }

    /// <summary>What the client is told. Times are the server's to keep: a client that has died cannot.</summary>
    internal NpgsqlConnectionStringBuilder Connection()
    {
        var connection = new NpgsqlConnectionStringBuilder(ConnectionString)
        {
            ApplicationName = "ResourceHub",
            MaxPoolSize = MaxConnections,
            Timeout = ConnectSeconds,
            // After the server's own limit, in case that its answer is lost.
            CommandTimeout = StatementSeconds + 5,
            KeepAlive = 15,
            TcpKeepAlive = true,
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = 2,
            // Nothing of a session is changed by the hub, and EF gives its connection back after each statement: seven statements to reset it came before each.
            NoResetOnClose = true,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
        };
        // jit: compiling a plan took longer than any query of the hub takes.
        connection.Options = $"{connection.Options} -c statement_timeout={StatementSeconds}s -c lock_timeout={LockSeconds}s -c idle_in_transaction_session_timeout={IdleSeconds}s -c jit=off".TrimStart();
        if (Schema is not null) connection.SearchPath = Schema;
        if (Password is not null) connection.Password = Password;
        if (PasswordFile is not null) connection.Password = File.ReadAllText(PasswordFile).TrimEnd('\r', '\n');
        return connection;
    }
}
