using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ResourceHub.Engines.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Received : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Received",
                table: "Resources",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Received",
                table: "Resources");
        }
    }
}
