"""Ascents: a rocket of which a sentence tells with no word of what it carries, or that took it down with it.

"The Long March 4B took off at dawn" and "the Falcon 9's first stage came back" go on about the mission just spoken of; "X was lost
when its Zhuque-2 failed" tells of both at once.
"""

from collections.abc import Sequence

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import Topics, current, is_station
from tracker.extractors.rules.words import word_set

Found = tuple[tuple[int, ...], float, Modality, tuple[int, int] | None]
"""The missions, what the way to them costs, whether it has happened, and the tokens of the word that says so."""

AHEAD = word_set("will to would may could should planned scheduled due set slated expected")
ARTICLES = word_set("a an the its new japanese russian chinese indian american european human-rated")
_FLIES = word_set(
    """took takes lifted lifts blasted blasts rose rises soared soars roared roars launched flew left cleared clears failed thundered climbed
    ignited departed streaked lift blast"""
)
_OF_ITS_OWN = word_set(
    "rocket rockets carrier launcher booster had has will is was to also then safely successfully on at from in , ( )"
)
_LIFTS = frozenset(("launched", "flew", "lifted", "lifts"))
_OBJECTS = (["a"], ["an"], ["another"], ["two"], ["three"], ["its"])  # "the Soyuz launched another satellite"
_STAGES = word_set("stage stages booster boosters fairing engines engine")
_STAGE_SORTS = word_set("first second third upper core reusable main cryogenic side strap-on payload central nine")
_ASIDE = (["of"], ["after"], ["since"], ["as"], ["that"], ["which"])
_COST, _COST_OF_LOSS = 1.9, 1.4


def alone(scene: Scene, line: Line, missions: Sequence[Item], vehicle: Item, topics: Topics) -> Found | None:
    """Return what the rocket of a sentence carries that says it of nobody: the mission just spoken of, or the one named next."""
    words = line.words
    front = [w for w in words[max(0, vehicle.first - 3) : vehicle.first] if w not in ARTICLES]
    if missions:
        of = front[-1:] == ["of"]
        return _brought_down(scene, line, missions, vehicle) if of or front[-1:] not in _ASIDE else None
    if front[-1:] in _ASIDE:
        return None
    where = {n for i in line.of("place") for n in range(i.first, i.last)}
    gap = [w for n, w in enumerate(words[vehicle.last : vehicle.last + 12], vehicle.last) if n not in where]
    verb = next((n for n, w in enumerate(gap) if w in _FLIES), None)
    flies = (
        verb is not None
        and set(gap[:verb]) <= _OF_ITS_OWN
        and not (gap[verb] in _LIFTS and gap[verb + 1 : verb + 2] in _OBJECTS)
    )
    topic = current(line, topics, "mission")
    if not flies:
        near = topic is not None and line.number - topic.line <= _NEAR and not is_station(scene, topic.subject)
        return ((topic.subject,), _COST, "actual", None) if near and topic and _by_stage(words, vehicle) else None
    subject = topic.subject if topic is not None else _named_next(scene, line)
    if subject is None or is_station(scene, subject) or verb is None:
        return None
    coming: Modality = "planned" if AHEAD & set(gap[:verb]) else "actual"
    at = words.index(gap[verb], vehicle.last)
    return (subject,), _COST, coming, (at, at + 1)


_NEAR = 2  # sentences


def _by_stage(words: Sequence[str], vehicle: Item) -> bool:
    """Whether a sentence begins with a stage of the rocket: "The Falcon 9's reusable first stage landed"."""
    if vehicle.first > _OPENS or words[vehicle.last : vehicle.last + 1] != ("'s",):
        return False
    at = vehicle.last + 1
    if at < len(words) and words[at] in _STAGE_SORTS:
        at += 1
    return at < len(words) and words[at] in _STAGES


_OPENS = 3  # words
_FAILS = word_set(
    """failed exploded malfunctioned broke disintegrated misfired strayed veered crashed fell lost shut tumbled suffered underperformed
    destroyed failure explosion malfunction mishap crash breakup anomaly"""
)
_LOST = word_set("lost destroyed failed perished burned burnt crashed loss destroying failing losing along")
_CAUSES = word_set("when as after because since with its by in on due aboard following")
_ROCKET_REACH = 8  # words
_UPWARD = word_set("test engine static pad testing hot-fire earlier previous previously last another month")


def _brought_down(scene: Scene, line: Line, missions: Sequence[Item], vehicle: Item) -> Found | None:
    """The mission that was lost with its rocket: "X was lost when its launcher failed", "the failure of a Soyuz destroyed X"."""
    words = line.words
    near = range(max(0, vehicle.first - 4), min(len(words), vehicle.last + _ROCKET_REACH))
    at = next((n for n in near if words[n] in _FAILS and not vehicle.first <= n < vehicle.last), None)
    if at is None or _UPWARD & set(words[max(0, at - 5) : at + 5]):
        return None
    named = [m for m in missions if not is_station(scene, m.subject)]
    named = [m for m in named if _LOST & {*words[max(0, m.first - 3) : m.first], *words[m.last : m.last + 6]}]
    if len({m.subject for m in named}) != 1 or (
        named[0].last <= vehicle.first and not _CAUSES & set(words[named[0].last : vehicle.first])
    ):
        return None  # "X was lost, and a Falcon 9 failed in July"
    return (named[0].subject,), _COST_OF_LOSS, "actual", (at, at + 1)


def _named_next(scene: Scene, line: Line) -> int | None:
    """The only mission of the sentence behind, or the one that it begins with, where the text has named none so far."""
    behind = next((other for other in scene.lines if other.number > line.number), None)
    if behind is None or behind.paragraph - line.paragraph > 1:
        return None
    named = [i for i in behind.of("subject") if scene.subjects[i.subject].kind == "mission"]
    only = len({i.subject for i in named}) == 1
    return named[0].subject if named and (only or named[0].first <= _OPENS) else None
