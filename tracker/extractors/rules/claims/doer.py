"""The doer of a cue: who does what the verb says."""

from collections.abc import Sequence

from tracker.extractors.catalog import KnownMission
from tracker.extractors.rules.claims.attach import Read
from tracker.extractors.rules.claims.scene import Item, Line, Scene


def doer_of(line: Line, read: Read, orgs: Sequence[Item]) -> Item | None:
    """Return who does what the verb says: its subject in the active voice, whoever follows "by" in the passive."""
    if read.reading.voice == "passive":
        for org in orgs:
            gap = line.words[read.match.last : org.first]
            if org.first >= read.match.last and len(gap) < 9 and (gap[-1:] == ("by",) or gap[-2:] == ("by", "the")):
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
        if org.known is not None and org.known.form in ("demonym", "adjective"):
            continue
        if org.first and line.words[org.first - 1] in ("of", "from", "in", "with", "by", "for", "at", "to"):
            continue
        cost = line.between(org.last, read.reading.first)
        if cost < reach and (best is None or cost < best[0]):
            best = (cost, org)
    return best[1] if best else None


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
