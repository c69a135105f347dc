using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using ResourceHub.Core;

namespace ResourceHub.Engines.Sqlite;

public sealed class SqliteHubDb(DbContextOptions<SqliteHubDb> options) : HubDb(options);

/// <summary>For <c>dotnet ef migrations add NAME --project src/Engines --context SqliteHubDb</c> only.</summary>
internal sealed class SqliteHubDbAtDesignTime : IDesignTimeDbContextFactory<SqliteHubDb>
{
    public SqliteHubDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteHubDb>().UseSqlite("Data Source=:memory:").Options);
}
