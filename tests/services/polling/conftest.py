"""One paper on loopback, and the newsroom that polls it."""

import pytest

from tests.services.newsroom import Newsroom
from tests.services.site import site


@pytest.fixture
def paper():
    with site() as made:
        made.feed = f"{made.at}/feed.xml"
        yield made


@pytest.fixture
def room(database, clock):
    made = Newsroom(database, clock)
    yield made
    made.close()


@pytest.fixture
def both(fresh, clock):
    """The same on SQLite and on PostgreSQL."""
    made = Newsroom(fresh(), clock)
    yield made
    made.close()
