"""What databases do differently: how to connect, how to take the one write lock, how to move many rows.

Everything else is written once. A new database is one file here and its line in DIALECTS, and triggers in `migrations/`.
"""

from collections.abc import Mapping

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from tracker.errors import ConfigError
from tracker.store.dialects import postgres, sqlite
from tracker.store.dialects.dialect import Dialect

DIALECTS: Mapping[str, Dialect] = {"sqlite": sqlite.DIALECT, "postgresql": postgres.DIALECT}


def dialect_of(url: str) -> Dialect:
    """Return the dialect for a database URL. Raises ConfigError for what is no URL, or of no known database."""
    try:
        name = make_url(url).get_backend_name()
    except (ArgumentError, ValueError):
        raise ConfigError("--database", f"{url!r} is no database URL, such as sqlite:///var/tracker.db") from None
    if name not in DIALECTS:
        raise ConfigError("--database", f"no support for {name!r} here; known: {', '.join(DIALECTS)}")
    return DIALECTS[name]
