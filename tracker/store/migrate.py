"""Bringing a database to the newest revision with Alembic, from nothing.

The embedded database is migrated by whoever opens it. On a server the owner of the tables does it by name:

    python -m tracker.store.migrate postgresql://owner@host/tracker

An environment variable keeps a password out of the list of processes: without an argument, TRACKER_DATABASE is migrated.
"""

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from tracker import resources
from tracker.errors import ConfigError, TrackerError
from tracker.store.dialects import dialect_of
from tracker.store.tables import REVISION

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic keeps what it works on in the globals of a module. (Between processes, the log's write lock does the same.)
_ONE_AT_A_TIME = threading.Lock()


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database is at, None for an empty one."""
    try:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    except DBAPIError:
        connection.rollback()
        if inspect(connection).has_table("alembic_version"):
            raise
        return None
    finally:
        connection.rollback()


def ensure(connection: Connection, url: str, *, embedded: bool) -> None:
    """Bring the embedded database to the newest revision; check that any other is there already.

    A server's tables belong to somebody: its owner migrates it, by name and on purpose (docs/decisions/005).
    Raises ConfigError for a database that a newer release has migrated, or a server that waits for its owner.
    """
    at = revision_of(connection)
    if at == REVISION:
        return
    shown = connection.engine.url.render_as_string(hide_password=True)
    if at is not None and at > REVISION:
        raise ConfigError(
            shown, f"the database is at revision {at}, newer than this release knows ({REVISION}); upgrade tracker"
        )
    if not embedded:
        state = "is empty" if at is None else f"is at revision {at}"
        raise ConfigError(
            shown,
            f"the database {state}, this release needs {REVISION}; its owner runs: python -m tracker.store.migrate URL",
        )
    upgrade(url)


def upgrade(url: str, revision: str = "head") -> None:
    """Apply the migrations up to a revision. Two at once do no harm: the second waits, and finds them applied."""
    # Alembic takes 0.2 s to import, and only a new or old database needs it.
    from alembic import command  # noqa: PLC0415

    with _ONE_AT_A_TIME:
        command.upgrade(config(url), revision)


def config(url: str) -> "Config":
    """Return Alembic's configuration for a database."""
    from alembic.config import Config  # noqa: PLC0415

    made = Config()
    folder: Path = resources.folder("migrations")
    made.set_main_option("script_location", str(folder))
    made.set_main_option("path_separator", "os")
    made.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return made


def main(arguments: Sequence[str]) -> int:
    """Migrate the database that the one argument names, or else TRACKER_DATABASE; say so, and return the exit code."""
    named = [*arguments, *filter(None, [os.environ.get("TRACKER_DATABASE")])]
    if len(arguments) > 1 or not named or named[0].startswith("-"):
        sys.stderr.write("usage: python -m tracker.store.migrate [URL]  (default: TRACKER_DATABASE)\n")
        return 2
    url = named[0]
    try:
        upgrade(url)
    except TrackerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except DBAPIError as error:
        sys.stderr.write(f"{(error.orig and dialect_of(url).complaint(error.orig)) or error}\n")
        return 1
    sys.stderr.write(f"the database is at revision {REVISION}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
