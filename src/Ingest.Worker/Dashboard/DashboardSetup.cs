namespace Ingest.Worker.Dashboard;

internal static class DashboardSetup
{
    public static IServiceCollection AddDashboard(this IServiceCollection services) => services;

    public static WebApplication MapDashboard(this WebApplication app) => app;
}
