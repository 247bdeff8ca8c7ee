"""Commissions: who is chosen to build or launch a mission, and by whom.

"ESA has selected OHB to build X", "Y was awarded a contract by NASA to launch X", "Z, chosen by ESA as prime contractor for X": one
party gives the work and has the lead, another does it.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.asides import aside_start
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import word_set

CHOOSES = word_set(
    """select selects selected choose chooses chose chosen pick picks picked tap taps tapped hire hires hired award awards awarded commission
    commissions commissioned contract contracts contracted appoint appointed ask asks asked"""
)
_WINS = word_set("won wins win secured secures received receives bagged bags clinched clinches")
_GIVES = CHOOSES | _WINS
_HELD = word_set("has have had been was were is being also already today recently since then formally now")
_WORK: dict[str, str] = {
    **dict.fromkeys(
        ("build", "develop", "manufacture", "construct", "design", "assemble", "produce", "implement", "make", "procure", "supply", "deliver"), "spacecraft"
    ),
    **dict.fromkeys(("launch", "loft", "orbit"), "launch_vehicle"),
    **dict.fromkeys(("building", "developing", "manufacturing", "designing", "construction", "development"), "spacecraft"),
    **dict.fromkeys(("launching",), "launch_vehicle"),
}  # fmt: skip
_LINKS = word_set("for of to on aboard into from with in at")
_STOPS = word_set("; : said says which that who while but after before when .")
_NEAR, _FAR = 5, 22  # words
_LEGAL_FORM = 2  # "S.p.A."


def commission_facts(scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item]) -> Iterator[Fact]:
    """Yield who gives and who gets the work on the missions of a sentence; orgs are the parties in it that have a name."""
    words = line.words
    if not missions or not line.triggers & _COMMISSION:
        return
    for at, word in enumerate(words):
        if word not in _TELLING:
            continue
        giver, getter = _parties(words, at, orgs) if word in _GIVES else _signers(line, at, orgs)
        if getter is None or scene.catalog.country_of(getter.id) == getter.id:
            continue
        wish, begun = (at, at + 1), at if word in _GIVES else getter.last - 1
        for role, item in _tasks(scene, line, begun, missions):
            for one in joined_items(line, getter, orgs):
                yield role_fact(scene, line, item.subject, one, Part("commissions", role, "actual", 0.72), wish)
            if giver is not None:
                yield role_fact(scene, line, item.subject, giver, Part("commissions", "lead", "actual", 0.7), wish)


_SIGNS = word_set("signed signs sign inked inks concluded finalised finalized")
_TELLING = _GIVES | _SIGNS
_COMMISSION = trigger(_TELLING)
_CONTRACTS = word_set("contract contracts deal deals order agreement")
_WITH = 9  # words from the verb to "with"


def _signers(line: Line, at: int, orgs: Sequence[Item]) -> tuple[Item | None, Item | None]:
    """Who gives and who gets where a contract is signed: "A signed a deal with B to build X"."""
    words = line.words
    near = range(at + 1, min(at + _WITH, len(words)))
    link = next((n for n in near if words[n] == "with" and _CONTRACTS & set(words[at + 1 : n])), None)
    if link is None:
        return None, None
    getter = next((o for o in orgs if link < o.first <= link + _NEAR), None)
    giver = next((o for o in reversed(orgs) if o.last <= at and _is_subject(words, o, at)), None)
    return (giver, getter) if giver is not None else (None, None)


def _parties(words: Sequence[str], at: int, orgs: Sequence[Item]) -> tuple[Item | None, Item | None]:
    """Who gives and who gets: "A selected B", "B was selected by A", "B won a contract from A"."""
    helped = at
    while helped and (words[helped - 1] in _HELD or words[helped - 1].endswith("day")):
        helped -= 1
    opened = aside_start(words, helped)  # "OHB Italia, a subsidiary of OHB, has been selected"
    front = next((o for o in orgs if opened is not None and 0 <= opened - o.last <= _LEGAL_FORM), None) or next(
        (o for o in reversed(orgs) if o.last <= at and _is_subject(words, o, at)), None
    )
    behind = [o for o in orgs if o.first > at]
    source = next(
        (
            o
            for o in behind
            if {"by", "from"} & set(words[max(at, o.first - 2) : o.first]) and o.first - at <= _FAR // 2
        ),
        None,
    )
    passive = bool({"been", "was", "were", "is", "being"} & set(words[front.last if front else at : at])) or (
        words[at - 1 : at] == (",",)
    )
    if words[at] in _WINS or passive:
        return source, front
    got = next((o for o in behind if o.first - at <= _NEAR and not _LINKS & set(words[at + 1 : o.first])), None)
    return front, got


def _is_subject(words: Sequence[str], org: Item, at: int) -> bool:
    """Whether the organisation stands as the subject of the verb: only helping words, or an aside in commas, in between."""
    gap = list(words[org.last : at])
    if gap[:1] == [","] and gap.count(",") == 2:
        gap = gap[len(gap) - gap[::-1].index(",") :]
    return len(gap) <= _NEAR and all(w in _HELD or w in ("(", ")", ",") or w.endswith("day") for w in gap)


def _tasks(scene: Scene, line: Line, at: int, missions: Sequence[Item]) -> Iterator[tuple[str, Item]]:
    """The work that is given: what is to be done with a mission, or which part of it is to be made."""
    words = line.words
    for item in missions:
        if not at < item.first <= at + _FAR or _STOPS & set(words[at + 1 : item.first]):
            continue
        span = range(at + 1, item.first)
        works = [n for n in span if words[n] in _WORK and (words[n - 1] in ("to", "and", "for", "the", ",", "of"))]
        contractor = [n for n in span if words[n] == "contractor"]
        if contractor and not works:
            yield "spacecraft", item
            continue
        if not works:
            continue
        if BUYS & {words[n] for n in works}:
            works = [n for n in works if words[n] in BUYS]  # who procures a craft for another buys its launch too
        between = words[works[-1] + 1 : item.first]
        part = _part(scene, between)
        if not _LINKS & set(between) or words[works[-1]] in ("construction", "development"):
            for role in dict.fromkeys(_WORK[words[n]] for n in works):
                yield role, item
        elif part is not None:
            yield part, item


BUYS = frozenset(("procure", "supply", "deliver"))


def _part(scene: Scene, words: Sequence[str]) -> str | None:
    """The role of the thing that is to be made, where it has one: "build the radar for X"."""
    for size in (3, 2, 1):
        for first in range(len(words) - size + 1):
            role = scene.lexicon.providers.get(" ".join(words[first : first + size]))
            if role:
                return role
    return None
