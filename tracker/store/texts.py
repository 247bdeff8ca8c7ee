"""Captured texts by their salted digest: immutable, compressed, beside the log."""

import hashlib
import zlib
from collections.abc import Collection, Iterable

from sqlalchemy import Connection, select, type_coerce
from sqlalchemy.types import NullType

from tracker.store.dialects.dialect import Dialect
from tracker.store.tables import redactions, texts

SALT_BYTES = 16


def text_digest(salt: bytes, text: str) -> str:
    """Return SHA-256 over salt and UTF-8 text, in hex: what an event commits to."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


class Texts:
    """The texts inside one transaction."""

    def __init__(self, connection: Connection, dialect: Dialect) -> None:
        self._connection, self._dialect = connection, dialect

    def put(self, text: str, *, salt: bytes) -> str:
        """Keep a text, and return the digest it is found by."""
        digest = text_digest(salt, text)
        row = (digest, salt, zlib.compress(text.encode(), 6))
        # By the driver itself, like the event that commits to it: SQLAlchemy would take four times as long.
        self._dialect.insert(self._connection.connection.driver_connection, "texts", ("digest", "salt", "body"), [row])
        return digest

    def get(self, digest: str) -> str | None:
        """Return a text, or None when it is not held (any more)."""
        return self.get_many([digest]).get(digest)

    def get_many(self, digests: Iterable[str]) -> dict[str, str]:
        """Return those of the texts that are held."""
        wanted = sorted(set(digests))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), 500):
            query = select(texts.c.digest, texts.c.body).where(texts.c.digest.in_(wanted[start : start + 500]))
            found.update((digest, zlib.decompress(body).decode()) for digest, body in self._connection.execute(query))
        return found

    def matches(self, digest: str, text: str) -> bool:
        """Tell whether a digest was made from this text; False when the salt is not held (any more)."""
        salt = self._connection.execute(select(texts.c.salt).where(texts.c.digest == digest)).scalar_one_or_none()
        return salt is not None and text_digest(salt, text) == digest

    def salted(self, digest: str) -> tuple[bytes, str] | None:
        """Return a text with its salt, None when it is not held (any more)."""
        row = self._connection.execute(select(texts.c.salt, texts.c.body).where(texts.c.digest == digest)).one_or_none()
        return (bytes(row.salt), zlib.decompress(row.body).decode()) if row else None

    def intact(self, digests: Collection[str]) -> dict[str, bool]:
        """Tell of each text that is held whether it still has its digest. Few at a time: all of them are in memory at once."""
        # As the driver has them: whoever can write the table can put another type of value into it.
        columns = [type_coerce(column, NullType()) for column in (texts.c.salt, texts.c.body)]
        query = select(texts.c.digest, *columns).where(texts.c.digest.in_(digests))
        return {digest: _is_intact(digest, salt, body) for digest, salt, body in self._connection.execute(query)}

    def take_down(self, digests: Iterable[str], *, position: int) -> None:
        """Delete texts with their salts; the event at `position` says why, and the database asks for it."""
        wanted = sorted(set(digests))
        self._connection.execute(redactions.insert(), [{"digest": digest, "position": position} for digest in wanted])
        # Where a role may not delete (migrations/roles.postgres.sql), recording the redaction has taken the texts away.
        mine = texts.c.digest.in_(wanted)
        if self._connection.execute(select(texts.c.digest).where(mine).limit(1)).first():
            self._connection.execute(texts.delete().where(mine))


def _is_intact(digest: str, salt: object, body: object) -> bool:
    if not (isinstance(salt, bytes) and isinstance(body, bytes)):
        return False
    try:
        return hashlib.sha256(salt + zlib.decompress(body)).hexdigest() == digest
    except zlib.error:
        return False
