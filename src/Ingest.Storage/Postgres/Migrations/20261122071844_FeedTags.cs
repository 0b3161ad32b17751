using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class FeedTags : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "attributes",
                table: "feeds",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "tags",
                table: "feeds",
                type: "text",
                nullable: true,
                collation: "C");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "attributes",
                table: "feeds");

            migrationBuilder.DropColumn(
                name: "tags",
                table: "feeds");
        }
    }
}
