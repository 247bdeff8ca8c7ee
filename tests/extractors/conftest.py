"""The catalog as it ships, loaded once."""

import tomllib
from pathlib import Path

import pytest

from tracker.extractors.catalog import Catalog

CATALOG = Path(__file__).resolve().parents[2] / "config" / "catalog"


@pytest.fixture(scope="session")
def catalog_tables() -> dict[str, list[dict[str, object]]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8"))[path.stem] for path in sorted(CATALOG.glob("*.toml"))}


@pytest.fixture(scope="session")
def catalog(catalog_tables) -> Catalog:
    return Catalog.from_tables(catalog_tables)
