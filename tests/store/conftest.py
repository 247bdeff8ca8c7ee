"""One contract, two databases: every test here that asks for `store` or `database` runs on both."""

from collections.abc import Iterator

import pytest

from tests.store.servers import Fresh, Server, server
from tracker.store.dialects import DIALECTS


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
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


@pytest.fixture
def database(fresh: Fresh) -> str:
    return fresh()
