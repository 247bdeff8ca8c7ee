"""One request for a page: from where on the three clocks it looks, what it asks for, and how it is answered."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from tracker.domain.asof import AsOf
from tracker.domain.dates import DateSpan
from tracker.errors import ConfigError
from tracker.services.queries.answers import Subject
from tracker.web.conditional import content_tag, matches
from tracker.web.desk import REVALIDATE, desk_of
from tracker.web.pages.paper import CONTENT_SECURITY, printed

_Made = TypeVar("_Made")

CLOCKS: Mapping[str, str] = {
    "published_by": "as published by",
    "known_at": "as known at",
    "valid_at": "as held on",
}
"""The query parameters that turn back the clocks; every link of a page carries them on."""
MOST_DIGITS = 15
"""A number beyond is no log position, and no page of a list."""


class Visit:
    """What a page works with. Raises ConfigError, when made, for a clock that cannot be read."""

    def __init__(self, request: Request) -> None:
        desk = desk_of(request)
        self.request, self.app = request, desk.app
        self.answering = desk.answering(request)
        self.clocks = {name: given for name in CLOCKS if (given := self.text(name))}
        self.as_of: AsOf = self.app.query.moment(**{name: _short(name, given) for name, given in self.clocks.items()})

    def text(self, name: str, *, longest: int = 200) -> str:
        """Return a query parameter, empty when it is not there. Raises ConfigError for one of great length."""
        given = self.request.query_params.get(name, "").strip()
        if len(given) > longest:
            raise ConfigError(name, f"has {len(given):,} characters; {longest:,} are taken")
        return given

    def choice(self, name: str, known: Mapping[str, str] | tuple[str, ...]) -> str:
        """Return a query parameter that is one of those known, or empty. Raises ConfigError for any other."""
        given = self.text(name)
        if given and given not in known:
            raise ConfigError(name, f"{given!r} is not known; take one of {', '.join(known)}")
        return given

    def number(self, name: str, default: int, *, most: int = 10**9) -> int:
        """Return a query parameter that counts. Raises ConfigError for what is no number from 0 to `most`."""
        given = self.text(name)
        if not given:
            return default
        if not (given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS and int(given) <= most):
            raise ConfigError(name, f"{given!r} is no number from 0 to {most:,}")
        return int(given)

    def day(self, name: str, *, last: bool = False) -> dt.date | None:
        """Return a query parameter that is a date: its first day, or its last. Raises ConfigError for what is none."""
        given = self.text(name)
        if not given:
            return None
        try:
            span = DateSpan.parse(given)
        except ValueError as error:
            raise ConfigError(name, str(error)) from None
        return span.last if last else span.first

    @property
    def today(self) -> dt.date:
        """The day from which this visit looks."""
        return min(self.app.today(), self.as_of.published_by or dt.date.max, self.as_of.valid_at or dt.date.max)

    def link(self, path: str, *, clocks: bool = True, **asked: object) -> str:
        """Return the address of another page, seen from the same point on the clocks; what is None is left out."""
        root: str = self.request.scope.get("root_path", "")
        query = {
            **(self.clocks if clocks else {}),
            **{name: str(each) for name, each in asked.items() if each is not None},
        }
        address = root + quote(path, safe="/:@!$()*+,;=~")
        return address + (f"?{urlencode(query)}" if query else "")

    def document(self, document_id: str, claim_id: str | None = None) -> str:
        """Return the address of a document, opened where a claim stands."""
        # A name may hold slashes and question marks of its own, which no browser is to read as part of the address.
        name = quote(document_id, safe="")
        address = f"{self.request.scope.get('root_path', '')}/documents/{name}"
        asked = {"claim": claim_id} if claim_id else {}
        return address + (f"?{urlencode(asked)}#said" if asked else "")

    @staticmethod
    def outward(url: str | None) -> str:
        """Return an address that may be followed out of here: http and https only, else nothing. What was fetched is hostile."""
        return url if url and url.lower().startswith(("http://", "https://")) else ""

    def here(self, **other: object) -> str:
        """Return the address of this very page with other values of some parameters; None takes one away."""
        asked: dict[str, str] = {**self.request.query_params}
        for name, each in other.items():
            asked.pop(name, None)
            if each is not None:
                asked[name] = str(each)
        root: str = self.request.scope.get("root_path", "")
        return (
            root + quote(self.request.scope["path"], safe="/:@!$()*+,;=~") + (f"?{urlencode(asked)}" if asked else "")
        )

    def keep(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what is made for the key, from memory when nothing has moved since it was made."""
        return self.answering.keep(("page", key), make)

    @property
    def unchanged(self) -> Response | None:
        """The whole answer for a browser that has the page already."""
        seen = self.answering.unchanged
        if seen is not None:
            # A browser puts the headers of this answer in place of those it has kept (RFC 9111, section 3.2).
            seen.headers["Content-Security-Policy"] = CONTENT_SECURITY
        return seen

    def board(self) -> list[Subject]:
        """Return the views of all subjects from where this visit looks."""
        return self.keep(("board", self.as_of), lambda: self.app.query.board(as_of=self.as_of))

    def page(self, template: str, *, rests_on_log: bool = True, code: int = 200, **what: object) -> Response:
        """Return a page. One that does not rest on the log alone is told apart by its own bytes."""
        root: str = self.request.scope.get("root_path", "")
        own = {"visit": self, "today": self.today, "root": root, "here": self.request.scope["path"], "clocks": CLOCKS}
        content = printed(template, {**own, **what})
        tag = self.answering.tag if rests_on_log else content_tag(content)
        headers = {"Content-Security-Policy": CONTENT_SECURITY, "ETag": tag, "Cache-Control": REVALIDATE}
        if code == 200 and matches(self.request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
        return Response(content, code, headers, media_type="text/html")


def _short(name: str, given: str) -> str:
    if given.isdecimal() and len(given) > MOST_DIGITS:
        raise ConfigError(name, f"{given[:20]}… is no log position and no date")
    return given
