"""Meetings: where they were held and who took part."""

import re
from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.catalog import Series
from tracker.extractors.rules.claims.attach import Read, joined_items
from tracker.extractors.rules.claims.doer import doer_of
from tracker.extractors.rules.claims.evidence import stretch
from tracker.extractors.rules.claims.fact import Fact
from tracker.extractors.rules.claims.naming import party_id, party_name
from tracker.extractors.rules.claims.scene import Item, Line, Scene
from tracker.extractors.rules.claims.topics import Topic, Topics, current
from tracker.extractors.rules.subjects.encounters import OFFICES
from tracker.extractors.rules.words import word_set

_VIRTUAL = frozenset(("virtually", "online", "virtual", "videoconference", "teleconference"))
_BY_WIRE = frozenset(("video", "telephone", "phone", "webinar", "videoconference", "teleconference"))
_TOOK_PART = word_set(
    """attended participated participation represented participants delegations delegates delegation officials
    representatives ministers heads met joined attending leaders experts between co-led led hosted side observers part
    chaired co-chaired welcomed invited organised organized participate attend attends spokespeople speakers spoke present chair gathered"""
)
_ABSENT = frozenset(("absent", "boycotted", "skipped", "excluded", "uninvited"))


def meeting_facts(scene: Scene, line: Line, reads: Sequence[Read], topics: Topics) -> Iterator[Fact]:
    """Yield place and parties of the meetings in a sentence."""
    if "meeting" not in scene.kinds:
        return
    meetings = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "meeting"]
    if not meetings:
        topic = current(line, topics, "meeting")
        if topic:
            yield from _later(scene, line, topic)
        return
    yield from _places(scene, line, meetings, reads)
    for item in meetings:
        yield from _in_name(scene, line, item)
    yield from _took_part(scene, line, meetings)
    yield from _officers(scene, line, meetings)
    yield from _hosts(scene, line, reads)


def _nearest(line: Line, meetings: Sequence[Item], at: Item) -> tuple[float, Item]:
    return min(
        (
            (line.between(m.last, at.first) if m.last <= at.first else line.between(at.last, m.first) + 0.4, m)
            for m in meetings
        ),
        key=lambda pair: pair[0],
    )


def _places(scene: Scene, line: Line, meetings: Sequence[Item], reads: Sequence[Read]) -> Iterator[Fact]:
    for place in line.of("place"):
        before = line.words[place.first - 1] if place.first else ""
        if before == "the" and place.first > 1:
            before = line.words[place.first - 2]
        if before not in ("in", "at", "to", "near"):
            continue
        cost, item = _nearest(line, meetings, place)
        if cost < 1.7:
            yield _place(
                line,
                item,
                place.first,
                place.last,
                scene.document.text[place.start : place.end],
                0.82 - 0.1 * cost,
                place.id,
            )
    if not any(line.of("place")):
        yield from _unknown_places(scene, line, meetings, reads)
    yield from _virtual_or_here(scene, line, meetings, reads)


def _virtual_or_here(scene: Scene, line: Line, meetings: Sequence[Item], reads: Sequence[Read]) -> Iterator[Fact]:
    """What was held by wire, and what "here" and "this city" mean in an article with a dateline."""
    for item in meetings:
        if _BY_WIRE & set(line.words[item.first : item.last]):
            yield _place(line, item, item.first, item.last, "virtual", 0.72, None)
    for number, word in enumerate(line.words):
        if word in _VIRTUAL:
            item = min(meetings, key=lambda m: abs(m.first - number))
            limit = 1.5 if len({m.subject for m in meetings}) > 1 else 2.4
            if line.between(min(item.first, number), max(item.first, number)) < limit:
                yield _place(line, item, number, number + 1, "virtual", 0.74, None)
        elif (
            (word == "here" or (word == "city" and line.words[number - 1] in ("this", "the")))
            and scene.home
            and any(r.cue.kind == "meeting" for r in reads)
        ):
            home = scene.catalog.places.get(scene.home)
            if home:
                item = min(meetings, key=lambda m: abs(m.first - number))
                yield _place(line, item, number, number + 1, home.name, 0.72, home.id)


_CITY = re.compile(
    r"\b(?:in|at) ((?:[A-ZÀ-Þ][\w'’.-]+)(?: (?:[A-ZÀ-Þ][\w'’-]+|de|do|da|el|la|of)){0,3})(?=,| on | from | in |\.|;| this | last | next | between | and )"
)
_HOLDS = word_set(
    "held take takes took place met meet meeting opened closed ended concluded host hosted hosts gathered convened"
)


