"""Meetings: whose they are by their names; where they were held is told by `places`, who took part by `attendance`."""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.meetings.attendance import later_facts, participant, participant_facts
from tracker.extractors.rules.claims.meetings.places import place_facts
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read
from tracker.extractors.rules.claims.telling.topics import Topics


def meeting_facts(scene: Scene, line: Line, reads: Sequence[Read], topics: Topics) -> Iterator[Fact]:
    """Yield place and parties of the meetings in a sentence."""
    if "meeting" not in scene.kinds:
        return
    meetings = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "meeting"]
    if not meetings:
        yield from later_facts(scene, line, topics)
        return
    yield from place_facts(scene, line, meetings, reads)
    for item in meetings:
        yield from _in_name(scene, line, item)
    yield from participant_facts(scene, line, meetings, reads)


def _is_venue(line: Line, org: Item) -> bool:
    """Whether an organisation is only where people met: "met at NASA's Goddard Space Flight Center"."""
    return "at" in line.words[max(0, org.first - 3) : org.first]


def _in_name(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """The India-Japan Space Dialogue: its name says who meets."""
    orgs = [o for o in line.of("org") if item.first <= o.first and o.last <= item.last and not _is_venue(line, o)]
    if len({o.id for o in orgs}) >= 2:
        for org in orgs:
            yield participant(scene, line, item.subject, org, "actual", 0.8, (item.first, item.last))
        return
    subject = scene.subjects[item.subject]
    if item.mention and item.mention.form != "anaphor":
        for id_ in subject.parties:
            entry = scene.catalog.countries.get(id_) or scene.catalog.organisations.get(id_)
            if entry:
                start, end = stretch(line, [(item.first, min(item.last, item.first + 12))])
                yield Fact(
                    item.subject, "party", entry.name, "actual", start, end, line.number, 0.76, value_id=id_, cue="name"
                )
