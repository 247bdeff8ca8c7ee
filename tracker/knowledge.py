"""Loads what reading knows from the data files: the catalog of names and the lexicon of cues."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from tracker.errors import ConfigError
from tracker.extractors.catalog import Catalog
from tracker.extractors.knowledge import Knowledge
from tracker.extractors.lexicon import Lexicon

Table = Sequence[Mapping[str, object]]


def load(folder: Path) -> Knowledge:
    """Return the knowledge in `folder`/catalog and `folder`/lexicon.

    A file `name.toml` holds one table of rows called `name`. Nothing is cached: the caller loads once and hands it on.
    Raises ConfigError naming the file for one that is missing, is no TOML or breaks the rules of its table.
    """
    return Knowledge(
        catalog=Catalog.from_tables(tables(folder / "catalog")),
        lexicon=Lexicon.from_tables(tables(folder / "lexicon")),
    )


def tables(folder: Path) -> dict[str, Table]:
    """Return the tables of a folder by file stem. Raises ConfigError for a folder without any and for a file that is no table."""
    found: dict[str, Table] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ConfigError(str(path), str(error)) from error
        rows = data.get(path.stem)
        if not isinstance(rows, list):
            raise ConfigError(str(path), f"has no table {path.stem!r}")
        found[path.stem] = rows
    if not found:
        raise ConfigError(str(folder), "holds no data files")
    return found
