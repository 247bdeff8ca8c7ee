"""Who may act over the network: tokens by name, of which only a digest is held."""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, select

from tracker.store.tables import tokens


class TokenRow(msgspec.Struct, frozen=True):
    """A token as it is held: `digest` is SHA-256 of the secret, in hexadecimal; `scopes` are parted by blanks."""

    name: str
    digest: str
    scopes: str
    created_at: str
    expires_on: str | None
    revoked_at: str | None


_COLUMNS = [tokens.c[name] for name in TokenRow.__struct_fields__]


class Tokens:
    """The tokens inside one transaction."""

    def __init__(self, connection: Connection, now: Callable[[], str]) -> None:
        self._connection, self._now = connection, now

    def add(self, name: str, digest: str, scopes: str, expires_on: str | None) -> bool:
        """Keep a token under a name; False when the name is taken, also by one that was revoked."""
        if self.get(name) is not None:
            return False
        row = {"name": name, "digest": digest, "scopes": scopes, "created_at": self._now(), "expires_on": expires_on}
        self._connection.execute(tokens.insert(), row)
        return True

    def get(self, name: str) -> TokenRow | None:
        """Return the token of a name."""
        row = self._connection.execute(select(*_COLUMNS).where(tokens.c.name == name)).first()
        return None if row is None else TokenRow(*row)

    def by_digest(self, digest: str) -> TokenRow | None:
        """Return the token whose secret has this digest."""
        row = self._connection.execute(select(*_COLUMNS).where(tokens.c.digest == digest)).first()
        return None if row is None else TokenRow(*row)

    def all(self) -> list[TokenRow]:
        """Return every token, in the order of names."""
        return [TokenRow(*row) for row in self._connection.execute(select(*_COLUMNS).order_by(tokens.c.name))]

    def revoke(self, name: str) -> bool:
        """Let a token be worth nothing from now on; False when there is none that is worth something."""
        alive = (tokens.c.name == name) & tokens.c.revoked_at.is_(None)
        return self._connection.execute(tokens.update().where(alive).values(revoked_at=self._now())).rowcount > 0
