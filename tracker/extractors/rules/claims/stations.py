"""Ground stations: whose antennas a mission uses, and who tracks it.

"The orbiter uses the antennas of the Indian Deep Space Network", "let the probe use ESA's ground stations": whoever owns the dish on
the ground has the role of the ground segment.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.roles import Part, role_fact
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.words import word_set

_USES = word_set(
    "use uses used using utilise utilises utilised utilize utilizes utilized borrow borrows borrowed through via"
)
_DISHES = word_set("antenna antennas antennae dish dishes station stations network")
_BREAKS = word_set("that which who while but because said , ; :")
_REACH = 12


def station_facts(scene: Scene, line: Line, missions: Sequence[Item]) -> Iterator[Fact]:
    """Yield whose ground stations the missions of a sentence use."""
    words = line.words
    if not missions or not _DISHES & set(words):
        return
    for org in line.of("org"):
        if org.known is None or org.known.form in ("demonym", "adjective"):
            continue
        low = max(0, org.first - _REACH)
        verb = max((n for n in range(low, org.first) if words[n] in _USES), default=-1)
        if verb < 0 or any(w in _BREAKS for w in words[verb + 1 : org.first]):
            continue
        owned = words[org.last : org.last + 1] == ("'s",)
        dishes = words[verb + 1 : org.last] + (words[org.last : org.last + 5] if owned else ())
        users = [m for m in missions if m.last <= verb]
        if users and _DISHES & set(dishes):
            part = Part("stations", "ground_segment", "actual", 0.7)
            yield role_fact(scene, line, users[-1].subject, org, part, (verb, verb + 1))
