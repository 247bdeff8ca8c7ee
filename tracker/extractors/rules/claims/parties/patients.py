"""Patients: to which mission something was done that a verb tells.

In front of "built by" the way leads over auxiliaries, appositions and what else stands beside; it ends at the first word that
belongs to something else: a part ("the camera on X, built by Y"), another clause, another verb.
"""

from collections.abc import Sequence

import msgspec

from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current
from tracker.extractors.rules.words import word_set


class Patient(msgspec.Struct, frozen=True):
    """A mission that something is done to; `part` where it is done to its lander, rover or orbiter only.

    `last` is the token behind its name, 0 where it is not named.
    """

    subject: int
    part: str = ""
    last: int = 0


class Way(msgspec.Struct, frozen=True):
    """A sentence and what the way from a verb to a mission may pass in it."""

    scene: Scene
    line: Line
    missions: Sequence[Item]
    topics: Topics
    beside: frozenset[int]
    """The tokens of dates, places, customers and parentheses."""
    named: frozenset[int]
    """The tokens of names."""

    @classmethod
    def of(cls, scene: Scene, line: Line, missions: Sequence[Item], orgs: Sequence[Item], topics: Topics) -> "Way":
        """Lay out a sentence."""
        words = line.words
        beside: set[int] = set()
        for item in line.of("date", "place"):
            beside.update(range(_preposition(words, item.first), item.last))
        for org in orgs:
            begun = _customer(words, org)
            if begun is not None:
                beside.update(range(begun, org.last))
        text = scene.document.text
        names = {n for i in line.items for n in range(i.first, i.last)}
        for n in range(len(words) - 1):  # "in Denver", which no list has
            if words[n] in ("in", "near", "outside") and n + 1 not in names and text[line.starts[n + 1]].isupper():
                beside.update((n, n + 1))
        depth = 0
        for n, word in enumerate(words):
            depth += word == "("
            if depth:
                beside.add(n)
            depth = max(0, depth - (word == ")"))
        named = {n for i in (*missions, *line.of("org", "vehicle")) for n in range(i.first, i.last)}
        return cls(scene, line, missions, topics, frozenset(beside), frozenset(named))

    def mission_at(self, at: int) -> Item | None:
        """The mission whose name or pronoun stands at a token."""
        return next((m for m in self.missions if m.first <= at < m.last), None)

    def spoken_of(self) -> int | None:
        """The mission that the sentence goes on about; no station, where others go, and no programme, which nobody builds."""
        topic = current(self.line, self.topics, "mission")
        known = self.scene.catalog.missions.get(self.scene.subjects[topic.subject].catalog_id or "") if topic else None
        many = known is not None and known.kind in ("station", "programme")
        return topic.subject if topic is not None and not many else None


_BEFORE_TIMES = word_set("in on at since from by near during of until outside")


def _preposition(words: Sequence[str], first: int) -> int:
    begun = first - (words[max(0, first - 1)] in ("the", "early", "late"))
    return begun - 1 if begun and words[begun - 1] in _BEFORE_TIMES else first


def _customer(words: Sequence[str], org: Item) -> int | None:
    """Where "for" or "on behalf of" begins in front of a party."""
    at = org.first - 1
    while at > 0 and words[at] in ("the", "satellite", "operator", "company", "a", "an"):
        at -= 1
    if at > 0 and words[at] == "for":
        return at
    return at - 2 if at > 1 and words[at - 2 : at + 1] == ("on", "behalf", "of") else None


_CRAFT = word_set(
    """satellite satellites spacecraft probe probes mission missions craft cubesat cubesats telescope observatory microsatellite nanosatellite microsatellites
    nanosatellites smallsat smallsats capsule spaceship spaceplane station project constellation spacecrafts freighter"""
)
_PARTLIKE = frozenset(("lander", "rover", "orbiter"))
_PASSING = word_set(
    """is are was were been be being has had have will would which that who , and also itself jointly then the a an its their first second third
    last one two three four five six ten dozen now still in-orbit orbit already largest heaviest biggest most ever another new latest only sole"""
)
_STOPS = word_set(
    """; : . said says told reported while but after before when where whose than since because as about from to into under carrying carries carry carried
    aboard with by on for of in at up off through via like unlike followed if although though – — -- both against"""
)
_COUNTED = word_set("one first second third last two series pair family fleet number")
_REACH = 18  # words
_APART = word_set("with than like unlike alongside aboard on for to as from by besides")


