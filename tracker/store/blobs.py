"""The bytes of the web as they came: by their digest, compressed, immutable, beside the log.

    kept = transaction.blobs.keep(answer.body, url=answer.url, at=now, status=200, headers=answer.headers, feed=feed_id)
    transaction.blobs.holds(kept, [outcome.document for outcome in outcomes if outcome.document])

`keep` takes the bytes of a response that differs from the one before it; without `feed` it is a page. `holds` tells which
documents were found in it, so that taking one of them down also takes down the bytes in which it lies. Both belong into the
transaction of the poll. Who fetches calls `services.ingestion.traces.keep`, which also knows what must not be held again.
"""

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, select

from tracker.domain.ids import DocumentId, digest
from tracker.store.tables import blobs, redactions, responses, sightings

# What a server gives to one client alone. Nobody who reads an archive may act in that client's name.
_PRIVATE = frozenset(
    {"set-cookie", "set-cookie2", "www-authenticate", "proxy-authenticate", "authentication-info", "authorization"}
)
# What would end a header early, or cannot be written: a server may send any byte.
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_LEVEL = 6
_MANY = 500


def blob_digest(body: bytes) -> str:
    """Return SHA-256 over the bytes, in hex: what they are found by, and the payload digest of a web archive."""
    return hashlib.sha256(body).hexdigest()


def page_series(url: str) -> str:
    """Return the series of a page's responses: its address, brought to a length that an index takes."""
    return f"page/{digest(url)}"


def _plain(text: str) -> str:
    return _UNSPEAKABLE.sub(" ", text)


class Response(msgspec.Struct, frozen=True):
    """One answer of a server. `series` is what it is one of many of: a feed's id, or `page_series` of an address.

    `number` counts the kept responses from 1 in the order in which they were kept. `at` is UTC in RFC 3339 with
    microseconds. `headers` are as received, but for those that are meant for one client. `redacted` is the position of the
    event by which the bytes were taken down.
    """

    number: int
    digest: str
    series: str
    url: str
    at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    redacted: int | None = None


class Span(msgspec.Struct, frozen=True):
    """A span of time: from `since` on, and earlier than `before`, both instants as in `Response.at`; None is open."""

    since: str | None = None
    before: str | None = None

    @property
    def where(self) -> ColumnElement[bool]:
        bounds = [] if self.since is None else [responses.c.at >= self.since]
        return and_(True, *bounds, *([] if self.before is None else [responses.c.at < self.before]))


ALL = Span()


