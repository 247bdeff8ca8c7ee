"""Words of documents in PostgreSQL's full-text index, `tsvector` under GIN.

Vectors and queries are spelled out word by word: a text search configuration would part and stem words in ways of its own.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.language.words import Term
from tracker.store.dialects.dialect import WordIndex

if TYPE_CHECKING:
    import psycopg

    from tracker.store.dialects.dialect import Row

    Driver = psycopg.Connection[Row]

_LAST_PLACE = 16_383
"""Places beyond it are all the same to PostgreSQL."""
_PLACES = 256
"""So many places of one word are kept."""


def _put(driver: "Driver", position: int, title: Sequence[str], body: Sequence[str]) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for number, word in enumerate(title, 1):
        places[word].append(f"{number}A")
    # A gap, so that no phrase reaches from the title into the text.
    for number, word in enumerate(body, len(title) + 2):
        places[word].append(str(min(number, _LAST_PLACE)))
    vector = " ".join(f"'{word}':{','.join(found[:_PLACES])}" for word, found in places.items())
    driver.execute("INSERT INTO document_words (position, words) VALUES (%s, %s::tsvector)", (position, vector))


def _remove(driver: "Driver", positions: Sequence[int]) -> None:
    driver.execute("DELETE FROM document_words WHERE position = ANY(%s)", (list(positions),))


def _find(driver: "Driver", wanted: Sequence[Term], limit: int) -> list[int]:
    query = " & ".join(f"({_spelled(term)})" for term in wanted)
    rows = driver.execute(
        "SELECT position FROM document_words, CAST(%s AS tsquery) AS asked WHERE words @@ asked"
        # Divided by the length of the text, so that long texts do not win by their length.
        " ORDER BY ts_rank('{0.1, 0.2, 0.4, 1.0}', words, asked, 1) DESC, position LIMIT %s",
        (query, limit),
    )
    return [row[0] for row in rows]


def _spelled(term: Term) -> str:
    marked = [f"'{word}'" for word in term.words]
    if term.prefix:
        marked[-1] += ":*"
    return " <-> ".join(marked)


def _forget(_driver: "Driver") -> None:
    """Do nothing: what VACUUM takes away it takes from the index too, as with the texts themselves."""


WORDS = WordIndex(put=_put, remove=_remove, find=_find, forget=_forget)
