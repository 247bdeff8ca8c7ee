"""Launchers: whose rocket a mission flies on.

"SpaceX's Falcon 9", "a Rocket Lab Electron", "the Ariane 5 of Arianespace", "an Atlas V built by ULA", "a PSLV sold by NSIL".
"""

from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, party_name
from tracker.extractors.rules.claims.scene.roles import Part, role_fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.topics import Topics, current
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
    "new own reusable heavy-lift small light powerful most heaviest workhorse two-stage three-stage medium-lift biggest largest carrier first flagship"
)


_PLANS = word_set("has plans planned scheduled another a its one is to")


def _in_front(line: Line, vehicle: Item) -> Item | None:
    """The owner in front: "SpaceX's reusable Falcon 9", "a United Launch Alliance (ULA) Atlas V", "a Japanese H-IIA"."""
    for org in line.of("org"):
        gap = [w for w in line.words[org.last : vehicle.first] if w not in _BETWEEN]
        if gap[:3] in (["'s", "rocket", ","], ["'s", "launcher", ","]):
            gap = ["'s"]  # "India's heaviest rocket, the LVM3"
        if gap[:1] == ["("] and gap[2:3] == [")"]:
            gap = gap[3:]
        plans = set(gap) <= _PLANS and line.words[vehicle.last : vehicle.last + 1] in (
            ("launch",),
            ("flight",),
            ("mission",),
        )
        if org.last <= vehicle.first and (not gap or plans or (len(gap) <= 2 and gap[0] == "'s")):
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


_CONTRACTS = word_set("contract contracts agreement agreements deal deals order orders")
_SERVICES = word_set("service services")
_WINNING = word_set("won wins win secured secures received bagged clinched awarded handed gets got has been was")


def contract_facts(scene: Scene, line: Line, missions: Sequence[Item], topics: Topics) -> Iterator[Fact]:
    """Yield which firm has the contract for the launch: "a launch service contract with X", "X won the launch contract"."""
    words = line.words
    at = next((n for n, w in enumerate(words) if w in _CONTRACTS and _for_launch(words, n)), None)
    if at is None:
        return
    named = {m.subject for m in missions}
    topic = current(line, topics, "mission") if not missions else None
    subject = named.pop() if len(named) == 1 else topic.subject if topic is not None else None
    for org in line.of("org") if subject is not None else ():
        entry = scene.catalog.organisations.get(org.id)
        if entry is None or entry.kind != "company" or subject is None:
            continue
        behind = words[at + 1 : org.first] in (("with",), ("to",), ("from",), ("with", "the"), ("to", "the"))
        in_front = org.last <= at and set(words[org.last : at]) <= _WINNING | {"the", "a", "an", "launch"} | _SERVICES
        if behind or (in_front and _WINNING & set(words[org.last : at])):
            part = Part("contract", "launch_vehicle", "planned", _CONFIDENCE)
            yield role_fact(scene, line, subject, org, part, (at, at + 1))


def _for_launch(words: Sequence[str], at: int) -> bool:
    """Whether the contract at this token is one for a launch: "launch services contract", "contract for the launch"."""
    front = [w for w in words[max(0, at - 3) : at] if w not in _SERVICES]
    return front[-1:] == ["launch"] or words[at + 1 : at + 4] == ("for", "the", "launch")


_CARRIERS = word_set("rocket rockets launcher booster launch")


def owns_rocket(line: Line, org: Item) -> bool:
    """Whether a party stands there only as the owner of a rocket: "launched by Japan's H3", "by a Russian rocket"."""
    words = line.words
    adjective = org.known is not None and org.known.form in ("demonym", "adjective")
    at = org.last if adjective else org.last + 1
    if not adjective and words[org.last : at] != ("'s",):
        return False
    while at < len(words) and words[at] in _BETWEEN:
        at += 1
    return any(v.first == at for v in line.of("vehicle")) or bool(_CARRIERS & set(words[at : at + 1]))