class Blobs:
    """The raw bytes inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self,
        body: bytes,
        *,
        url: str,
        at: str,
        status: int = 200,
        headers: Iterable[tuple[str, str]] = (),
        feed: str | None = None,
    ) -> Response:
        """Keep a response with its bytes, of which one copy is held however often they come.

        `url` is where it came from at last, `at` when (as the log writes instants), `feed` the id of the feed it answers for;
        None for a page. Bytes that were taken down are not held again, only that they came.
        """
        found = blob_digest(body)
        redacted = self._redacted([found]).get(found)
        known = select(blobs.c.digest).where(blobs.c.digest == found)
        if redacted is None and self._connection.execute(known).one_or_none() is None:
            held = {"digest": found, "size": len(body), "body": zlib.compress(body, _LEVEL)}
            self._connection.execute(blobs.insert(), held)
        public = tuple((_plain(name), _plain(value)) for name, value in headers if name.lower() not in _PRIVATE)
        # Whoever writes holds the write lock, so the next number is known; there is no sequence to leave gaps.
        number = 1 + (self._connection.execute(select(func.max(responses.c.number))).scalar_one() or 0)
        made = Response(number, found, feed or page_series(url), url, at, status, public, redacted)
        row = msgspec.structs.asdict(made) | {"headers": msgspec.json.encode(public)}
        del row["redacted"]
        self._connection.execute(responses.insert(), row)
        return made

    def holds(self, response: Response, documents: Iterable[DocumentId]) -> None:
        """Tell which documents were found in a response; what is known already is no harm."""
        mine = sightings.c.series == response.series
        wanted = sorted(set(documents))
        known = set(
            self._connection.execute(
                select(sightings.c.document_id).where(mine, sightings.c.document_id.in_(wanted))
            ).scalars()
        )
        new = [{"document_id": one, "series": response.series} for one in wanted if one not in known]
        if new:
            self._connection.execute(sightings.insert(), new)

    def get(self, digest: str) -> bytes | None:
        """Return the bytes, or None when they are not held (any more)."""
        body = self._connection.execute(select(blobs.c.body).where(blobs.c.digest == digest)).scalar_one_or_none()
        return None if body is None else zlib.decompress(body)

    def intact(self, digest: str) -> bool | None:
        """Tell whether bytes still have their digest; None when they are not held."""
        try:
            body = self.get(digest)
        except zlib.error:
            return False
        return None if body is None else blob_digest(body) == digest

    def responses(
        self, *, after: int = 0, span: Span = ALL, series: str | None = None, limit: int = 100
    ) -> Sequence[Response]:
        """Return the responses of a span, or of one series in it, in the order they were kept."""
        query = select(responses).where(span.where, responses.c.number > after)
        query = query if series is None else query.where(responses.c.series == series)
        return self._responses(query.order_by(responses.c.number).limit(limit))

    def firsts(self, digests: Iterable[str], *, span: Span = ALL) -> Mapping[str, Response]:
        """Return, by digest, the first response of a span that brought these bytes."""
        mine = responses.c.digest.in_(sorted(set(digests)))
        first = select(func.min(responses.c.number)).where(span.where, mine).group_by(responses.c.digest)
        return {one.digest: one for one in self._responses(select(responses).where(responses.c.number.in_(first)))}

    def count(self, span: Span = ALL) -> tuple[int, int, str]:
        """Return how many responses a span has, the number of the last of them, and its latest instant."""
        query = select(func.count(), func.max(responses.c.number), func.max(responses.c.at)).where(span.where)
        count, last, at = self._connection.execute(query).one()
        return count, last or 0, at or ""

    def series_of(self, document: DocumentId) -> Sequence[str]:
        """Return the series in whose responses a document was found."""
        query = select(sightings.c.series).where(sightings.c.document_id == document).order_by(sightings.c.series)
        return self._connection.execute(query).scalars().all()

    def take_down(self, digests: Iterable[str], *, position: int) -> int:
        """Delete bytes, and return how many were held; the event at `position` says why, and the database asks for it.

        Their responses stay, and say so. The same bytes are not held again when they come back.
        """
        wanted = sorted(set(digests) - self._redacted(digests).keys())
        held = 0
        for start in range(0, len(wanted), _MANY):
            part = wanted[start : start + _MANY]
            mine = select(blobs.c.digest).where(blobs.c.digest.in_(part))
            held += len(self._connection.execute(mine).all())
            self._connection.execute(redactions.insert(), [{"digest": one, "position": position} for one in part])
            # Where a role may not delete (migrations/roles.postgres.sql), recording the redaction has taken the bytes away.
            if self._connection.execute(mine.limit(1)).first():
                self._connection.execute(blobs.delete().where(blobs.c.digest.in_(part)))
        return held

    def refuse(self, digest: str, *, position: int) -> None:
        """Do not hold bytes when they come, since the event at `position` took down what is in them."""
        if digest not in self._redacted([digest]):
            self._connection.execute(redactions.insert(), {"digest": digest, "position": position})

    def redacted_by(self) -> Sequence[int]:
        """Return the positions of the events that took something down, a text or bytes."""
        query = select(redactions.c.position).distinct().order_by(redactions.c.position)
        return self._connection.execute(query).scalars().all()

    def _redacted(self, digests: Iterable[str]) -> Mapping[str, int]:
        wanted, found = sorted(set(digests)), dict[str, int]()
        for start in range(0, len(wanted), _MANY):
            query = select(redactions).where(redactions.c.digest.in_(wanted[start : start + _MANY]))
            found.update((row.digest, row.position) for row in self._connection.execute(query))
        return found

    def _responses(self, query: Any) -> Sequence[Response]:  # noqa: ANN401 -- a select of every column, whatever its clauses
        rows = self._connection.execute(query).all()
        redacted = self._redacted(row.digest for row in rows)
        return [
            Response(
                number=row.number,
                digest=row.digest,
                series=row.series,
                url=row.url,
                at=row.at,
                status=row.status,
                headers=msgspec.json.decode(row.headers, type=tuple[tuple[str, str], ...]),
                redacted=redacted.get(row.digest),
            )
            for row in rows
        ]
