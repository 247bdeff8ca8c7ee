"""The databases of the store's own tests."""

from tests.store.conftest import database, dialect, fresh, postgres

__all__ = ["database", "dialect", "fresh", "postgres"]
