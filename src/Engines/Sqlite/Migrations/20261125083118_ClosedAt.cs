using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ResourceHub.Engines.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ClosedAt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "At",
                table: "ChangeReaders",
                type: "TEXT",
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.AddColumn<long>(
                name: "Seq",
                table: "ChangeReaders",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "IX_ChangeReaders_Token_Seq_ResourceId",
                table: "ChangeReaders",
                columns: new[] { "Token", "Seq", "ResourceId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_ChangeReaders_Token_Seq_ResourceId",
                table: "ChangeReaders");

            migrationBuilder.DropColumn(
                name: "At",
                table: "ChangeReaders");

            migrationBuilder.DropColumn(
                name: "Seq",
                table: "ChangeReaders");
        }
    }
}
