"""The peer's cases run on both databases."""

import pytest

from tests.store.servers import Fresh


@pytest.fixture
def database(fresh: Fresh) -> str:
    return fresh()
