#!/usr/bin/python3
"""Takes articles off the queue into a table of its own, each exactly once.

    DATABASE="host=localhost dbname=ingest user=reports password=secret" python3 consumer.py [GROUP]

Run as many as you like: those of one group share its messages, every group gets all of them.
Needs psycopg 3 (Debian: python3-psycopg). README.md beside this file explains the contract.
"""
import json
import os
import select
import signal
import sys
import time

import psycopg

DATABASE = os.environ["DATABASE"]
GROUP = sys.argv[1] if len(sys.argv) > 1 else "reports"
BATCH = 20
LEASE = os.environ.get("LEASE", "1 minute")  # longer than a batch takes; what a dead consumer had in hand waits so long for another

stopping = False


def stop(signal_number, frame):
    global stopping
    stopping = True


def main():
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopping:
        try:
            with psycopg.connect(DATABASE, autocommit=True) as connection:
                connection.execute("LISTEN ingest_queue")
                while not stopping:
                    if not take_batch(connection):
                        # Until there is news, but a second at most: what was put off comes due without any.
                        select.select([connection], [], [], 1)
        except psycopg.OperationalError as error:
            print(f"trying again: {error}", file=sys.stderr)
            time.sleep(1)


def take_batch(connection):
    claim = "SELECT receipt, message_id, payload FROM ingest_claim(%s, %s, %s)"
    messages = connection.execute(claim, (GROUP, BATCH, LEASE)).fetchall()
    for receipt, message_id, payload in messages:
        try:
            process(connection, receipt, message_id, json.loads(payload)["data"])
        except Exception as error:
            if connection.closed:
                raise
            nack = "SELECT ingest_nack(%s, %s, '1 minute', %s)"
            connection.execute(nack, (GROUP, [receipt], str(error)))
    return len(messages)


def process(connection, receipt, message_id, article):
    """The acknowledgement and the effect are one transaction: both happen, or neither."""
    with connection.transaction():
        if connection.execute("SELECT ingest_ack(%s, %s)", (GROUP, [receipt])).fetchone() is None:
            return  # The lease ran out, and another consumer has it.
        insert = "INSERT INTO read_articles (message_id, url, title) VALUES (%s, %s, %s)"
        connection.execute(insert, (message_id, article.get("url"), article.get("title")))


main()
