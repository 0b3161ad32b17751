using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Cluster : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "host",
                table: "feeds",
                type: "TEXT",
                nullable: true);

            // Their authority, as the program notes it for feeds that are added from now on.
            migrationBuilder.Sql("UPDATE feeds SET host = substr(url, instr(url, '://') + 3, instr(substr(url, instr(url, '://') + 3) || '/', '/') - 1);");

            migrationBuilder.CreateTable(
                name: "hosts",
                columns: table => new
                {
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    lease_owner = table.Column<string>(type: "TEXT", nullable: true),
                    lease_until = table.Column<long>(type: "INTEGER", nullable: true),
                    not_before = table.Column<long>(type: "INTEGER", nullable: true),
                    quiet_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_hosts", x => x.host);
                });

            migrationBuilder.CreateTable(
                name: "workers",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_workers", x => x.name);
                });

            migrationBuilder.CreateIndex(
                name: "IX_feeds_lease_owner",
                table: "feeds",
                column: "lease_owner",
                filter: "lease_owner IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_articles_lease_owner",
                table: "articles",
                column: "lease_owner",
                filter: "lease_owner IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_hosts_quiet_until",
                table: "hosts",
                column: "quiet_until",
                filter: "quiet_until IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "hosts");

            migrationBuilder.DropTable(
                name: "workers");

            migrationBuilder.DropIndex(
                name: "IX_feeds_lease_owner",
                table: "feeds");

            migrationBuilder.DropIndex(
                name: "IX_articles_lease_owner",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "host",
                table: "feeds");
        }
    }
}
