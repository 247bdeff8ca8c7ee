"""Aboard: whose instruments a mission carries, told by the noun phrase of the instrument alone.

"With six NASA payloads on board", "a spectrometer that Germany built", "Japan's contribution is a dust analyser": nobody provides
anything in so many words. What belongs to whoever leads the mission is told elsewhere.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.parties.things import find_things
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current, is_station
from tracker.extractors.rules.words import word_set

_CARRYING = word_set(
    "carry carries carried carrying aboard onboard on-board board hosts hosting hosted includes including host"
)
_ROLES = frozenset(("payload", "rover"))
_SORTS = word_set(
    """'s new small scientific science lunar moon mars solar main own key robotic advanced different sensitive powerful flight infrared optical miniature
    tiny mini four-wheeled experimental student hyperspectral ultraviolet radio x-ray laser two three four five six seven eight nine ten"""
)
_CONFIDENCE = 0.68


def aboard_facts(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield whose payloads and rovers the missions of a sentence carry, by whose the nouns are."""
    words = line.words
    things = [thing for thing in find_things(line, scene.lexicon) if thing[2] in _ROLES]
    orgs = list(line.of("org"))
    if not things or not orgs:
        return
    for at, last, role in things:
        if any(m.first < last and at <= m.last and m.mention and m.mention.form != "anaphor" for m in missions):
            continue
        owner = _owner(line, at, orgs) if _CARRYING & set(words) else None
        owner = owner or _relative(scene, line, last, orgs) or _contributor(words, at, orgs)
        subject = _bearer(scene, line, missions, topics, at) if owner is not None else None
        if owner is None or subject is None or _is_home(scene, subject, owner):
            continue
        for one in joined_items(line, owner, orgs):
            yield role_fact(scene, line, subject, one, Part("aboard", role, "actual", _CONFIDENCE), (at, last))


def _owner(line: Line, at: int, orgs: Sequence[Item]) -> Item | None:
    """Who stands right in front of the thing, as an adjective or with a possessive: "two Swedish instruments", "NASA's camera"."""
    org = next((o for o in reversed(orgs) if o.last <= at), None)
    close = org is not None and all(w in _SORTS or w.isdigit() for w in line.words[org.last : at])
    return org if close else None


def _relative(scene: Scene, line: Line, last: int, orgs: Sequence[Item]) -> Item | None:
    """Who made it in a relative clause: "a spectrometer that Germany built"."""
    words, provide = line.words, scene.lexicon.classes["provide"]
    if words[last : last + 1] not in (("that",), ("which",)):
        return None
    org = next((o for o in orgs if last < o.first <= last + 2), None)
    return org if org is not None and provide & set(words[org.last : org.last + 3]) else None


def _contributor(words: Sequence[str], at: int, orgs: Sequence[Item]) -> Item | None:
    """Whose contribution it is: "NASA's main contribution to X is a dust analyser"."""
    for org in orgs:
        near = words[org.last : org.last + 4]
        gives = near[:1] == ("'s",) and {"contribution", "contributions"} & set(near)
        if gives and org.last < at and {"is", "are", "includes", "include", ":"} & set(words[org.last : at]):
            return org
    return None


def _bearer(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics, at: int) -> int | None:
    """The mission that carries it: the only one of the sentence, the last one in front of it, else the one spoken of."""
    ships = [m for m in missions if not is_station(scene, m.subject)]
    left = [m for m in ships if m.last <= at]
    if len({m.subject for m in ships}) == 1:
        return ships[0].subject
    if left or ships:
        return left[-1].subject if left else None
    topic = current(line, topics, "mission")
    near = topic is not None and topic.paragraph == line.paragraph and not is_station(scene, topic.subject)
    return topic.subject if topic is not None and near else None


def _is_home(scene: Scene, subject: int, org: Item) -> bool:
    """Whether the mission is known to be of the same country as the party."""
    one, catalog = scene.subjects[subject], scene.catalog
    entry = catalog.missions.get(one.catalog_id or "")
    homes = {catalog.country_of(id_) or id_ for id_ in (*one.parties, *(entry.operators if entry else ()))}
    id_ = party_id(scene, org) or ""
    return (catalog.country_of(id_) or id_) in homes
