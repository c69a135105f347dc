using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ResourceHub.Engines.Sqlite.Migrations;

/// <summary>What the tables of Sharing begin with. Apart from making them, because SQLite makes a changed table anew at the end of a migration.</summary>
[DbContext(typeof(SqliteHubDb))]
[Migration("20261125081621_SharingBegins")]
public sealed class SharingBegins : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        AppendOnly.Make(migrationBuilder);
        // What was made before there were proposals was made by the hub's admins, and what was there before there was a feed is in it once.
        migrationBuilder.Sql("""UPDATE "Partnerships" SET "AcceptedAt" = "CreatedAt";""");
        migrationBuilder.Sql("""UPDATE "PartnershipMembers" SET "AcceptedAt" = (SELECT "CreatedAt" FROM "Partnerships" p WHERE p."Id" = "PartnershipId");""");
        // What was published before there was a review counts as reviewed (2: PUBLISHED).
        migrationBuilder.Sql("""UPDATE "Resources" SET "ReviewedVersion" = "Version" WHERE "State" = 2;""");
        migrationBuilder.Sql("""INSERT INTO "Changes" ("Kind", "ResourceId", "SchoolId", "At") SELECT 0, "Id", "SchoolId", "UpdatedAt" FROM "Resources" ORDER BY "UpdatedAt";""");
    }
}
