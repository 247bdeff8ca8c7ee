"""One contract, two databases: every test here that asks for `store` or `database` runs on both."""

import pytest

from tests.store.servers import Fresh


@pytest.fixture
def database(fresh: Fresh) -> str:
    return fresh()
