"""The doer of a cue: who does what the verb says."""

from collections.abc import Sequence

from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.claims.scene.naming import is_actor
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read
from tracker.extractors.rules.words import word_set

TITLES = word_set(
    """the a an its company firm start-up startup aerospace space defence defense giant contractor manufacturer operator maker builder agency
    private commercial state-owned national state robotics rocket launch satellite u.s. american european french german italian japanese
    chinese indian british russian canadian israeli korean spanish swiss dutch belgian danish norwegian swedish researchers engineers
    scientists students experts teams team at from"""
)
_TITLED = 6  # words


def by_in_front(words: Sequence[str], org: Item) -> int | None:
    """Return where "by" stands in front of an organisation, over its titles: "by the Houston-based company X"; None without one."""
    at = org.first - 1
    while at >= 0 and org.first - at <= _TITLED and (words[at] in TITLES or words[at].endswith("based")):
        at -= 3 if words[at] == "based" else 1  # "U.K. - based"
    return at if at >= 0 and words[at] == "by" else None


def doer_of(line: Line, read: Read, orgs: Sequence[Item]) -> Item | None:
    """Return who does what the verb says: its subject in the active voice, whoever follows "by" in the passive."""
    if read.reading.voice == "passive":
        for org in orgs:
            by = by_in_front(line.words, org)
            if by is not None and by >= read.match.last and org.first - read.match.last < _NEAR:
                return org
        return None
    best: tuple[float, Item] | None = None
    theme_first = read.cue.theme == "object" and read.item is not None and read.item.last <= read.match.first
    reach = 0.15 if theme_first else 1.0  # in "Beresheet, built by SpaceIL, launched" nobody is named who launches
    for org in orgs:
        if org.last > read.reading.first:
            continue
        if org.last < len(line.words) and line.words[org.last] in ("'s", "'"):
            continue
        if not is_actor(line, org):
            continue
        if org.first and line.words[org.first - 1] in ("of", "from", "in", "with", "by", "for", "at", "to"):
            continue
        cost = line.between(org.last, read.reading.first)
        # "A built the craft and will launch it"
        joined = line.words[read.reading.first - 1] == "and" and org.first == 0
        pointed = line.words[read.match.last : read.match.last + 1] in (("it",), ("them",), ("both",))
        if cost < (_JOINED if joined and (pointed or not theme_first) else reach) and (best is None or cost < best[0]):
            best = (cost, org)
    return best[1] if best else None


_NEAR = 12  # words
_JOINED = 1.7

_INDIA = "country/india"


def union_of(scene: Scene, line: Line, read: Read) -> str | None:
    """Return India where "the Centre", as its papers call the union government, does it to a mission of India."""
    words = line.words
    at = read.match.last + 2 if read.reading.voice == "passive" else read.reading.first - 1
    if not 0 < at < len(words) or words[at - 1 : at + 1] != ("the", "centre"):
        return None
    if read.reading.voice == "passive" and words[read.match.last] != "by":
        return None
    written = scene.document.text[line.starts[at] : line.ends[at]]
    entries = [scene.catalog.get(scene.subjects[n].catalog_id or "") for n in read.subjects]
    indian = any(
        isinstance(e, KnownMission) and any(scene.catalog.country_of(o) == _INDIA for o in e.operators) for e in entries
    )
    return scene.catalog.countries[_INDIA].name if written == "Centre" and indian else None