def in_front(way: Way, at: int) -> tuple[Patient, ...]:
    """Return the missions that the participle at a token speaks of: "X was built by", "X, a satellite built by", "built by …, X"."""
    scene, line, missions, words = way.scene, way.line, way.missions, way.line.words
    if at == 0 or (at == 1 and words[0] == "jointly"):
        return _fronted(way, at)
    part, n = "", at - 1
    while n >= 0 and at - n <= _REACH:
        item = way.mission_at(n)
        if item is None:
            if not _leads_on(way, n):
                return ()
            part = part or (words[n] if words[n] in _PARTLIKE else "")
            n -= 1
            continue
        if _is_of_part(scene, words, item):
            return ()  # "the camera for X was built by"
        if item.first and words[item.first - 1] in _APART and words[item.last] in ("and", ","):
            n = item.first - 1
            continue
        own = item.last - (words[item.last - 1] in _PARTLIKE)
        part = "" if own < item.last or words[own] == part else part  # "the X lander, built by"
        part = _part(scene, item, part or words[item.last - 1])
        named = dict.fromkeys(i.subject for i in _listed(line, item, missions, at))
        return tuple(Patient(subject, part, item.last) for subject in named)
    opens = n < 0 and not missions and at <= _OPENING and (words[0] in ("it", "they") or bool(_CRAFT & set(words[:at])))
    subject = way.spoken_of() if opens and words[0] in ("it", "they", "the", "both") else None
    return (Patient(subject, part),) if subject is not None else ()


def _leads_on(way: Way, n: int) -> bool:
    """Whether the word at a token may stand between a mission and what was done to it."""
    words, word = way.line.words, way.line.words[n]
    if n in way.beside or word in _CRAFT or word in _PASSING or word in _PARTLIKE or word == "'s":
        return True
    if (word in ("in", "into") and words[n + 1] == "orbit") or (word == "of" and words[max(0, n - 1)] in _COUNTED):
        return True
    if word in _STOPS or _is_part(way.scene, word) or _is_verb(way.scene, word):
        return False
    return n not in way.named or _is_adjective(way.line, n)


def _is_of_part(scene: Scene, words: Sequence[str], item: Item) -> bool:
    """Whether the mission only tells of which one a part is: "the rover for X", "the radar of X"."""
    at = item.first - 1
    while at > 0 and words[at] in ("the", "its", "'s"):
        at -= 1
    whole = words[max(0, at - 1)]
    return at > 0 and words[at] in ("for", "of", "on") and (whole in _PARTLIKE or _is_part(scene, whole))


_OPENING = 9  # words


def _fronted(way: Way, at: int) -> tuple[Patient, ...]:
    """The mission behind the comma that a participle at the head of a sentence speaks of: "Built by OHB, the satellite …"."""
    words = way.line.words
    comma = next((n for n in range(at, len(words)) if words[n] == ","), None)
    item = next((m for m in way.missions if comma is not None and comma < m.first <= comma + 6), None)
    return (Patient(item.subject),) if item is not None else ()


def behind(way: Way, at: int, agents: Sequence[Item]) -> tuple[Patient, ...]:
    """Return the missions that the active verb at a token has for its object: "operates two satellites, X and Y", "built it"."""
    words, n = way.line.words, at + 1
    while n < len(words) and n - at <= _REACH:
        item = way.mission_at(n)
        if item is not None:
            owns = words[item.last : item.last + 1] == ("'s",)  # "built X's radar"
            listed = {i.subject: i for i in joined_items(way.line, item, list(way.missions))}
            return () if owns else tuple(Patient(i.subject, "", i.last) for i in listed.values())
        if words[n] in _IT and n == at + 1 and words[n + 1 : n + 2] not in (("satellites",), ("craft",)):
            return _pointed_at(way, [m for m in way.missions if m.last <= agents[0].first], n + 1)
        if words[n] in _CRAFT and {"the", "both"} & set(words[at + 1 : n]) and way.mission_at(n + 1) is None:
            return _pointed_at(way, way.missions, n + 1)  # "built the 40-million-euro probe"
        if not _goes_on(way, n):
            break
        n += 1
    gone = words[at + 1 : at + 2] == () or words[at + 1] in _GONE
    front = [w for w in words[max(0, agents[0].first - 2) : agents[0].first] if w != "the"]
    relative = bool(front) and front[-1] in ("that", "which")  # "a satellite that Airbus built"
    return in_front(way, agents[0].first - 1) if gone and relative else ()


