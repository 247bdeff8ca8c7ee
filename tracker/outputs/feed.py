"""A feed before it has a form: the newest changes of something, and where older ones are."""

from collections.abc import Iterable, Mapping

import msgspec

from tracker.domain.vocabulary import VOCABULARIES
from tracker.language.spoken import clean
from tracker.outputs.entry import Entry, entry, updated
from tracker.outputs.format import About
from tracker.services.queries.answers import HistoryLine

_KINDS: Mapping[str, str] = {vocabulary.plural: vocabulary.kind for vocabulary in VOCABULARIES.values()}


class Feed(msgspec.Struct, frozen=True):
    """What every form of feed tells. `own` is the address of this very document, `first` and `older` those of others (RFC 5005)."""

    id: str
    title: str
    updated: str
    entries: tuple[Entry, ...]
    home: str | None
    own: str | None = None
    first: str | None = None
    older: str | None = None


def feed(
    lines: Iterable[HistoryLine], about: About, suffix: str, *, before: int | None = None, older: int | None = None
) -> Feed:
    """Return the feed of some changes, the newest of which comes first.

    `before` is the log position that this part of it ends at, None for the newest part; `older` that of the next part.
    """
    told = tuple(lines)
    place = about.place
    path = place.feed(about.key, suffix)
    kind = _KINDS.get(about.key)
    home = f"?kind={kind}" if kind else place.subject(about.key) if "/" in about.key else ""
    return Feed(
        id=place.tag(f"feeds/{about.key}"),
        title=clean(f"{about.title}: what changed"),
        updated=updated(told),
        entries=tuple(entry(line, about) for line in told),
        home=place.url(home),
        own=place.url(path if before is None else f"{path}?before={before}"),
        first=place.url(path),
        older=None if older is None else place.url(f"{path}?before={older}"),
    )
