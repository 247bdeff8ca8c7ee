"""Attendance: who took part in a meeting, by the verbs of a sentence, by lists, and by whose people spoke or signed there."""

from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.pacts.memberships import attendance_facts, roll_call
from tracker.extractors.rules.claims.pacts.signatories import signers
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, party_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read, joined_items
from tracker.extractors.rules.claims.telling.doer import doer_of
from tracker.extractors.rules.claims.telling.topics import Topic, Topics, current
from tracker.extractors.rules.subjects.meetings.actors import OFFICES
from tracker.extractors.rules.words import word_set

_TOOK_PART = word_set(
    """attended participated participation represented participants delegations delegates delegation officials
    representatives ministers heads met joined attending leaders experts between co-led led hosted side observers part
    chaired co-chaired welcomed invited organised organized participate attend attends spokespeople speakers spoke present chair gathered"""
)
_ABSENT = frozenset(("absent", "boycotted", "skipped", "excluded", "uninvited"))


def nearest(line: Line, meetings: Sequence[Item], at: Item) -> tuple[float, Item]:
    """Return the meeting that is nearest to an item of a sentence, and the cost of the way."""
    return min(
        (
            (line.between(m.last, at.first) if m.last <= at.first else line.between(at.last, m.first) + 0.4, m)
            for m in meetings
        ),
        key=lambda pair: pair[0],
    )


def participant_facts(scene: Scene, line: Line, meetings: Sequence[Item], reads: Sequence[Read]) -> Iterator[Fact]:
    """Yield who took part in the meetings that a sentence names."""
    yield from _took_part(scene, line, meetings)
    yield from _officers(scene, line, meetings)
    yield from _hosts(scene, line, reads)
    yield from _signed_there(scene, line, meetings, reads)
    for org in roll_call(line):
        item = nearest(line, meetings, org)[1]
        if not any(m.first <= org.first < m.last for m in meetings):
            yield participant(scene, line, item.subject, org, "actual", 0.66, (item.first, item.last))


def later_facts(scene: Scene, line: Line, topics: Topics) -> Iterator[Fact]:
    """Yield who took part in the meeting that the sentences before have named, where this one goes on about it."""
    topic = current(line, topics, "meeting")
    if topic:
        yield from _later(scene, line, topic)
        for org in roll_call(line):
            yield participant(scene, line, topic.subject, org, "actual", 0.64, (org.first, org.last))
    yield from attendance_facts(scene, line, topics)


def participant(
    scene: Scene, line: Line, subject: int, org: Item, modality: Modality, confidence: float, wish: tuple[int, int]
) -> Fact:
    """Return that an organisation took part in a meeting."""
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
        heads = _heads_in_front(line, read, orgs)
        doer = doer_of(line, read, orgs) or (heads[-1] if heads else None)
        if doer is None:
            continue
        modality: Modality = "denied" if read.reading.modality == "denied" else "actual"
        with_it = [o for o in orgs if o.first > read.match.last and line.words[o.first - 2 : o.first] in _ALONG]
        for org in dict.fromkeys((*joined_items(line, doer, orgs), *heads, *with_it)):
            for subject in read.subjects:
                yield participant(
                    scene, line, subject, org, modality, 0.7 - 0.06 * read.cost, (read.match.first, read.match.last)
                )


def _heads_in_front(line: Line, read: Read, orgs: Sequence[Item]) -> list[Item]:
    """Whose heads are the subject of a verb: "Peru's minister Ana Rey and Kenyan president John Oduya attended the forum"."""
    found: list[Item] = []
    until = read.reading.first
    for org in reversed(orgs):
        if org.last > until:
            continue
        gap = line.words[org.last : until]
        if len(gap) > _TITLE_AND_NAME or not _BREAKS.isdisjoint(gap):
            break
        behind = [w for w in gap[:4] if w not in ("'s", "prime", "foreign", "deputy", "vice", "science", "space")]
        if behind and behind[0] in OFFICES:
            found.append(org)
            until = org.first
    return found


_TITLE_AND_NAME = 9  # words
_BREAKS = word_set("; : that which who where said says told while but when after")


def _signed_there(scene: Scene, line: Line, meetings: Sequence[Item], reads: Sequence[Read]) -> Iterator[Fact]:
    """Who signed something at a meeting took part in it: "A and B signed on 3 May at the forum in Oslo"."""
    for item in meetings:
        before = [w for w in line.words[max(0, item.first - 3) : item.first] if w not in ("the", "a", "an")]
        if before[-1:] != ["at"]:
            continue
        for read in reads:
            told = read.cue.id == "signed" and read.reading.modality == "actual" and read.match.last <= item.first
            if told and line.between(read.match.last, item.first) < _THERE:
                for org in signers(scene, line, read):
                    yield participant(scene, line, item.subject, org, "actual", 0.6, (item.first, item.last))


_THERE = 1.6


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
        cost, item = nearest(line, meetings, first)
        if cost > 2.6:
            continue
        for org in group:
            yield participant(
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
            yield participant(scene, line, item.subject, org, "actual", 0.66, (org.last, org.last + 1))


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
            yield participant(scene, line, item.subject, org, "actual", 0.62, (org.last, org.last + 1))


def _who_agreed(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """Two that head the sentence are those who met: "A and B agreed at a summit in Oslo to share data"."""
    orgs = [
        o for o in line.of("org") if o.last <= item.first and not (o.known and o.known.form in ("demonym", "adjective"))
    ]
    opens = next((o for o in orgs if all(w in ("the", "both") for w in line.words[: o.first])), None)
    group = joined_items(line, opens, orgs) if opens is not None else []
    if len(group) > 1:
        for org in group:
            yield participant(scene, line, item.subject, org, "actual", 0.66, (item.first, item.last))


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
    yield from _for_delegation(scene, line, topic)
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


_LED = word_set("led headed chaired shared")


def _for_delegation(scene: Scene, line: Line, topic: Topic) -> Iterator[Fact]:
    """Whose people led a delegation: "Ann Lee, secretary in the Ministry of Trade, led the Kenyan delegation"."""
    words = line.words
    if not ({"delegation", "delegations", "side"} & set(words) and _LED & set(words)):
        return
    for org in line.of("org"):
        named = org.known is not None and org.known.form not in ("demonym", "adjective")
        before = next((w for w in reversed(words[: org.first]) if w != "the"), "")
        if named and before in ("in", "of", "at", "from") and not _is_unit(line, org):
            start, end = stretch(line, [(org.first, org.last)])
            yield Fact(
                topic.subject, "party", party_name(scene, org), "actual", start, end, line.number, 0.6,
                value_id=party_id(scene, org), cue="delegation",
            )  # fmt: skip


def _is_unit(line: Line, org: Item) -> bool:
    """Whether an organisation is only a part of the one named behind it: "the Policy Bureau of the Ministry"."""
    behind = [w for w in line.words[org.last : org.last + 3] if w != "the"]
    return behind[:1] in (["of"], ["in"]) and any(0 < o.first - org.last <= 2 for o in line.of("org"))


def _lists(line: Line, orgs: Sequence[Item]) -> Iterator[list[Item]]:
    done: set[int] = set()
    for org in orgs:
        if org.first in done:
            continue
        group = joined_items(line, org, orgs)
        done.update(o.first for o in group)
        yield group
