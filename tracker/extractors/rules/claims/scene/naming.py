"""How a party is written: the agency as the document names it, else the country, else the company."""

import re
from collections.abc import Sequence

from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.words import word_set

_PEOPLE = word_set(
    """agencies agency governments government researchers scientists engineers teams institutes institutions universities companies partners
    industry firms authorities experts astronomers academy side specialists officials military army navy"""
)
_BETWEEN = word_set("space science scientific national research aerospace and , respective federal state")
_REACH = 9  # words


def is_actor(line: Line, org: Item) -> bool:
    """Whether a party stands for itself; a people or an adjective does only in front of who acts: "French and German scientists"."""
    if org.known is None or org.known.form not in ("demonym", "adjective"):
        return True
    peoples = {n for o in line.of("org") if o.known and o.known.form == "demonym" for n in range(o.first, o.last)}
    for at in range(org.last, min(org.last + _REACH, len(line.words))):
        if line.words[at] in _PEOPLE:
            return True
        if at not in peoples and line.words[at] not in _BETWEEN:
            return False
    return False


_STAFF = word_set(
    "scientists engineers researchers experts specialists students team teams technicians physicists astronomers group staff"
)
_AT = frozenset(("of", "from", "at"))


def speaks_for(words: Sequence[str], org: Item) -> bool:
    """Whether a party stands behind its own people: "engineers at the University of Oslo built"."""
    at = org.first - 1
    while at > 0 and words[at] in ("the", "its"):
        at -= 1
    return at > 0 and words[at] in _AT and words[at - 1] in _STAFF


def party_id(scene: Scene, org: Item) -> str | None:
    """The catalog id of a party; the country for its capital, its people or its adjective."""
    if org.known is None:
        return None
    return scene.catalog.metonym(org.id) or org.id


def party_name(scene: Scene, org: Item) -> str:
    """The party as a claim writes it: "Japan" for "Tokyo" and "Japanese", the written name for an agency."""
    if org.known is None:
        return ""
    known = org.known
    id_ = party_id(scene, org) or ""
    country = scene.catalog.countries.get(id_)
    if country is not None:
        return known.text if known.form == "name" and known.family == "country" else country.name
    if id_ in scene.short:
        return scene.short[id_]
    entry = scene.catalog.organisations.get(id_)
    if entry is not None and known.form in ("described", "demonym", "adjective"):
        return next((a for a in entry.aliases if a.isupper() and len(a) <= 8), entry.name)
    return known.text


_SORT = re.compile(r" (?:rocket|launcher)s?$")


def vehicle_name(scene: Scene, vehicle: Item) -> str:
    """The rocket as written; a name spelt out in words only gives way to the catalog's ("PSLV")."""
    written = _SORT.sub("", " ".join(scene.document.text[vehicle.start : vehicle.end].split()))
    entry = scene.catalog.vehicles.get(vehicle.id)
    spelt_out = len(written.split()) > 2 and not any(
        c.isdigit() or (w.isupper() and len(w) > 1) for w in written.split() for c in w
    )
    return entry.name if entry and spelt_out else written


def written_name(scene: Scene, id_: str) -> str | None:
    """How the document writes the party with this id, None when it does not name it."""
    for line in scene.lines:
        for org in line.of("org"):
            if party_id(scene, org) == id_:
                return party_name(scene, org)
    return None


def same_party(scene: Scene, one: str | None, other: str | None) -> bool:
    """Whether two ids stand for one party: the same, or a country and its space agency."""
    if one is None or other is None:
        return False
    if one == other:
        return True
    return scene.catalog.agency_of(one) == other or scene.catalog.agency_of(other) == one
