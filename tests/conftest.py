"""What many tests share: a real database in a temporary folder, an application with a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import NOON, Clock
from tracker.app import App, rfc3339
from tracker.settings import load
from tracker.store.store import Store

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture
def clock() -> Clock:
    """A clock that moves only when told to."""
    return Clock(NOON)


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tracker.db'}"


@pytest.fixture
def store(database: str, clock: Clock) -> Iterator[Store]:
    made = Store(database, now=lambda: rfc3339(clock()))
    yield made
    made.close()


@pytest.fixture
def app(database: str, clock: Clock) -> Iterator[App]:
    made = App(load({"database": database, "log_level": "error"}, {}), clock=clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def published_seeds() -> Path:
    """The five source documents as published; they lie beside the checkout, or the test is skipped."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the published texts are not beside this checkout")
    return folder
