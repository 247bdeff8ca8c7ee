"""Where the rest of a list is (RFC 8288): relative references, so that no Host header ever decides where a client goes next."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec
from starlette.requests import Request

_Item = TypeVar("_Item")

TOTAL = "X-Total-Count"
"""The header that says how long the whole list is."""


class Page(msgspec.Struct, frozen=True):
    """A part of a list: at most `limit` from number `offset` on, counted from 0."""

    limit: int
    offset: int

    def of(self, items: Sequence[_Item]) -> Sequence[_Item]:
        """Return the part."""
        return items[self.offset : self.offset + self.limit]


def here(request: Request, **other: object) -> str:
    """Return the reference of what was asked for, with other values of some parameters."""
    asked = {**request.query_params, **{name: str(value) for name, value in other.items()}}
    path = quote(request.scope.get("root_path", "") + request.scope["path"], safe="/:@!$&'()*+,;=~")
    # Two slashes at its head would make another host of the path.
    return f"/{path.lstrip('/')}" + (f"?{urlencode(asked)}" if asked else "")


def header(links: Mapping[str, str]) -> str:
    """Return the value of a Link header: relation to reference."""
    return ", ".join(f'<{reference}>; rel="{relation}"' for relation, reference in links.items())


def paging(request: Request, page: Page, total: int) -> dict[str, str]:
    """Return the headers of one part of a list: its whole length, and links to its neighbours, beginning and end."""
    last = max(0, (total - 1) // page.limit * page.limit) if total else 0
    links = {"first": here(request, limit=page.limit, offset=0), "last": here(request, limit=page.limit, offset=last)}
    if page.offset > 0:
        links["prev"] = here(request, limit=page.limit, offset=max(0, min(page.offset, total) - page.limit))
    if page.offset + page.limit < total:
        links["next"] = here(request, limit=page.limit, offset=page.offset + page.limit)
    return {"Link": header(links), TOTAL: str(total)}
