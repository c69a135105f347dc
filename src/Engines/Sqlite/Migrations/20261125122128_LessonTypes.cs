using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ResourceHub.Engines.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LessonTypes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "LessonType",
                table: "Packs",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "LessonType",
                table: "Packs");
        }
    }
}
