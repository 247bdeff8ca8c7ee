"""Apache Parquet, for data frames and data bases, written by pyarrow (Apache-2.0), which comes with the extra `parquet`.

The columns are those of the csv. Text stays text, also where it is a date: EDTF has dates that no date type can hold.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from tracker.errors import ConfigError
from tracker.language.spoken import clean
from tracker.outputs.format import About, View, Writer
from tracker.outputs.rows import COLUMNS, Cell, items

_ROWS = 20_000
"""Rows of one group: enough to pack well, and all that is held at once."""


def writer(view: View) -> Writer:
    """Return what writes a view. It raises ConfigError where pyarrow is not installed."""

    def write(answers: Iterable[Any], _about: About) -> Iterator[bytes]:
        try:
            import pyarrow as pa  # noqa: PLC0415  (an extra of 170 MB, for who asks for this format)
            import pyarrow.parquet as pq  # noqa: PLC0415  (as above)
        except ImportError:
            raise ConfigError("--format parquet", "needs pyarrow: pip install 'tracker[parquet]'") from None
        columns = COLUMNS[view]
        types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "flag": pa.bool_()}
        schema = pa.schema([pa.field(column.name, types[column.type]) for column in columns])
        written = _Written()
        # Which program of which version wrote a file does not belong to what is in it; pyarrow says so anyway.
        with pq.ParquetWriter(written, schema, compression="zstd") as file:
            rows = iter(items(view, answers))
            while group := list(islice(rows, _ROWS)):
                cells = [[_cell(column.of(item)) for item in group] for column in columns]
                file.write_table(pa.table(cells, schema=schema))
                yield written.taken()
        yield written.taken()

    return write


def _cell(cell: Cell) -> Cell:
    # Half a character cannot be written at all; everything else is data here, and nothing runs it.
    return clean(cell) if isinstance(cell, str) and not cell.isascii() and _halved(cell) else cell


def _halved(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


class _Written(io.RawIOBase):
    """What pyarrow writes to; it is handed on as it comes, so that nobody needs to hold a whole file."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:  # noqa: ANN401  (whatever has bytes)
        self._parts.append(bytes(part))
        self._at += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._at

    def taken(self) -> bytes:
        """Return what has been written since it was last asked."""
        found, self._parts = b"".join(self._parts), []
        return found