_IT = frozenset(("it", "them", "both"))
_GONE = frozenset(
    (",", ".", "and", "for", "in", "itself", "together", "jointly", "with", "under", "at", "since", "from")
)
_PREDICATE = frozenset(("that", "which", "who", "is", "was", "are", "has"))
_ARTICLES = frozenset(("a", "an", "its", "both", "the"))
_EFFORT = frozenset(("development", "operation", "operations", "construction", "design", "project"))


def _goes_on(way: Way, n: int) -> bool:
    """Whether the word at a token may stand between an active verb and the mission that is its object."""
    words, word, deeds = way.line.words, way.line.words[n], way.scene.lexicon.deeds
    if word in (",", "and"):
        behind_it = words[n + 1] if n + 1 < len(words) else ""
        counted = word == "," and (words[n - 1] in _CRAFT or words[n - 1] == "orbit")
        return behind_it in deeds or behind_it in _EFFORT or behind_it.endswith("ed") or counted
    if (
        words[n : n + 2] == ("in", "orbit")
        or word in _ARTICLES
        or word in deeds
        or n in way.beside
        or (word == "of" and words[n - 1] in _EFFORT)
    ):
        return True
    if word in _STOPS or word in _PREDICATE or _is_part(way.scene, word):
        return False
    return n not in way.named or _is_adjective(way.line, n)


def _pointed_at(way: Way, left: Sequence[Item], last: int) -> tuple[Patient, ...]:
    """The mission that "it" or "the probe" means: the only one of these, or, where there is none, the one spoken of."""
    named = {m.subject for m in left}
    subject = named.pop() if len(named) == 1 else way.spoken_of() if not named else None
    return (Patient(subject, "", last),) if subject is not None else ()


def _listed(line: Line, item: Item, missions: Sequence[Item], at: int) -> list[Item]:
    """The missions of one list in front of the verb; of "X and Y, which was built by Z" only the last."""
    one = {"which", "that"} & set(line.words[item.last : at]) and {"was", "is"} & set(line.words[item.last : at])
    return [item] if one else joined_items(line, item, [m for m in missions if m.last <= at])


def _part(scene: Scene, item: Item, noun: str) -> str:
    """The noun where the mission itself is never called so: "the rover of X"."""
    subject = scene.subjects[item.subject]
    names = (subject.name, *subject.aliases, *(m.text for m in subject.mentions))
    called = " ".join(name for name in names if "'s " not in name).lower()
    return "" if noun in called else noun


def _is_part(scene: Scene, word: str) -> bool:
    role = scene.lexicon.providers.get(word)
    return role not in (None, "spacecraft", "lander", "rover", "orbiter") or word in _PARTS


_PARTS = word_set(
    """bus module modules platform engine engines thruster thrusters panel panels arm wheel wheels software simulator model stage booster vehicle
    programme program plan facility factory centre center site data images component components system systems"""
)


def _is_verb(scene: Scene, word: str) -> bool:
    return len(word) > 4 and word.endswith(("ed", "ing")) and "-" not in word and word not in scene.lexicon.deeds


def _is_adjective(line: Line, n: int) -> bool:
    """Whether a name at this token only says whose or of what sort the craft is: "the SES satellite", "an Algerian probe"."""
    item = next(i for i in line.items if i.kind in ("org", "vehicle") and i.first <= n < i.last)
    if item.kind == "vehicle":
        return False
    behind_it = line.words[item.last : item.last + 4]
    return bool(_CRAFT & set(behind_it)) or any(
        i.first in (item.last, item.last + 1) and i.kind == "subject" for i in line.items
    )
