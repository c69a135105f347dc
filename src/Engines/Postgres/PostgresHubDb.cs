using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using ResourceHub.Core;
using ResourceHub.Core.Audit;
using ResourceHub.Core.Resources;

namespace ResourceHub.Engines.Postgres;

public sealed class PostgresHubDb(DbContextOptions<PostgresHubDb> options) : HubDb(options)
{
    /// <summary>The row that whoever writes in the record's order holds until their transaction ends.</summary>
    internal const string Turn = """SELECT 1 FROM "AuditHeads" WHERE "Id" = 1 FOR UPDATE""";

    public override bool LooksUpEach => true;

    public override string PassOverHeld => "FOR UPDATE SKIP LOCKED";

    public override async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken ct)
    {
        // Nothing is done yet, so a connection that turns out to be dead is no loss.
        return await PatientStrategy.AskAsync(this, isUntouched: RecordAway.IsBroken, async () =>
        {
            var transaction = await base.BeginWriteAsync(ct);
            try
            {
                await Database.ExecuteSqlRawAsync(Turn, ct);
                return transaction;
            }
            catch
            {
                await transaction.DisposeAsync();
                throw;
            }
        }, ct);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        // Beside those that both engines have: here a list that is cut off after a few reads its table's key to the end where no index has both what it asks
        // for and its order.
        model.Entity<Resource>().HasIndex(r => new { r.BasedOnId, r.Id });
        model.Entity<ResourceShare>().HasIndex(s => new { s.PartnershipId, s.SharedAt, s.ResourceId });
        model.Entity<AuditEvent>().HasIndex(a => new { a.ActorId, a.Seq });
        model.Entity<AuditEvent>().HasIndex(a => new { a.ObjectId, a.Seq });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        // By code point, as SQLite does it: a server's own collation would give other pages, and none of the indexes.
        conventions.Properties<string>().UseCollation("C");
    }
}

/// <summary>For <c>dotnet ef migrations add NAME --project src/Engines --context PostgresHubDb</c> only.</summary>
internal sealed class PostgresHubDbAtDesignTime : IDesignTimeDbContextFactory<PostgresHubDb>
{
    public PostgresHubDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresHubDb>().UseNpgsql("Host=design").Options);
}
