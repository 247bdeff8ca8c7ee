"""Captured texts by their salted digest: immutable, compressed, beside the log."""

import hashlib
import zlib
from collections.abc import Iterable

from sqlalchemy import Connection, select

from tracker.store.tables import redactions, texts

SALT_BYTES = 16


def text_digest(salt: bytes, text: str) -> str:
    """Return SHA-256 over salt and UTF-8 text, in hex: what an event commits to."""
    return hashlib.sha256(salt + text.encode()).hexdigest()


class Texts:
    """The texts inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, text: str, *, salt: bytes) -> str:
        """Keep a text, and return the digest it is found by."""
        digest = text_digest(salt, text)
        row = {"digest": digest, "salt": salt, "body": zlib.compress(text.encode(), 6)}
        self._connection.execute(texts.insert(), row)
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

    def intact(self, digest: str) -> bool | None:
        """Tell whether a text still has its digest; None when it is not held."""
        query = select(texts.c.salt, texts.c.body).where(texts.c.digest == digest)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        try:
            return text_digest(row.salt, zlib.decompress(row.body).decode()) == digest
        except (zlib.error, UnicodeDecodeError):
            return False

    def take_down(self, digests: Iterable[str], *, position: int) -> None:
        """Delete texts with their salts; the event at `position` says why, and the database asks for it."""
        wanted = sorted(set(digests))
        self._connection.execute(redactions.insert(), [{"digest": digest, "position": position} for digest in wanted])
        self._connection.execute(texts.delete().where(texts.c.digest.in_(wanted)))
