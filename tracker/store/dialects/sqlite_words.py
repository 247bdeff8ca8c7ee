"""Words of documents in SQLite's full-text index, FTS5."""

import sqlite3
from collections.abc import Sequence

from tracker.language.words import Term
from tracker.store.dialects.dialect import WordIndex

_TITLE_WEIGHS = 4.0
"""How much more a word counts in a title than in the text."""


def _put(driver: sqlite3.Connection, position: int, title: Sequence[str], body: Sequence[str]) -> None:
    row = (position, " ".join(title), " ".join(body))
    driver.execute("INSERT INTO document_words (rowid, title, body) VALUES (?, ?, ?)", row)


def _remove(driver: sqlite3.Connection, positions: Sequence[int]) -> None:
    driver.executemany("DELETE FROM document_words WHERE rowid = ?", [(position,) for position in positions])


def _find(driver: sqlite3.Connection, wanted: Sequence[Term], limit: int) -> list[int]:
    # Quoted, a word is only a word: no operator, no column.
    match = " AND ".join(f'"{" ".join(term.words)}"{" *" if term.prefix else ""}' for term in wanted)
    rows = driver.execute(
        "SELECT rowid FROM document_words WHERE document_words MATCH ?"
        " ORDER BY bm25(document_words, ?, 1.0), rowid LIMIT ?",
        (match, _TITLE_WEIGHS, limit),
    )
    return [row[0] for row in rows]


def _forget(driver: sqlite3.Connection) -> None:
    # A deleted row stays in the segments of the index until they are merged; this merges them all.
    driver.execute("INSERT INTO document_words (document_words) VALUES ('optimize')")


WORDS = WordIndex(put=_put, remove=_remove, find=_find, forget=_forget)
