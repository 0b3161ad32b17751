# The worker in a container: docker build -t ingest .   (deploy/README.md says how to run it)
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# Quartz until the Hangfire engine is written; then Hangfire becomes the default here.
ARG JOB_ENGINE=Quartz
WORKDIR /repo
# The rules of .editorconfig belong to the build: a warning is an error.
COPY .editorconfig ./
COPY src src
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish src/Ingest.Worker -c Release -o /app -p:JobEngine=$JOB_ENGINE
RUN mkdir /data

# No shell, no package manager, not root: 1654 is the image's own user. "extra" for the time zones that feeds name in their dates.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /data /data
USER 1654
# Its pages can be reached from outside, so it does not start without INGEST_Dashboard__Password and says so (exit code 3).
ENV INGEST_Storage__DataDir=/data \
    INGEST_Dashboard__Url=http://0.0.0.0:8080
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["/app/ingest", "healthcheck"]
ENTRYPOINT ["/app/ingest"]
CMD ["run"]
