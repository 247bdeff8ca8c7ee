"""What routes work with: the services, how things stand, and one way to answer."""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tracker.app import App
from tracker.services.ingestion.health import Health
from tracker.web.conditional import content_tag, matches, tag_of
from tracker.web.kept import Kept
from tracker.web.links import here
from tracker.web.metrics import Metrics
from tracker.web.standing import Looks, Standing, Watch, standing

_Made = TypeVar("_Made")

REVALIDATE = "no-cache"
"""May be stored, but is to be asked for again each time; the answer is usually 304."""


class Desk:
    """One for each server; routes get it from their request."""

    def __init__(self, app: App) -> None:
        self.app = app
        # Made now, by one thread: two that wanted the same service at once would each make one.
        _ = (
            app.store,
            app.policy,
            app.query,
            app.explain,
            app.library,
            app.search,
            app.feeds,
            app.seal,
            app.doctor,
            app.curation,
        )
        rules = msgspec.json.encode((app.policy, app.settings.stale_after, app.settings.public_url))
        self._rules = hashlib.sha256(rules).hexdigest()
        self.looks = Looks(app.store, self._look, today=app.today)
        self.watch = Watch(self.look)
        self.metrics = Metrics(self.health)
        self.bundle = False
        """Whether a bundle for auditors lies beside the pages."""
        self.streams = 0
        """How many clients follow changes as a stream."""
        self._kept = Kept()

    def health(self) -> Health:
        """Return the state of health. Of the database it tells the kind, and not where it is."""
        health = self.app.doctor.look(now=self.app.now())
        return msgspec.structs.replace(health, database=health.database.partition(":")[0])

    def look(self) -> Standing:
        """Return how log and views stand now."""
        return self.looks.now()

    def _look(self) -> Standing:
        return standing(self.app.store, self.app.project.names, day=self.app.today(), rules=self._rules)

    def answering(self, request: Request) -> "Answering":
        """Begin an answer that rests on the log alone. How things stand is seen first: what moves later makes it new."""
        return Answering(request, self.look(), self._kept)

    @staticmethod
    def plain(request: Request, value: object, headers: Mapping[str, str] | None = None) -> Response:
        """Return an answer that rests on more than the log: it is made each time, and not sent when it is the same."""
        content = msgspec.json.encode(value)
        tag = content_tag(content)
        sent = {"ETag": tag, "Cache-Control": REVALIDATE, **(headers or {})}
        if matches(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=sent)
        return Response(content, headers=sent, media_type="application/json")


class Answering:
    """One answer in the making."""

    def __init__(self, request: Request, now: Standing, kept: Kept) -> None:
        self._request, self.now, self._kept = request, now, kept
        self.tag = tag_of(now.tag, here(request))

    @property
    def unchanged(self) -> Response | None:
        """The whole answer for a client that has it already."""
        asked = self._request.headers.get("if-none-match")
        # `*` asks whether there is anything at all; that is known once it is made.
        if asked is None or asked.strip() == "*" or not matches(asked, self.tag):
            return None
        return Response(status_code=304, headers=self._headers({}))

    def keep(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """Return what is made for the key, from memory when nothing has moved since it was made."""
        return self._kept.get(self.now.tag, key, make)

    def reply(
        self,
        value: Any,  # noqa: ANN401  (whatever msgspec encodes, or bytes as they are)
        headers: Mapping[str, str] | None = None,
        *,
        media_type: str = "application/json",
    ) -> Response:
        """Return the answer, with its tag."""
        sent = self._headers(headers or {})
        if matches(self._request.headers.get("if-none-match"), self.tag):
            return Response(status_code=304, headers=sent)
        content = value if isinstance(value, bytes) else msgspec.json.encode(value)
        return Response(content, headers=sent, media_type=media_type)

    def _headers(self, own: Mapping[str, str]) -> dict[str, str]:
        return {"ETag": self.tag, "Cache-Control": REVALIDATE, **own}


def desk_of(request: Request) -> Desk:
    """Return the desk of the server that a request came to."""
    desk: Desk = request.app.state.desk
    return desk
