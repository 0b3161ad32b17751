#!/usr/bin/env bash
# tests/run.sh: builds, checks the formatting and runs all tests, over servers of its own; ends with a line "N passed, N failed, N skipped".
# tests/run.sh hangfire: the same program built with Hangfire, and the tests of job engines; for where its packages restore.
# tests/run.sh postgres|rabbitmq: only starts that server, until Ctrl+C.
# Installs what is needed where it may (root on a Debian machine); elsewhere it says exactly what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
say() { printf '\n== %s\n' "$*"; }

# What the tests need: a command that shows whether it is there, its name, and the Debian packages that bring it.
has_postgres() { [ -n "$(ls /usr/lib/postgresql/*/bin/postgres 2>/dev/null)" ]; }
has_rabbitmq() { [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] && command -v epmd >/dev/null 2>&1; }
has_psycopg() { /usr/bin/python3 -c 'import psycopg' 2>/dev/null; }
has_chromium() { command -v chromium >/dev/null 2>&1; }
packages_of() {
  case $1 in
    postgres) echo postgresql ;;
    rabbitmq) echo rabbitmq-server ;;
    psycopg) echo python3-psycopg ;;
    chromium) echo chromium fonts-liberation ;;
  esac
}

# need NAME…: installs what is missing where it may; says what stays missing.
need() {
  local name missing=() packages=()
  for name in "$@"; do
    "has_$name" || { missing+=("$name") packages+=($(packages_of "$name")); }
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing ${packages[*]}"
    install_packages "${packages[@]}" && return
  fi
  say "missing and not installed, which takes root on Debian: ${missing[*]} (apt-get install ${packages[*]})"
  return 1
}

# Debian's PostgreSQL makes and starts a cluster when it is installed; ours are made by tests/servers.sh.
install_packages() {
  apt-get update -qq || return
  export DEBIAN_FRONTEND=noninteractive
  if [[ " $* " == *" postgresql "* ]] && apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null; then
    sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
  fi
  apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# start SERVER [OPTION…]: in the background, in a folder of its own; both are gone when this script ends.
servers=()
folders=()
start() {
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/ingest-$1-XXXXXX")
  folders+=("$folder")
  tests/servers.sh "$1" "$folder" "${@:2}" >"$folder.log" 2>&1 &
  servers+=($!)
  until answers "$folder"; do
    kill -0 ${servers[-1]} 2>/dev/null || { cat "$folder.log" >&2; echo "tests/run.sh: $1 did not start" >&2; exit 1; }
    sleep 0.1
  done
  connection=$(cat "$folder/connection")
}

# Both servers listen at the end of their start.
answers() { [ -s "$1/connection" ] && (exec 3<>"/dev/tcp/127.0.0.1/$(grep -oE '(Port=|:)[0-9]+' "$1/connection" | tail -n 1 | tr -dc 0-9)") 2>/dev/null; }

end() {
  [ ${#servers[@]} -eq 0 ] && return
  kill "${servers[@]}" 2>/dev/null || true
  wait "${servers[@]}" 2>/dev/null || true
  for folder in "${folders[@]}"; do rm -rf "$folder" "$folder.log"; done
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# by_hand SERVER: runs it until Ctrl+C, for trying things out.
by_hand() {
  need "$1" || exit 1
  start "$1"
  say "$1 is up until Ctrl+C; then it and what it holds are gone"
  echo "$connection"
  case $1 in
    postgres) use="INGEST_Storage__Provider=postgres INGEST_Storage__ConnectionString='$connection'" ;;
    rabbitmq) use="INGEST_Sinks__RabbitMq__news__Uri='$connection' INGEST_Sinks__RabbitMq__news__Queue=articles" ;;
  esac
  printf '\nTry it:\n  %s \\\n    dotnet run --project src/Ingest.Worker -c Release -- run --demo\n' "$use"
  wait "${servers[0]}"
}

build=() only=()
case ${1:-} in
  '') ;;
  hangfire) build=(-p:JobEngine=Hangfire) only=(--filter "FullyQualifiedName~Ingest.IntegrationTests.Engines") ;;
  postgres | rabbitmq) by_hand "$1" && exit ;;
  *) echo "usage: tests/run.sh [hangfire|postgres|rabbitmq]" >&2 && exit 2 ;;
esac

if ! command -v dotnet >/dev/null 2>&1; then
  echo "tests/run.sh: dotnet is missing: install the .NET 10 SDK" >&2
  exit 1
fi
if ! need chromium postgres rabbitmq psycopg; then
  if [ "${CI:-}" = true ]; then exit 1; fi
  echo "the tests that need them are skipped"
fi

say "build"
dotnet restore Ingest.sln "${build[@]}"
dotnet build Ingest.sln -c Release --no-restore -nologo -v minimal "${build[@]}"

# What the build does not look at: white space, line ends and the order of usings. The format command knows no properties: it would look for Hangfire's types in vain.
if [ ${#build[@]} -eq 0 ]; then
  say "formatting"
  dotnet format whitespace Ingest.sln --no-restore --verify-no-changes
  echo "in order"
fi

say "tests"
status=0
reports="$PWD/.artifacts/tests"
rm -rf "$reports"
mkdir -p "$reports"
export TEST_REPORTS="$reports"
# Nothing is measured on this cluster and nothing outlives it: it need not wait for the disk.
if has_postgres; then start postgres -c fsync=off && export TEST_POSTGRES="$connection"; fi
if has_rabbitmq; then start rabbitmq && export TEST_RABBITMQ="$connection"; fi
projects=(tests/Ingest.UnitTests tests/Ingest.IntegrationTests)
if [ ${#only[@]} -gt 0 ]; then projects=(tests/Ingest.IntegrationTests); fi
for project in "${projects[@]}"; do
  dotnet test "$project" -c Release --no-build "${build[@]}" "${only[@]}" --nologo -v quiet \
    --logger "trx;LogFileName=$(basename "$project").trx" --logger "console;verbosity=minimal" --results-directory "$reports" || status=1
done

for report in "$reports"/*.txt; do
  [ -e "$report" ] && { say "$(basename "$report" .txt)"; cat "$report"; }
done

# sum ATTRIBUTE: over the result files' counters.
sum() { grep -ho "<Counters [^>]*" "$reports"/*.trx | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ total += $1 } END { print total + 0 }'; }
total=$(sum total)
executed=$(sum executed)
passed=$(sum passed)
[ "$total" -gt 0 ] || { echo "no test ran" >&2; status=1; }
say "done"
echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
exit $status
