"""Launchers: whose rocket a mission flies on.

"SpaceX's Falcon 9", "a Rocket Lab Electron", "the Ariane 5 of Arianespace", "an Atlas V built by ULA", "a PSLV sold by NSIL".
"""

from collections.abc import Iterator

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.evidence import stretch
from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.naming import party_id, party_name
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.words import word_set

_CONFIDENCE = 0.7


def launcher_facts(scene: Scene, line: Line, subject: int, vehicle: Item, modality: Modality) -> Iterator[Fact]:
    """Yield who makes, sells or flies the rocket that carries a mission, as far as the words around the rocket tell."""
    maker = _in_front(line, vehicle) or _behind(line, vehicle)
    if maker is not None:
        value = f"{party_name(scene, maker)}: launch_vehicle"
        start, end = stretch(line, [(maker.first, maker.last)], [(vehicle.first, vehicle.last)])
        yield Fact(
            subject, "party", value, modality, start, end, line.number, _CONFIDENCE, value_id=party_id(scene, maker),
            cue="maker",
        )  # fmt: skip


_ROCKETS = frozenset(("rocket", "launcher", "booster"))


def nameless_rockets(line: Line) -> Iterator[Item]:
    """Yield the rockets of which a sentence tells only whose they are: "a SpaceX rocket", "Russia's biggest launcher"."""
    words = line.words
    vehicles = list(line.of("vehicle"))
    for org in line.of("org"):
        at = org.last + (words[org.last : org.last + 1] == ("'s",))
        while at < len(words) and words[at] in _BETWEEN:
            at += 1
        named = any(v.first <= at + 1 and org.first <= v.last for v in vehicles)
        if at < len(words) and words[at] in _ROCKETS and not named:
            yield Item("vehicle", org.first, at + 1, org.start, line.ends[at])


def nameless_facts(scene: Scene, line: Line, subject: int, rocket: Item, modality: Modality) -> Iterator[Fact]:
    """Yield whose the nameless rocket is that carries a mission."""
    owner = next((org for org in line.of("org") if org.first == rocket.first), None)
    if owner is not None:
        value = f"{party_name(scene, owner)}: launch_vehicle"
        start, end = stretch(line, [(rocket.first, rocket.last)])
        yield Fact(
            subject, "party", value, modality, start, end, line.number, _CONFIDENCE, value_id=party_id(scene, owner),
            cue="maker",
        )  # fmt: skip


_BETWEEN = word_set(
    "new own reusable heavy-lift small light powerful workhorse two-stage medium-lift biggest largest carrier first"
)


def _in_front(line: Line, vehicle: Item) -> Item | None:
    """The owner in front: "SpaceX's reusable Falcon 9", "a United Launch Alliance (ULA) Atlas V", "a Japanese H-IIA"."""
    for org in line.of("org"):
        gap = [w for w in line.words[org.last : vehicle.first] if w not in _BETWEEN]
        if gap[:1] == ["("] and gap[2:3] == [")"]:
            gap = gap[3:]
        if org.last <= vehicle.first and (not gap or (len(gap) <= 2 and gap[0] == "'s")):
            return org
    return None


_SELLS = word_set(
    "built operated provided sold supplied made run developed procured manufactured flown owned offered marketed managed"
)
_FILLING = word_set(
    """rocket rockets launcher booster vehicle carrier the a an its , which is are was launch company firm u.s. american european french
    japanese indian russian chinese private commercial state new zealand giant start-up startup provider"""
)


def _behind(line: Line, vehicle: Item) -> Item | None:
    """The owner behind: "an Ariane 5 of Arianespace", "a Falcon 9 rocket from SpaceX", "the Atlas V, which is built by ULA"."""
    words = line.words
    for org in line.of("org"):
        gap = words[vehicle.last : org.first]
        if org.first < vehicle.last or len(gap) > _REACH or (org.known and org.known.form in ("demonym", "adjective")):
            continue
        told = [w for w in gap if w not in _FILLING]
        if told in (["of"], ["from"]) and "," not in gap:
            return org
        if told[-1:] == ["by"] and len(told) == 2 and told[0] in _SELLS:
            return org
        if told == ["maker"] or (not told and gap[:1] == (",",) and words[org.last : org.last + 1] == ("'s",)):
            return org  # "the Falcon 9, which its maker SpaceX …", "the H3, MHI's new rocket"
    return None


_REACH = 8
