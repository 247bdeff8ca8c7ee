"""A newsroom with two reports that differ, and one with a subject of two names."""

import pytest

from tests.services.editors import Newsroom, opened


@pytest.fixture
def room(database, clock, tmp_path):
    app = opened(database, clock)
    yield Newsroom(app, tmp_path)
    app.close()


@pytest.fixture
def two_dates(room):
    room.print("first", "2024-01-10", "LUPEX launches in 2025.", publisher="A")
    room.print("second", "2025-02-10", "LUPEX launches in 2028.", publisher="B")
    assert room.says() == ["2028"]
    return room


@pytest.fixture
def two_names(room):
    room.print("a", "2024-01-10", "LUPEX, also called Hare, launches in 2025.", publisher="A")
    room.print("b", "2025-02-10", "Hare launches in 2028.", publisher="B")
    room.print("c", "2025-03-10", "Hare carries ISRO: lander.", publisher="B")
    return room
