using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ResourceHub.Engines.Postgres.Migrations;

/// <summary>What EF cannot make of the model. Apart from the tables, so that they can be made anew without losing it.</summary>
[DbContext(typeof(PostgresHubDb))]
[Migration("20261130000000_Order")]
public sealed class Order : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        // The head is there from the beginning: a row that is not there cannot be held.
        migrationBuilder.Sql("""INSERT INTO "AuditHeads" ("Id", "Seq", "Hash") VALUES (1, 0, decode(repeat('00', 32), 'hex'));""");
        // Lines of the audit log are added, never changed or taken out: the record itself refuses.
        migrationBuilder.Sql(
            """
            CREATE FUNCTION hub_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is only ever added to.'; END $$;
            CREATE TRIGGER "AuditEvents_no_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditEvents" FOR EACH STATEMENT EXECUTE FUNCTION hub_refuse_change();
            """);
        // Changes are numbered in the order of their commits, whatever program adds them: before a statement draws a number it holds the head's row until
        // its transaction ends. The hub's own transactions hold it from their beginning.
        migrationBuilder.Sql(
            """
            CREATE FUNCTION hub_take_turn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM "AuditHeads" WHERE "Id" = 1 FOR UPDATE; RETURN NULL; END $$;
            CREATE TRIGGER "Changes_in_order" BEFORE INSERT ON "Changes" FOR EACH STATEMENT EXECUTE FUNCTION hub_take_turn();
            """);
    }
}
