"""Tokens: who may decide over the network, about what, and until when.

A token is 256 random bits behind a prefix that leak scanners can look for. Only its SHA-256 is held: a secret that nobody can
guess needs no slow hash, and it is looked up by its digest, so no comparison takes longer the nearer a guess comes.
"""

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Callable, Collection
from typing import Literal, get_args

import msgspec

from tracker.errors import ConfigError, ForbiddenError, NotFoundError, UnauthorizedError
from tracker.store.store import Store
from tracker.store.tokens import TokenRow

Scope = Literal["claims", "subjects", "sources"]
"""What a token is good for: deciding about claims and values, about who is who, about sources and rules."""
SCOPES: tuple[Scope, ...] = get_args(Scope)
State = Literal["valid", "expired", "revoked"]

_PREFIX = "trk_"
_NAME = re.compile(r"[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]{0,98}[^\x00-\x20\x7f])?")


class Token(msgspec.Struct, frozen=True):
    """A token as everybody may see it; its name stands as the actor under whatever is decided with it."""

    name: str
    scopes: tuple[Scope, ...]
    state: State
    created_at: str
    expires_on: str | None
    revoked_at: str | None


class NewToken(msgspec.Struct, frozen=True):
    """A token just made, with its secret, which is shown this once."""

    token: Token
    secret: str


class Tokens:
    """Makes, lists and revokes tokens, and tells who comes with one. `today` decides what has expired."""

    def __init__(self, store: Store, *, today: Callable[[], dt.date]) -> None:
        self._store, self._today = store, today

    def add(self, name: str, scopes: Collection[str], *, expires_on: dt.date | None = None) -> NewToken:
        """Make a token. Raises ConfigError for a name that is taken or none, an unknown scope, and a day that is past."""
        if not _NAME.fullmatch(name):
            raise ConfigError("NAME", f"{name[:40]!r} is no name: 1 to 100 characters in one line")
        unknown = [scope for scope in scopes if scope not in SCOPES]
        if unknown or not scopes:
            raise ConfigError("--scope", f"{unknown[0] if unknown else ''!r} is none of {', '.join(SCOPES)}")
        if expires_on is not None and expires_on < self._today():
            raise ConfigError("--expires", f"{expires_on} is past: the token would never be good for anything")
        secret = _PREFIX + secrets.token_urlsafe(32)
        wanted = " ".join(scope for scope in SCOPES if scope in scopes)
        with self._store.transaction() as transaction:
            until = expires_on.isoformat() if expires_on else None
            if not transaction.tokens.add(name, _digest(secret), wanted, until):
                raise ConfigError("NAME", f"there is a token {name!r} already; names are not given twice")
            row = transaction.tokens.get(name)
        if row is None:
            raise AssertionError(name)
        return NewToken(self._shown(row), secret)

    def every(self) -> list[Token]:
        """Return all tokens, those that are good for nothing any more too, in the order of names."""
        with self._store.reading() as reading:
            return [self._shown(row) for row in reading.tokens.all()]

    def revoke(self, name: str) -> Token:
        """Let a token be worth nothing from now on, for good. Raises NotFoundError for a name of no valid token."""
        with self._store.transaction() as transaction:
            if not transaction.tokens.revoke(name):
                raise NotFoundError("valid token", name, "`tracker tokens list` shows all")
            row = transaction.tokens.get(name)
        if row is None:
            raise AssertionError(name)
        return self._shown(row)

    def known(self, secret: str) -> Token:
        """Return the token that has this secret. Raises UnauthorizedError when there is none that is valid."""
        with self._store.reading() as reading:
            row = reading.tokens.by_digest(_digest(secret))
        if row is None:
            raise UnauthorizedError("the token is not known here")
        token = self._shown(row)
        if token.state != "valid":
            raise UnauthorizedError(f"the token is {token.state}")
        return token

    def holder(self, secret: str, scope: Scope) -> str:
        """Return the name of whoever comes with a token. Raises UnauthorizedError, or ForbiddenError for a lack of scope."""
        token = self.known(secret)
        if scope not in token.scopes:
            raise ForbiddenError(token.name, f"may not decide about {scope}, only about {', '.join(token.scopes)}")
        return token.name

    def _shown(self, row: TokenRow) -> Token:
        expired = row.expires_on is not None and self._today().isoformat() > row.expires_on
        return Token(
            name=row.name,
            scopes=tuple(scope for scope in SCOPES if scope in row.scopes.split()),
            state="revoked" if row.revoked_at else "expired" if expired else "valid",
            created_at=row.created_at,
            expires_on=row.expires_on,
            revoked_at=row.revoked_at,
        )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
