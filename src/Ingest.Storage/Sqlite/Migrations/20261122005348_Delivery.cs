using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Delivery : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "feed_id",
                table: "outbox",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "feed_url",
                table: "outbox",
                type: "TEXT",
                nullable: false,
                defaultValue: "about:blank");

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "outbox",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tags",
                table: "outbox",
                type: "TEXT",
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "frontier",
                table: "deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<bool>(
                name: "paused",
                table: "deliveries",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.Sql("""
                UPDATE outbox SET
                    feed_id = coalesce(json_extract(payload, '$.data.feed.id'), 0),
                    feed_url = coalesce(json_extract(payload, '$.data.feed.url'), 'about:blank'),
                    language = json_extract(payload, '$.data.language'),
                    tags = coalesce(json_extract(payload, '$.data.tags'), '[]');
                UPDATE deliveries SET frontier = cursor;
                """);

            migrationBuilder.CreateTable(
                name: "dead_letters",
                columns: table => new
                {
                    sink = table.Column<string>(type: "TEXT", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    replaying = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_dead_letters", x => new { x.sink, x.sequence });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "dead_letters");

            migrationBuilder.DropColumn(
                name: "feed_id",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "feed_url",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "language",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "tags",
                table: "outbox");

            migrationBuilder.DropColumn(
                name: "frontier",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "paused",
                table: "deliveries");
        }
    }
}