def _unknown_places(scene: Scene, line: Line, meetings: Sequence[Item], reads: Sequence[Read]) -> Iterator[Fact]:
    """A city that the catalog does not have: "will be held in Cebu, the Philippines"; no name of anything else."""
    if not any(r.cue.kind == "meeting" and r.item is not None for r in reads) or not _HOLDS & set(line.words):
        return
    taken = [(i.start, i.end) for i in line.items if i.kind != "subject"]
    for match in _CITY.finditer(scene.document.text, line.start, line.end):
        start, end = match.span(1)
        first = next((n for n, s in enumerate(line.starts) if s == start), None)
        last = next((n + 1 for n, e in enumerate(line.ends) if e == end), None)
        if first is None or last is None or any(a < end and start < b for a, b in taken):
            continue
        cost, item = min(
            ((line.between(m.last, first), m) for m in meetings if m.last <= first),
            key=lambda p: p[0],
            default=(9.0, None),
        )
        if item is not None and cost < 1.2:
            yield _place(line, item, first, last, match[1], 0.66 - 0.1 * cost, None)
            return


def _place(line: Line, item: Item, first: int, last: int, value: str, confidence: float, id_: str | None) -> Fact:
    start, end = stretch(line, [(first, last)], [(item.first, item.last)])
    return Fact(item.subject, "place", value, "actual", start, end, line.number, confidence, value_id=id_, cue="place")


def _party(
    scene: Scene, line: Line, subject: int, org: Item, modality: Modality, confidence: float, wish: tuple[int, int]
) -> Fact:
    start, end = stretch(line, [(org.first, org.last)], [wish])
    return Fact(
        subject,
        "party",
        party_name(scene, org),
        modality,
        start,
        end,
        line.number,
        confidence,
        value_id=party_id(scene, org),
        cue="participant",
    )


