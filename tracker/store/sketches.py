"""Sketches of captured texts, found by their smallest hashes; and which document counts as the copy of which.

What is here can be worked out from the log and the texts again: it is what the consumer of copies remembers.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, Final

import msgspec
from sqlalchemy import Column, Connection, Row, Select, TextClause, select, text

from tracker.domain.copies import Issue
from tracker.domain.ids import DocumentId
from tracker.domain.sketch import Sketch
from tracker.store.tables import issues, sketch_hashes, sketches

COMMON: Final = 64
"""A run of words that more independent texts of the same weeks have tells nothing: it is furniture of a site, or a phrase."""
_AT_ONCE: Final = 500


class Sketched(msgspec.Struct, frozen=True):
    """One version of a document with its sketch; `position` is where the log has it."""

    position: int
    document: DocumentId
    version: int
    text_digest: str
    credit: str | None
    sketch: Sketch


class Known(msgspec.Struct, frozen=True):
    """A document as it is put in order by, and whose copy it was judged to be."""

    document: DocumentId
    version: int
    position: int
    """Where the log has its newest version; 0 when that is not held, or too short to be compared."""
    day: dt.date
    size: int
    copy_of: DocumentId | None = None
    stands_in: bool = False
    """Its original is not held any more: what is like it is a copy of the same."""

    def issue(self, credit: str | None = None) -> Issue:
        """Return the document as its copies are told from it."""
        return Issue(self.document, self.day, self.size, credit)


class Sketches:
    """The sketches inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, sketched: Sketched, known: Known) -> None:
        """Keep a version of a document, which becomes its newest; earlier ones are found in its weeks from now on."""
        row = {
            "position": sketched.position,
            "document_id": sketched.document,
            "version": sketched.version,
            "text_digest": sketched.text_digest,
            "credit": sketched.credit,
            "size": sketched.sketch.size,
            "body": sketched.sketch.packed,
        }
        self._connection.execute(sketches.insert(), row)
        self._write(known, [sketched])

    def save(self, known: Known) -> None:
        """Keep what is known of a document."""
        self._write(known, [])

    def _write(self, known: Known, added: list[Sketched]) -> None:
        """Save the row, and see to it that every version is found where the row says."""
        before = self.known(known.document)
        values = {
            "version": known.version,
            "position": known.position,
            "day": known.day.toordinal(),
            "size": known.size,
            "copy_of": known.copy_of,
            "stands_in": int(known.stands_in),
        }
        if before is None:
            self._connection.execute(issues.insert(), {"document_id": known.document, **values})
        else:
            self._connection.execute(issues.update().where(issues.c.document_id == known.document).values(values))
        versions = self.versions_of(known.document)
        if before and _place(before) != _place(known):
            self._unindex(before)
            added = versions
        # A document is found once by each hash, however many of its versions have it.
        found = {hash_: v.position for v in reversed(versions) for hash_ in v.sketch.indexed}
        here = {version.position for version in added}
        rows = [
            {"hash": hash_, **_place(known), "position": position}
            for hash_, position in found.items()
            if position in here
        ]
        if rows:
            self._connection.execute(sketch_hashes.insert(), rows)

    def forget(self, digests: Collection[str]) -> None:
        """Drop the sketches of texts that were taken down; what was judged stays, and copies stand in for their original."""
        query = select(sketches.c.position).where(sketches.c.text_digest.in_(digests))
        for gone in self._at(list(self._connection.execute(query).scalars())).values():
            if (known := self.known(gone.document)) is not None:
                self._unindex(known, only=gone.position)
            self._connection.execute(sketches.delete().where(sketches.c.position == gone.position))
            mine = issues.c.position == gone.position
            self._connection.execute(issues.update().where(mine).values(position=0))
            if not self.is_held(gone.document):
                for copy in self.copies_of(gone.document):
                    self.save(msgspec.structs.replace(copy, stands_in=True))

    def known(self, document: DocumentId) -> Known | None:
        """Return what is known of a document."""
        row = self._connection.execute(select(issues).where(issues.c.document_id == document)).one_or_none()
        return _known(row) if row else None

    def copies_of(self, document: DocumentId) -> list[Known]:
        """Return every document that was judged to be a copy of this one."""
        return [_known(row) for row in self._connection.execute(select(issues).where(issues.c.copy_of == document))]

    def version_at(self, position: int) -> Sketched | None:
        """Return the version that the log has at a position."""
        return self._at([position]).get(position)

    def versions_of(self, document: DocumentId) -> list[Sketched]:
        """Return every version of a document that has a sketch, the newest last."""
        query = select(sketches).where(sketches.c.document_id == document).order_by(sketches.c.position)
        return [_sketched(row) for row in self._connection.execute(query)]

    def is_held(self, document: DocumentId) -> bool:
        """Tell whether any version of a document can be compared."""
        query = select(sketches.c.position).where(sketches.c.document_id == document).limit(1)
        return self._connection.execute(query).one_or_none() is not None

    def sharing(self, sketch: Sketch, *, first: int, last: int, copies: bool) -> list[tuple[Known, list[Sketched]]]:
        """Return documents that share an indexed hash, with those versions: originals of a span of days, or copies too.

        Days are counted from the year 1. A hash that more than COMMON originals have is passed over.
        """
        days = {"first": first, "last": last}
        named = {f"h{number}": hash_ for number, hash_ in enumerate(sketch.indexed)}
        if not named:
            return []
        found = self._connection.execute(_originals(len(named)), {**named, **days, "most": COMMON + 1}).all()
        common = {hash_ for hash_, count in Counter(row.hash for row in found).items() if count > COMMON}
        positions = {row.position for row in found if row.hash not in common}
        if copies and (telling := [hash_ for hash_ in sketch.indexed if hash_ not in common]):
            theirs = (sketch_hashes.c.original == 0) & sketch_hashes.c.day.between(first, last)
            query = select(sketch_hashes.c.position).where(sketch_hashes.c.hash.in_(telling) & theirs)
            positions |= set(self._connection.execute(query).scalars())
        of_document = select(sketches.c.position, sketches.c.document_id)
        documents = {row.document_id for row in self._in(of_document, sketches.c.position, positions)}
        versions: dict[DocumentId, list[Sketched]] = {document: [] for document in documents}
        for row in self._in(select(sketches), sketches.c.document_id, documents):
            versions[row.document_id].append(_sketched(row))
        return [
            (_known(row), versions[row.document_id])
            for row in self._in(select(issues), issues.c.document_id, documents)
        ]

    def _at(self, positions: Collection[int]) -> dict[int, Sketched]:
        return {row.position: _sketched(row) for row in self._in(select(sketches), sketches.c.position, positions)}

    def _in(self, query: Select[Any], column: Column[Any], values: Collection[Any]) -> Iterator[Row[Any]]:
        wanted = sorted(values)
        for start in range(0, len(wanted), _AT_ONCE):
            yield from self._connection.execute(query.where(column.in_(wanted[start : start + _AT_ONCE])))

    def _unindex(self, known: Known, *, only: int | None = None) -> None:
        place = _place(known)
        here = (sketch_hashes.c.original == place["original"]) & (sketch_hashes.c.day == place["day"])
        for each in self.versions_of(known.document):
            if only in (None, each.position):
                mine = sketch_hashes.c.hash.in_(each.sketch.indexed) & (sketch_hashes.c.position == each.position)
                self._connection.execute(sketch_hashes.delete().where(here & mine))


@cache
def _originals(hashes: int) -> TextClause:
    """A few originals for each of so many hashes: one range of the primary key each, cut off where it gets long."""
    each = (
        "SELECT hash, position FROM (SELECT hash, position FROM sketch_hashes WHERE hash = :h{0}"
        " AND original = 1 AND day BETWEEN :first AND :last ORDER BY day, position LIMIT :most) AS of_{0}"
    )
    return text(" UNION ALL ".join(each.format(number) for number in range(hashes)))


def _place(known: Known) -> dict[str, int]:
    """Where the index has a document."""
    return {"original": int(known.copy_of is None or known.stands_in), "day": known.day.toordinal()}


def _known(row: Row[Any]) -> Known:
    day = dt.date.fromordinal(row.day)
    return Known(row.document_id, row.version, row.position, day, row.size, row.copy_of, bool(row.stands_in))


def _sketched(row: Row[Any]) -> Sketched:
    sketch = Sketch.unpacked(row.body, row.size)
    return Sketched(row.position, row.document_id, row.version, row.text_digest, row.credit, sketch)
