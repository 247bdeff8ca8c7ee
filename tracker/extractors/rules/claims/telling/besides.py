"""Besides: what belongs to a mission, carries it or waits for it, and has a fate of its own.

"The launch pad for X burned down", "the camera of X failed", "a rocket like the one that will launch X exploded", "the go-ahead for
Europe to supply a radio for X": what stands in front of the preposition is what the verb tells of.
"""

import itertools
from collections.abc import Sequence

from tracker.extractors.rules.claims.scene.scene import Item
from tracker.extractors.rules.claims.telling.cues import CueMatch
from tracker.extractors.rules.subjects.page.crafts import NOUNS
from tracker.extractors.rules.words import word_set

EVENTS = word_set(
    """launch launches launching landing test tests testing countdown attempt attempts contract deployment docking flyby rehearsal
    part instrument instruments review phase campaign operations"""
)
UNDERTAKINGS = word_set(
    "plan plans work project projects mission missions programme program development construction idea operations funding"
)

_BELONGING = frozenset(("for", "of", "on", "aboard", "behind", "from"))
_ITSELF = (
    NOUNS.keys()
    | EVENTS
    | UNDERTAKINGS
    | word_set(
        """contact communication communications link signal signals telemetry loss life lifetime orbit flight flights crew return end service
    descent touchdown crash voyage journey trip career work pair fleet all both one each two three most copy twin version
    successor failure lives days astronauts cosmonauts taikonauts passengers craft sample"""
    )
)


_SAYING = frozenset(("who", "which", "that", "said", "says", "has", "had", "have"))


def is_said_of_noun(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Return whether a noun right in front of a bare participle is what it tells of: "X carries a copy of the camera lost with Y"."""
    before = words[match.head - 1] if match.head else ""
    if not {"past", "participle"} <= match.forms or item.last >= match.head or not before.isalpha():
        return False
    noun = before not in _ITSELF and not before.endswith("ly") and words[match.head - 2] in _ARTICLES
    return noun and before not in _SAYING


def is_of_thing(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Return whether it is a thing beside the mission that ended: "the launch pad for X burned down", "the camera of X failed"."""
    if _heads_on(words, item, match.first):
        return True
    at = item.first - 1
    while at > 0 and words[at] in _ARTICLES:
        at -= 1
    if _RELATIVES & set(words[item.last : item.last + 2]):
        return False  # "the measurements of X, which was switched off"
    if at < 1 or words[at] not in _BELONGING or not words[at - 1].isalpha():
        return False
    thing = words[at - 1] not in _ITSELF and not match.first <= at - 1 < match.last
    return thing and bool(_DETERMINERS & set(words[max(0, at - 4) : at - 1]))


_FUNCTION = word_set(
    """is are was were has have had be been will would may might could did does do not never also then now itself later ever even still just
    again and or in on at to from by after before since as with for of that which who when while but until into during over aboard near too
    last this next early late once both all said says crew out off n't cannot soon first there here so yesterday today tonight"""
)


def _heads_on(words: Sequence[str], item: Item, verb: int) -> bool:
    """Whether another noun than a craft stands between a name and the verb: "the X plant was shut down", "X's maker failed"."""
    behind = [w for w in words[item.last : verb] if w != "'s"]
    phrase = list(itertools.takewhile(lambda w: w.isalpha() and w not in _FUNCTION, behind))
    if not phrase or len(behind) > _COMPOUND or not _ITSELF.isdisjoint(phrase):
        return False
    return not phrase[-1].endswith(("ly", "ed", "ing"))


_COMPOUND = 4  # words with the auxiliaries of the verb
_ON_GROUND = word_set(
    """rocket rockets launcher launchers booster vehicle pad pads station stations segment port spaceport centre center facility antenna
    tender contract paper book film law bill licence license museum suit suits crew crews team teams"""
)


def is_of_ground(words: Sequence[str], item: Item) -> bool:
    """Return whether it is what a mission needs that is being made: "the ground station for X is being built"."""
    at = item.first - 1
    while at > 0 and words[at] in _ARTICLES:
        at -= 1
    return at > 0 and words[at] in _BELONGING and words[at - 1] in _ON_GROUND


_RELATIVES = frozenset(("which", "that"))
_ARTICLES = frozenset(("the", "its", "their", "a", "an", "'s"))
_DETERMINERS = _ARTICLES | {"this", "that", "one", "another", "his", "her", "first", "second"}
_CARRY = word_set("carry launch lift fly loft send take deliver put")


def is_of_carrier(words: Sequence[str], item: Item) -> bool:
    """Return whether what is to carry the mission is spoken of: "a rocket like the one that will launch X failed"."""
    front = words[max(0, item.first - 6) : item.first]
    at = max((n for n, w in enumerate(front) if w in _CARRY), default=0)
    return at > 0 and front[at - 1] in ("will", "to", "would")


_WHITHER = frozenset(("from", "onto", "to", "toward", "towards", "at"))


def is_whither(words: Sequence[str], item: Item) -> bool:
    """Return whether it is where the launch leads to or from: "launched two satellites from the station"."""
    at = item.first - 1
    while at > 0 and words[at] in _ARTICLES:
        at -= 1
    return at >= 0 and words[at] in _WHITHER


_BOUNDARIES = frozenset(("for", "of", "on", "to", "in", "with", "from"))
_GRANTED = (
    UNDERTAKINGS
    | NOUNS.keys()
    | word_set(
        """launch launches flight flights budget money million billion crore funds financing go-ahead approval light nod clearance sanction
    backing assent blessing package proposal design building manufacture procurement purchase implementation phase
    start beginning continuation deployment orbiters series two three pair green work"""
    )
)


def is_of_other_object(words: Sequence[str], match: CueMatch, item: Item) -> bool:
    """Return whether something beside the mission was approved: "the export of a camera for X", "the go-ahead for Europe to supply Y for X"."""
    for at in range(match.last + 1, item.first):
        if words[at] == "to" and "for" in words[match.first : at]:
            continue  # "authorisation for the agency to work on X"
        if words[at] in _BOUNDARIES and words[at - 1].isalpha() and words[at - 1] not in _GRANTED:
            return words[at - 1] not in _ARTICLES and words[at - 1] not in _BOUNDARIES
    return False
