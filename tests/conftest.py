"""What many tests share: a real database in a temporary folder, an application with a clock that stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import NOON, Clock
from tests.store.servers import Fresh, Server, server
from tracker.app import App, rfc3339
from tracker.settings import load
from tracker.store.dialects import DIALECTS
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL, started when the first test asks for it."""
    with server() as running:
        yield running


@pytest.fixture(params=sorted(DIALECTS, reverse=True))
def dialect(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def fresh(dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """Makes databases of the dialect; they are gone after the test."""
    if dialect == "sqlite":
        yield lambda: f"sqlite:///{tmp_path_factory.mktemp('log') / 'tracker.db'}"
        return
    running: Server = request.getfixturevalue("postgres")
    made: list[str] = []

    def make() -> str:
        made.append(running.migrated())
        return made[-1]

    yield make
    for url in made:
        running.drop(url)
