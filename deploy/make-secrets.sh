#!/bin/sh
# Makes the secrets that compose.yaml hands out as files, in deploy/secrets; what is there already is kept.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
cd secrets

password() { head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

for name in pages postgres rabbitmq; do
  [ -s $name ] || password >$name
done
printf 'Host=postgres;Database=ingest;Username=ingest;Password=%s' "$(cat postgres)" >database
printf 'amqp://ingest:%s@rabbitmq/' "$(cat rabbitmq)" >broker
printf 'default_user = ingest\ndefault_pass = %s\n' "$(cat rabbitmq)" >rabbitmq.conf
# Compose hands a file on with the owner it has here, who is nobody in the container; that nobody else here reads it, the folder sees to.
chmod 644 ./*
echo "the password of the pages (user ingest) is in $(pwd)/pages"
