using Microsoft.EntityFrameworkCore.Migrations;

namespace ResourceHub.Engines.Sqlite;

/// <summary>Lines of the audit log are added, never changed or taken out: the record itself refuses.</summary>
internal static class AppendOnly
{
    public static void Make(MigrationBuilder migration)
    {
        foreach (var change in (string[])["UPDATE", "DELETE"])
            migration.Sql($"""CREATE TRIGGER "AuditEvents_no_{change}" BEFORE {change} ON "AuditEvents" BEGIN SELECT RAISE(ABORT, 'The audit log is only ever added to.'); END;""");
    }
}
