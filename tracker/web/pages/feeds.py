"""What people subscribe to: `/feeds/all`, `/feeds/missions`, `/feeds/mission/lupex`, as `.atom`, `.json` or `.ics`."""

import re
from collections.abc import Callable, Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tracker.domain.ids import SubjectId
from tracker.domain.vocabulary import VOCABULARIES
from tracker.errors import ConfigError, NotFoundError
from tracker.outputs import atom, ics, json_feed
from tracker.outputs.entry import MOST
from tracker.outputs.feed import Feed, feed
from tracker.outputs.format import About
from tracker.outputs.place import Place
from tracker.services.queries.dated import dated
from tracker.services.queries.newest import names, newest
from tracker.web.pages.visit import Visit

_KINDS: Mapping[str, str] = {vocabulary.plural: vocabulary.kind for vocabulary in VOCABULARIES.values()}
_HOST = re.compile(r"([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")
_ALL = "Space missions, agreements and meetings"


class _Asked(msgspec.Struct, frozen=True):
    """What a feed is about: everything, a kind, or a subject."""

    about: About
    kind: str | None
    subject: SubjectId | None


def page(visit: Visit) -> Response:
    """Return a feed or a calendar; that of a subject which was asked for by another name is found at its own address.

    It tells of now: a clock that is turned back is refused, and so is a form that there is not.
    """
    name = visit.request.path_params["name"]
    key, dot, form = name.rpartition(".")
    write = _FORMS.get(dot + form)
    if write is None:
        raise NotFoundError("feed", name, f"names end in {', '.join(_FORMS)}")
    for clock in visit.clocks:
        raise ConfigError(clock, "feeds and calendars tell of now")
    place = place_of(visit.request, visit.app.settings.public_url)
    asked = _asked(visit, key, place)
    if asked.about.key != key:
        return RedirectResponse(visit.link(f"/feeds/{asked.about.key}{dot}{form}"), 307)
    before = visit.number("before", 0, most=10**15) if visit.text("before") else None
    made = visit.keep(("feed", name, before, place), lambda: write[1](visit, asked, before))
    return visit.answering.reply(made, media_type=write[0])


def place_of(request: Request, public_url: str) -> Place:
    """Return where readers find pages: where the operator says, else on the host that was asked. ConfigError for no name of a host."""
    public = public_url.rstrip("/")
    if public:
        return Place(public, public)
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        raise ConfigError("Host", "is no name of a host")
    return Place(f"{request.url.scheme}://{host}{request.scope.get('root_path', '')}")


def _asked(visit: Visit, key: str, place: Place) -> _Asked:
    if key == "all":
        return _Asked(About(place, key, _ALL), None, None)
    if key in _KINDS:
        return _Asked(About(place, key, key.capitalize()), _KINDS[key], None)
    with visit.app.query.looking() as look:
        # Also one of which nothing holds any more: that it was taken back is what its readers are to hear.
        id_ = look.identify(key)
        return _Asked(About(place, id_, names(look, {id_}).get(id_, id_)), None, id_)


def _feed(visit: Visit, asked: _Asked, before: int | None, suffix: str) -> Feed:
    found = newest(visit.app.query, kind=asked.kind, subject=asked.subject, before=before, limit=MOST)
    about = msgspec.structs.replace(asked.about, names=found.names)
    return feed(found.lines, about, suffix, before=before, older=found.older)


def _atom(visit: Visit, asked: _Asked, before: int | None) -> bytes:
    return atom.document(_feed(visit, asked, before, atom.SUFFIX))


def _json(visit: Visit, asked: _Asked, before: int | None) -> bytes:
    return json_feed.document(_feed(visit, asked, before, json_feed.SUFFIX))


def _calendar(visit: Visit, asked: _Asked, _before: int | None) -> bytes:
    found = dated(visit.app.query, kind=asked.kind, subject=asked.subject)
    try:
        return b"".join(ics.write(found, asked.about))
    except NotFoundError:
        return b"".join(ics.write((), asked.about))


_FORMS: Mapping[str, tuple[str, Callable[[Visit, _Asked, int | None], bytes]]] = {
    atom.SUFFIX: (atom.MEDIA_TYPE, _atom),
    json_feed.SUFFIX: (json_feed.MEDIA_TYPE, _json),
    ics.SUFFIX: (ics.MEDIA_TYPE, _calendar),
}
