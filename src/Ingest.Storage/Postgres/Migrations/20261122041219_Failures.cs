using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Ingest.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Failures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_failures_feed_id",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_host",
                table: "failures");

            migrationBuilder.DropIndex(
                name: "IX_failures_last_at",
                table: "failures");

            migrationBuilder.AddColumn<long>(
                name: "action_id",
                table: "failures",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "status",
                table: "failures",
                type: "integer",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    who = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    action = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    choice = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    overtaken = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "failure_attempts",
                columns: table => new
                {
                    failure_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    error = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    status = table.Column<int>(type: "integer", nullable: true),
                    worker = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    trace_id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    visits = table.Column<string>(type: "text", nullable: true, collation: "C")
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
                    failure_id = table.Column<long>(type: "bigint", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    body = table.Column<byte[]>(type: "bytea", nullable: false)
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

            // Compressed already.
            migrationBuilder.Sql("ALTER TABLE failure_pages ALTER COLUMN body SET STORAGE EXTERNAL;");

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
                name: "IX_failures_feed_id",
                table: "failures",
                column: "feed_id");

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
