"""Comma-separated values (RFC 4180) that a spreadsheet can open without running anything.

A cell of text that begins like a formula gets an apostrophe before it, which spreadsheets take for "this is text"; so does one that
has such apostrophes already, so that a program gets the text back by taking one off. Numbers stay as they are.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tracker.language.spoken import clean
from tracker.outputs.format import About, View, Writer
from tracker.outputs.rows import COLUMNS, Cell, items

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet takes for the beginning of a formula; some do so for the wide forms too."""
_ROWS = 500
"""How many rows are handed on together."""


def safe(cell: Cell) -> str:
    """Return a cell as it is written: text that can be seen and does nothing; true and false; nothing for None."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case int() | float():
            return str(cell)
        case _:
            return ("'" if _FORMULA.match(cell) else "") + clean(cell)


def writer(view: View) -> Writer:
    """Return what writes a view."""
    columns = COLUMNS[view]

    def write(answers: Iterable[Any], _about: About) -> Iterator[bytes]:
        rows = ([safe(column.of(item)) for column in columns] for item in items(view, answers))
        yield from _lines([column.name for column in columns], rows)

    return write


def _lines(heads: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    put: Callable[[list[str]], Any] = csv.writer(text, lineterminator="\r\n").writerow
    put(heads)
    for number, row in enumerate(rows, 1):
        put(row)
        if number % _ROWS == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    found = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return found
