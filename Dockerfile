# The worker in a container: docker build -t ingest .   (deploy/README.md says how to run it)
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The job engine: Hangfire, with its dashboard, on PostgreSQL; or Quartz, which also runs on SQLite. Both: ENV INGEST_Schedule__Engine chooses.
ARG JOB_ENGINE=Hangfire
WORKDIR /repo

# The packages, in a layer that only a change of versions makes anew. First as the lock files say, where the engine has them (CI makes a difference an error);
# then once more for this machine's kind of processor, with the compiler that ReadyToRun wants.
COPY src/Directory.Build.props src/Directory.Packages.props src/
COPY src/Ingest.Core/Ingest.Core.csproj src/Ingest.Core/packages.lock.json src/Ingest.Core/
COPY src/Ingest.Pipeline/Ingest.Pipeline.csproj src/Ingest.Pipeline/packages.lock.json src/Ingest.Pipeline/
COPY src/Ingest.Storage/Ingest.Storage.csproj src/Ingest.Storage/packages.lock.json src/Ingest.Storage/
COPY src/Ingest.Delivery/Ingest.Delivery.csproj src/Ingest.Delivery/packages.lock.json src/Ingest.Delivery/
COPY src/Ingest.Hangfire/Ingest.Hangfire.csproj src/Ingest.Hangfire/packages.lock.json src/Ingest.Hangfire/
COPY src/Ingest.Newsroom/Ingest.Newsroom.csproj src/Ingest.Newsroom/packages.lock.json src/Ingest.Newsroom/
COPY src/Ingest.Worker/Ingest.Worker.csproj src/Ingest.Worker/packages.lock.json src/Ingest.Worker/
RUN CI=true dotnet restore src/Ingest.Worker -p:JobEngine="$JOB_ENGINE" \
 && dotnet restore src/Ingest.Worker -p:JobEngine="$JOB_ENGINE" --use-current-runtime -p:PublishReadyToRun=true

# The rules of .editorconfig belong to the build: a warning is an error.
COPY .editorconfig ./
COPY src src
ARG VERSION=0.1.0
# ReadyToRun: starts in a third of the time, for 22 MB. Only this platform's native library of SQLite's thirty-one.
RUN dotnet publish src/Ingest.Worker -c Release -o /app --no-restore --use-current-runtime --no-self-contained \
      -p:JobEngine="$JOB_ENGINE" -p:Version="$VERSION" -p:PublishReadyToRun=true -p:PublishDocumentationFiles=false \
 && mkdir /data

# No shell, no package manager, not root: 1654 is the image's own user. "extra" for the time zones that feeds name in their dates; its ICU is not used: the
# program is invariant, so that texts compare and sort the same on every machine.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
ARG JOB_ENGINE=Hangfire
ARG VERSION=0.1.0
ARG REVISION=
LABEL org.opencontainers.image.title="Ingest" \
      org.opencontainers.image.description="Web news feeds to clean articles on a queue" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /app /app
COPY --from=build --chown=1654:1654 /data /data
USER 1654
# Its pages can be reached from outside, so it does not start without a password (INGEST_Dashboard__Password_FILE) and says so (exit code 3).
ENV INGEST_Schedule__Engine=$JOB_ENGINE \
    INGEST_Storage__DataDir=/data \
    INGEST_Dashboard__Url=http://0.0.0.0:8080
# All that it writes is in /data, and the runtime's sockets in /tmp: the rest may be read-only.
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["/app/ingest", "healthcheck"]
ENTRYPOINT ["/app/ingest"]
CMD ["run"]
