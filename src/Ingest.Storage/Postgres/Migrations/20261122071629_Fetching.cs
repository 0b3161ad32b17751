using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ingest.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Fetching : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "visits",
                table: "raw_pages",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<byte[]>(
                name: "robots",
                table: "hosts",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "robots_at",
                table: "hosts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "slowed_at",
                table: "hosts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "slowed_by",
                table: "hosts",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "fetch_settings",
                table: "feeds",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "last_fetch",
                table: "feeds",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<int>(
                name: "moved_seen",
                table: "feeds",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "moved_to",
                table: "feeds",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_hosts_slowed_at",
                table: "hosts",
                column: "slowed_at",
                filter: "slowed_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_hosts_slowed_at",
                table: "hosts");

            migrationBuilder.DropColumn(
                name: "visits",
                table: "raw_pages");

            migrationBuilder.DropColumn(
                name: "robots",
                table: "hosts");

            migrationBuilder.DropColumn(
                name: "robots_at",
                table: "hosts");

            migrationBuilder.DropColumn(
                name: "slowed_at",
                table: "hosts");

            migrationBuilder.DropColumn(
                name: "slowed_by",
                table: "hosts");

            migrationBuilder.DropColumn(
                name: "fetch_settings",
                table: "feeds");

            migrationBuilder.DropColumn(
                name: "last_fetch",
                table: "feeds");

            migrationBuilder.DropColumn(
                name: "moved_seen",
                table: "feeds");

            migrationBuilder.DropColumn(
                name: "moved_to",
                table: "feeds");
        }
    }
}
