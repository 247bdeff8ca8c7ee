"""Appositions: whose a mission is, told behind its name.

"Hera, a mission of ESA", "X is the largest Hispasat satellite", "Juice, ESA's explorer", "Y belongs to Z", "X (ISRO)".
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.rides.launchers import owns_rocket
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.words import word_set

LEAD = 0.8
"""How sure a phrase is about whose a mission is."""
CRAFT = word_set(
    """spacecraft satellite probe orbiter lander rover mission telescope observatory craft explorer project programme
    program veteran scout capsule spaceship mapper inspector cubesat nanosatellite microsatellite smallsat minisatellite nanosat microsat picosatellite
    constellation spaceplane"""
)
"""What a mission is called beside its name."""
NOT_IN_PHRASE = word_set(
    """is are was were has have had will would said says and or but for of to in on at with by from that which who where whose as
    launched after before when while ; : ( ) . launches rocket rockets booster launcher carries lofts orbits sends
    tracks tracked follows supports uses used"""
)
"""What never stands between an owner and the mission in one noun phrase."""
_VERBS = word_set("is are was were has have had will would")


def apposed_facts(scene: Scene, line: Line, item: Item, orgs: Sequence[Item]) -> Iterator[Fact]:
    """Yield whose a mission is by what stands behind its name: "Hera, a mission of ESA", "Juice, ESA's explorer"."""
    words = line.words
    last = _head_end(words, item)
    for org in orgs:
        if org.first < last:
            continue
        gap = words[last : org.first]
        if len(gap) > _APPOSED:
            break
        if owns_rocket(line, org):
            continue
        text = [w for w in gap if w not in ("the", "a", "an", ",")]
        owns = words[org.last : org.last + 1] == ("'s",)
        carried = {"on", "aboard", "with"} & set(text[:-2])  # "X, on a probe of China"
        if text[-1:] == ["of"] and len(text) >= 2 and text[-2] in CRAFT and not carried and not _VERBS & set(text):
            for one in joined_items(line, org, list(orgs)):
                part = Part("apposed", "lead", "actual", LEAD - 0.04)
                yield role_fact(scene, line, item.subject, one, part, (item.first, item.last))
        elif (
            text[-2:] == ["belongs", "to"]
            or (owns and (gap == ("(",) or text == ["is"]))
            or _is_named_so(words, org, gap)
            or (
                2 <= len(gap) <= _RANKED
                and gap[0] in _EQUALS
                and {w.removesuffix("-ever") for w in gap[1:]} <= _RANKS
                and _craft_after(words, org)
            )
        ):
            yield role_fact(
                scene, line, item.subject, org, Part("apposed", "lead", "actual", LEAD), (item.first, item.last)
            )
        elif (
            len(text) <= 2
            and (gap[:1] in (("--",), ("–",), ("—",), (":",), ("-",)) or text in (["is"], ["was"], ["is", "one", "of"]))
            and owns
        ):
            yield role_fact(
                scene, line, item.subject, org, Part("apposed", "lead", "actual", LEAD - 0.04), (item.first, item.last)
            )
        elif gap == ("(",) and words[org.last : org.last + 1] in ((",",), (")",), (";",)) and _is_state(scene, org):
            part = Part("apposed", "lead", "actual", LEAD - 0.08)
            yield role_fact(scene, line, item.subject, org, part, (item.first, item.last))


def _head_end(words: Sequence[str], item: Item) -> int:
    """Where the phrase of a mission ends with the nouns of its craft: "the X probe, a mission of ESA"."""
    last = item.last
    while words[last : last + 1] and (words[last] in CRAFT or words[last : last + 2] == ("space", "telescope")):
        if words[last + 1 : last + 2] == ("of",):
            break
        last += 1
    return last


_APPOSED = 13  # words: "X, built by A and run by B"


_RANKED = 6  # words
_EQUALS = frozenset((",", "--", "–", "—", "-", "is", "was", "becomes", "became", "remains"))
_RANKS = word_set(
    """the a an another - first second third fourth fifth sixth seventh only other new latest newest oldest own now also next final last original current
    former biggest largest heaviest smallest most powerful advanced to be one of"""
)
"""What stands between a mission and whose it is: "X is the largest Hispasat satellite", "Y, the second Peruvian satellite"."""


def _is_state(scene: Scene, org: Item) -> bool:
    """Whether a party in parentheses behind a mission is whose it is: "X (ISRO)"; a firm may be its maker or its launcher."""
    entry = scene.catalog.organisations.get(org.id)
    named = org.known is not None and org.known.form not in ("demonym", "adjective", "capital")
    return named and (org.id in scene.catalog.countries or (entry is not None and entry.kind == "agency"))


def _is_named_so(words: Sequence[str], org: Item, gap: Sequence[str]) -> bool:
    """Whether a possessive behind a comma says what it is: "Juice, ESA's Jupiter moons explorer"."""
    behind = words[org.last + 1 : org.last + 5]
    return tuple(gap) == (",",) and words[org.last : org.last + 1] == ("'s",) and any(w in CRAFT for w in behind)


def _craft_after(words: Sequence[str], org: Item) -> bool:
    """Whether a noun of a craft stands behind the owner, with nothing but its adjectives between."""
    behind = words[org.last : org.last + _ADJECTIVES]
    craft = next((n for n, w in enumerate(behind) if w in CRAFT), None)
    return craft is not None and not any(w in NOT_IN_PHRASE or w == "," for w in behind[:craft])


_ADJECTIVES = 5  # words
