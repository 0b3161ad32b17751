#!/usr/bin/env bash
# Throwaway servers for tests, in a folder of their own, on this machine's loopback alone:
#   tests/servers.sh postgres|rabbitmq FOLDER [--with-caller] [SERVER OPTION…]
# makes what the folder lacks and runs the server until SIGTERM or Ctrl+C. FOLDER/connection then says how to connect, FOLDER/pid who the server is (it may be killed and started again with the same call).
# --with-caller ends the server when standard input ends, as it does when the caller dies. Root's servers run as the users that Debian's packages make.
set -euo pipefail

# as USER COMMAND…: becomes the command, as that user when we are root: neither server wants root.
as() {
  local user=$1
  shift
  if [ "$(id -u)" = 0 ]; then exec setpriv --reuid="$user" --regid="$user" --init-groups -- env HOME="$folder" USER="$user" "$@"; fi
  exec env HOME="$folder" "$@"
}

# Below the range that connections leave from: otherwise a client that retries while the server is down may be given the server's port.
free_port() {
  local port
  while port=$(shuf -n 1 -i 20000-31999); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

secret() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

# give USER: all that is in the folder.
give() { if [ "$(id -u)" = 0 ]; then chown -R "$1" "$folder"; fi; }

postgres_programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

postgres_create() {
  local log
  secret > "$folder/password"
  free_port > "$folder/port"
  give postgres
  log=$(as postgres "$(postgres_programs)/initdb" -D "$folder/data" -U ingest -A scram-sha-256 -E UTF8 --no-locale --pwfile="$folder/password" 2>&1) || { echo "$log" >&2; exit 1; }
  echo "Host=127.0.0.1;Port=$(cat "$folder/port");Username=ingest;Password=$(cat "$folder/password");Database=postgres" > "$folder/connection"
}

postgres_run() {
  as postgres "$(postgres_programs)/postgres" -D "$folder/data" -p "$(cat "$folder/port")" -k "$folder" -c listen_addresses=127.0.0.1 "$@"
}

rabbitmq_create() {
  local password port
  password=$(secret)
  port=$(free_port)
  mkdir "$folder/data" "$folder/log"
  cat > "$folder/rabbitmq.conf" <<CONF
listeners.tcp.1 = 127.0.0.1:$port
default_user = ingest
default_pass = $password
disk_free_limit.absolute = 50MB
log.console = true
log.file = false
CONF
  echo "export RABBITMQ_DIST_PORT=$(free_port) ERL_EPMD_PORT=$(free_port)" > "$folder/ports"
  echo "[]." > "$folder/enabled_plugins"
  secret > "$folder/.erlang.cookie"
  give rabbitmq
  echo "amqp://ingest:$password@127.0.0.1:$port/" > "$folder/connection"
}

rabbitmq_run() {
  . "$folder/ports"
  export ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_ALLOW_INPUT=1 RABBITMQ_NODENAME=ingest-$(basename "$folder")@localhost RABBITMQ_CONF_ENV_FILE=/dev/null \
    RABBITMQ_CONFIG_FILE="$folder/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$folder/enabled_plugins" RABBITMQ_MNESIA_BASE="$folder/data" RABBITMQ_LOG_BASE="$folder/log" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-noinput -kernel inet_dist_use_interface {127,0,0,1}"
  as rabbitmq /usr/lib/rabbitmq/bin/rabbitmq-server "$@"
}

# Erlang's registry of nodes: one of our own ends with the node; the one that a node starts when it finds none listens on and on.
rabbitmq_beside() {
  . "$folder/ports"
  as rabbitmq epmd -address 127.0.0.1
}

# Fast for PostgreSQL: clients are cut off.
postgres_stop=INT
rabbitmq_stop=TERM

serve() {
  local server=$1 with_caller= pid others=()
  folder=$2
  shift 2
  # Connection strings carry passwords, and Erlang wants its cookie private.
  umask 077
  mkdir -p "$folder"
  if [ "${1:-}" = --with-caller ]; then with_caller=yes && shift; fi
  [ -e "$folder/connection" ] || "${server}_create"
  if declare -F "${server}_beside" > /dev/null; then
    "${server}_beside" < /dev/null &
    others+=($!)
  fi
  "${server}_run" "$@" < /dev/null &
  pid=$!
  echo "$pid" > "$folder/pid"
  local stop=${server}_stop
  trap 'kill -${!stop} "$pid" 2>/dev/null || true' TERM INT
  if [ -n "$with_caller" ]; then
    exec 4<&0
    (cat <&4 > /dev/null; kill -${!stop} "$pid" 2>/dev/null) &
    others+=($!)
  fi
  while kill -0 "$pid" 2>/dev/null; do wait "$pid" || true; done
  kill ${others[@]+"${others[@]}"} 2>/dev/null || true
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then serve "$@"; fi
