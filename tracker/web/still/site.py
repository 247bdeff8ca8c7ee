"""Writing the site: from page to page, each once."""

import re
from collections import OrderedDict, deque
from collections.abc import Callable
from pathlib import Path

import msgspec

from tracker.app import App
from tracker.errors import RefusedError
from tracker.outputs import atom, ics, json_feed
from tracker.web.still.folder import replacing
from tracker.web.still.inside import HOST, Answer, Inside
from tracker.web.still.page import Leads, moved, still, still_calendar, still_feed
from tracker.web.still.paths import BUNDLE, Address, address, relative

_FIRST = ("/", "/slips", "/conflicts", "/documents", "/sources", "/audit")
_CLAIM = re.compile(rb' id="(clm_[0-9a-f]+)"')
_DOCUMENTS = 300
"""Of how many documents it is remembered which claims stand in their newest text."""


class Made(msgspec.Struct, frozen=True):
    """What was written; `position` is that of the log, and `moved` says that it grew meanwhile, so that pages may differ by that."""

    folder: str
    files: int
    bytes: int
    position: int
    moved: bool
    bundle: bool


def write(app: App, place: Path, *, on_progress: Callable[[int, int], None], bundle: bool = True) -> Made:
    """Write the site into a folder, with a bundle for auditors if there is a key to sign it with.

    The same log gives the same bytes on the same day. Raises ConfigError and RefusedError as `replacing` does.
    """
    signs = bundle and app.key.path.exists()
    with Inside(app, bundle=signs) as inside, replacing(place, position=lambda: begun) as folder:
        writing = _Writing(app, inside, folder)
        if signs:
            writing.bundle()
        begun = inside.desk.look().position
        writing.walk(on_progress)
        ended = inside.desk.look().position
    return Made(str(place), writing.files, writing.bytes, begun, moved=begun != ended, bundle=signs)


class _Writing:
    def __init__(self, app: App, inside: Inside, folder: Path) -> None:
        self._app, self._inside, self._folder = app, inside, folder
        self._public = app.settings.public_url.rstrip("/")
        self.files = self.bytes = 0
        self._seen: set[str] = set()
        self._waiting: deque[Address] = deque()
        self._claims: OrderedDict[str, frozenset[bytes]] = OrderedDict()

    def bundle(self) -> None:
        """Write the bundle first: it signs the log, and the pages show what is signed."""
        made = address(BUNDLE)
        if made is not None:
            path = self._path(made)
            self._app.export.write(path, self._app.key.signer().verifier, on_progress=lambda _done, _total: None)
            # The signature stands in the log; that every reader of the log is past it, the page of sources tells too.
            for _ in self._app.ingest.catching_up():
                pass
            self.files += 1
            self.bytes += path.stat().st_size
            self._seen.add(made.reference)

    def walk(self, on_progress: Callable[[int, int], None]) -> None:
        """Write every page that can be reached, and say how many are done of those that are known of."""
        for first in _FIRST:
            self._lead(first, "index.html")
        done = 0
        while self._waiting:
            one = self._waiting.popleft()
            content = self._content(one, self._inside.get(one.reference))
            self._path(one).write_bytes(content)
            self.files += 1
            self.bytes += len(content)
            done += 1
            on_progress(done, len(self._seen))

    def _content(self, one: Address, answer: Answer) -> bytes:
        def leads(reference: str) -> str | None:
            return self._lead(reference, one.file)

        def public(reference: str) -> str | None:
            to = self._lead(reference, "index.html")
            return to and f"{self._public}/{to}"

        if answer.status >= 500:
            raise RefusedError("export site", f"{one.reference} cannot be shown (status {answer.status})")
        if location := answer.headers.get("location"):
            return moved(leads(location) or relative("index.html", one.file))
        # Feeds are read elsewhere, so they hold whole addresses if there are any.
        abroad: Leads = public if self._public else leads
        base = self._public or f"http://{HOST}"
        match answer.media_type:
            case "text/html":
                return still(answer.body, leads)
            case atom.MEDIA_TYPE | json_feed.MEDIA_TYPE:
                return still_feed(answer.body, base, abroad)
            case ics.MEDIA_TYPE:
                return still_calendar(answer.body, base, abroad if self._public else None)
            case _:
                return answer.body

    def _lead(self, reference: str, origin: str) -> str | None:
        """Return where a reference leads from a file, and see to it that something is there."""
        reference, _, fragment = reference.partition("#")
        found = address(reference)
        if found is None:
            return None
        asked = dict(found.asked)
        if found.path.startswith("/documents/") and asked.keys() == {"claim"}:
            newest = address(found.path)
            if newest is not None and asked["claim"].encode() in self._claims_on(newest):
                # One page for all claims of a text: each has a place on it, and the one that is led to is marked.
                found, fragment = newest, asked["claim"]
        if found.reference not in self._seen:
            self._seen.add(found.reference)
            self._waiting.append(found)
        return relative(found.file, origin) + (f"#{fragment}" if fragment else "")

    def _claims_on(self, document: Address) -> frozenset[bytes]:
        claims = self._claims.get(document.path)
        if claims is None:
            claims = frozenset(_CLAIM.findall(self._inside.get(document.reference).body))
            self._claims[document.path] = claims
            while len(self._claims) > _DOCUMENTS:
                self._claims.popitem(last=False)
        else:
            self._claims.move_to_end(document.path)
        return claims

    def _path(self, one: Address) -> Path:
        path = self._folder / one.file
        path.parent.mkdir(parents=True, exist_ok=True)
        return path
