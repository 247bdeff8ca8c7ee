"""The stores that are compared: one file per kind, all of them in two tables.

Systems of one table promise the same durability, so they share the raw driver as their limit.
"""

from collections.abc import Sequence

from bench.stores import peer, raw_postgres, raw_sqlite, tracker_log
from bench.stores.store import System

TRACKER = "tracker"

SQLITE: Sequence[System] = (
    System("raw sqlite3", raw_sqlite.narrow, raw=True),
    System("raw sqlite3, tracker's columns", raw_sqlite.wide),
    System(TRACKER, tracker_log.plain),
    System("tracker, one key an event", tracker_log.keyed),
    System("tracker, whole events", tracker_log.whole),
    System("eventsourcing recorder", peer.sqlite),
)

POSTGRES: Sequence[System] = (
    System("raw psycopg COPY", raw_postgres.copy, raw=True),
    System("raw psycopg INSERT", raw_postgres.insert, raw=True),
    System(TRACKER, tracker_log.plain),
    System("tracker, one key an event", tracker_log.keyed),
    System("tracker, whole events", tracker_log.whole),
    # It sends a transaction through a psycopg pipeline, which never returns once more waits to be sent than the socket
    # holds: seen with 2,000 of these events over a Unix socket, with 10,000 over TCP.
    System("eventsourcing recorder", peer.postgres, largest=100),
)
