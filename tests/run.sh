#!/usr/bin/env bash
# Builds, checks the formatting and runs all tests; ends with a line "N passed, N failed, N skipped".
# Installs what the tests need where it may (root on a Debian machine); elsewhere it says exactly what is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
reports="$PWD/.artifacts/tests"
rm -rf "$reports"
mkdir -p "$reports"
export TEST_REPORTS="$reports"

say() { printf '\n== %s\n' "$*"; }

# need COMMAND PACKAGE…: the command, and the Debian packages that bring it and what it needs.
missing=()
need() {
  local name=$1
  shift
  command -v "$name" >/dev/null 2>&1 && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing $*"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null && return
  fi
  missing+=("$name (Debian: apt-get install $*)")
}

if ! command -v dotnet >/dev/null 2>&1; then
  echo "tests/run.sh: dotnet is missing: install the .NET 10 SDK" >&2
  exit 1
fi
need chromium chromium fonts-liberation

if [ ${#missing[@]} -gt 0 ]; then
  say "missing, and not installed without root: ${missing[*]}"
  if [ "${CI:-}" = true ]; then exit 1; fi
  echo "the tests that need them are skipped"
fi

say "build"
dotnet restore Ingest.sln
dotnet build Ingest.sln -c Release --no-restore -nologo -v minimal

say "formatting"
dotnet format Ingest.sln --no-restore --verify-no-changes
echo "in order"

say "tests"
status=0
for project in tests/Ingest.UnitTests tests/Ingest.IntegrationTests; do
  dotnet test "$project" -c Release --no-build --nologo -v quiet \
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