def _in_name(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """The India-Japan Space Dialogue: its name says who meets."""
    orgs = [o for o in line.of("org") if item.first <= o.first and o.last <= item.last]
    if len({o.id for o in orgs}) >= 2:
        for org in orgs:
            yield _party(scene, line, item.subject, org, "actual", 0.8, (item.first, item.last))
        return
    subject = scene.subjects[item.subject]
    if item.mention and item.mention.form != "anaphor":
        for id_ in subject.parties:
            entry = scene.catalog.countries.get(id_) or scene.catalog.organisations.get(id_)
            if entry and not any(isinstance(e, Series) for e in (entry,)):
                start, end = stretch(line, [(item.first, min(item.last, item.first + 12))])
                yield Fact(
                    item.subject, "party", entry.name, "actual", start, end, line.number, 0.76, value_id=id_, cue="name"
                )


_ALONG = (
    ("together", "with"),
    ("along", "with"),
    ("jointly", "with"),
    ("cooperation", "with"),
    ("partnership", "with"),
)


def _hosts(scene: Scene, line: Line, reads: Sequence[Read]) -> Iterator[Fact]:
    """Who organises, hosts or attends: the subject of the verb, or whoever follows "by"."""
    orgs = list(line.of("org"))
    for read in reads:
        if read.cue.kind != "meeting" or read.cue.doer != "party" or not read.subjects:
            continue
        doer = doer_of(line, read, orgs)
        if doer is None:
            continue
        modality: Modality = "denied" if read.reading.modality == "denied" else "actual"
        with_it = [o for o in orgs if o.first > read.match.last and line.words[o.first - 2 : o.first] in _ALONG]
        for org in dict.fromkeys((*joined_items(line, doer, orgs), *with_it)):
            for subject in read.subjects:
                yield _party(
                    scene, line, subject, org, modality, 0.7 - 0.06 * read.cost, (read.match.first, read.match.last)
                )


def _took_part(scene: Scene, line: Line, meetings: Sequence[Item]) -> Iterator[Fact]:
    words = line.words
    orgs = [o for o in line.of("org") if not any(m.first <= o.first < m.last for m in meetings)]
    if not orgs or not any(w in _TOOK_PART or w in _ABSENT for w in words):
        return
    for group in _lists(line, orgs):
        first, last = group[0], group[-1]
        window = words[max(0, first.first - 6) : first.first] + words[last.last : last.last + 6]
        absent = any(w in _ABSENT for w in window) or (
            "not" in window and ("part" in window or "attend" in window or "invited" in window)
        )
        if not absent and not any(w in _TOOK_PART for w in window):
            continue
        cost, item = _nearest(line, meetings, first)
        if cost > 2.6:
            continue
        for org in group:
            yield _party(
                scene,
                line,
                item.subject,
                org,
                "denied" if absent else "actual",
                0.74 - 0.06 * cost,
                (item.first, item.last),
            )


def _officers(scene: Scene, line: Line, meetings: Sequence[Item]) -> Iterator[Fact]:
    """Whose heads spoke there: "on the sidelines of the forum, A's chairman and B's president said"; "in a call, A's chief told"."""
    if len({m.subject for m in meetings}) != 1:
        return
    item = meetings[0]
    yield from _spoke_there(scene, line, item)
    before = [w for w in line.words[max(0, item.first - 5) : item.first] if w not in ("the", "of", "a", "an", "their")]
    there = before[-1:] in (["sidelines"], ["margins"]) or before[-2:] in (["speaking", "at"], ["talking", "at"])
    described = (
        item.mention is not None
        and item.mention.form != "proper"
        and bool(_FEW & set(line.words[item.first : item.last]))
    )
    if not there and not (described and before[-1:] in (["in"], ["at"], ["during"], ["after"])):
        return
    yield from _who_agreed(scene, line, item)
    for org in line.of("org"):
        behind = [w for w in line.words[org.last : org.last + 3] if w not in ("'s", "’s")]
        ahead = [w for w in line.words[max(0, org.first - 5) : org.first] if w not in ("the", "(", ")")]
        officer = behind[:1] and behind[0] in OFFICES
        headed = ahead[-1:] == ["of"] and ahead[-2:-1] and ahead[-2] in OFFICES
        if (officer or headed) and not item.first <= org.first < item.last:
            yield _party(scene, line, item.subject, org, "actual", 0.66, (org.last, org.last + 1))


_SPOKE = word_set(
    "presented presents showed shows unveiled announced said told spoke reported proposed signed displayed"
)


def _spoke_there(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """Who spoke or showed something there took part: "at the forum JAXA presented its rover"."""
    before = [w for w in line.words[max(0, item.first - 4) : item.first] if w not in ("the", "of", "a", "this")]
    if before[-1:] != ["at"]:
        return
    for org in line.of("org"):
        adjective = org.known is not None and org.known.form in ("demonym", "adjective")
        spoke = line.words[org.last : org.last + 1] and line.words[org.last] in _SPOKE
        if spoke and not adjective and not item.first <= org.first < item.last:
            yield _party(scene, line, item.subject, org, "actual", 0.62, (org.last, org.last + 1))


def _who_agreed(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """Two that head the sentence are those who met: "A and B agreed at a summit in Oslo to share data"."""
    orgs = [
        o for o in line.of("org") if o.last <= item.first and not (o.known and o.known.form in ("demonym", "adjective"))
    ]
    opens = next((o for o in orgs if all(w in ("the", "both") for w in line.words[: o.first])), None)
    group = joined_items(line, opens, orgs) if opens is not None else []
    if len(group) > 1:
        for org in group:
            yield _party(scene, line, item.subject, org, "actual", 0.66, (item.first, item.last))


_FEW = word_set("meeting talks conference videoconference teleconference call visit summit consultations round")
"""Nouns of meetings in which those who are named are those who met."""


def _later(scene: Scene, line: Line, topic: Topic) -> Iterator[Fact]:
    """Who took part, told in the sentences behind: "The Indian delegation was led by"."""
    words = line.words
    for org in line.of("org"):
        behind = words[org.last : org.last + 2]
        if any(w in ("delegation", "side", "co-chairs", "team", "delegates") for w in behind):
            start, end = stretch(line, [(org.first, org.last + 1)])
            yield Fact(
                topic.subject,
                "party",
                party_name(scene, org),
                "actual",
                start,
                end,
                line.number,
                0.7,
                value_id=party_id(scene, org),
                cue="delegation",
            )
    orgs = list(line.of("org"))
    if any(
        w in ("attended", "participated", "delegates", "represented", "part", "heads", "representatives") for w in words
    ):
        for group in _lists(line, orgs):
            first, last = group[0], group[-1]
            window = words[max(0, first.first - 6) : first.first] + words[last.last : last.last + 6]
            absent = "not" in window or any(w in _ABSENT for w in window)
            if not any(w in _TOOK_PART for w in window) and not absent:
                continue
            for org in group:
                start, end = stretch(line, [(org.first, org.last)])
                yield Fact(
                    topic.subject, "party", party_name(scene, org), "denied" if absent else "actual", start, end, line.number, 0.64,
                    value_id=party_id(scene, org), cue="participant",
                )  # fmt: skip


def _lists(line: Line, orgs: Sequence[Item]) -> Iterator[list[Item]]:
    done: set[int] = set()
    for org in orgs:
        if org.first in done:
            continue
        group = joined_items(line, org, orgs)
        done.update(o.first for o in group)
        yield group
