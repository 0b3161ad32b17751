using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Storage.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Failures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_failures_host",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_last_at",
                table: "failures");

            migrationBuilder.AddColumn<long>(
                name: "action_id",
                table: "failures",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "status",
                table: "failures",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    who = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    action = table.Column<string>(type: "TEXT", nullable: false),
                    choice = table.Column<string>(type: "TEXT", nullable: false),
                    count = table.Column<long>(type: "INTEGER", nullable: false),
                    overtaken = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "failure_attempts",
                columns: table => new
                {
                    failure_id = table.Column<long>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    error = table.Column<string>(type: "TEXT", nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    worker = table.Column<string>(type: "TEXT", nullable: true),
                    trace_id = table.Column<string>(type: "TEXT", nullable: true),
                    visits = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failure_attempts", x => new { x.failure_id, x.number });
                    table.ForeignKey(
                        name: "FK_failure_attempts_failures_failure_id",
                        column: x => x.failure_id,
                        principalTable: "failures",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "failure_pages",
                columns: table => new
                {
                    failure_id = table.Column<long>(type: "INTEGER", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    content_type = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    length = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_failure_pages", x => x.failure_id);
                    table.ForeignKey(
                        name: "FK_failure_pages_failures_failure_id",
                        column: x => x.failure_id,
                        principalTable: "failures",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_failures_action_id",
                table: "failures",
                column: "action_id",
                filter: "action_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_failures_feed_id_last_at_id",
                table: "failures",
                columns: new[] { "feed_id", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_failures_host_last_at_id",
                table: "failures",
                columns: new[] { "host", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_failures_job_last_at_id",
                table: "failures",
                columns: new[] { "job", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_failures_kind_last_at_id",
                table: "failures",
                columns: new[] { "kind", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_failures_last_at_id",
                table: "failures",
                columns: new[] { "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_failures_status_last_at_id",
                table: "failures",
                columns: new[] { "status", "last_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_at",
                table: "audit",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit");

            migrationBuilder.DropTable(
                name: "failure_attempts");

            migrationBuilder.DropTable(
                name: "failure_pages");

            migrationBuilder.DropIndex(
                name: "IX_failures_action_id",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_feed_id_last_at_id",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_host_last_at_id",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_job_last_at_id",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_kind_last_at_id",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_last_at_id",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_status_last_at_id",
                table: "failures");

            migrationBuilder.DropColumn(
                name: "action_id",
                table: "failures");

            migrationBuilder.DropColumn(
                name: "status",
                table: "failures");

            migrationBuilder.CreateIndex(
                name: "IX_failures_host",
                table: "failures",
                column: "host");

            migrationBuilder.CreateIndex(
                name: "IX_failures_last_at",
                table: "failures",
                column: "last_at");
        }
    }
}
