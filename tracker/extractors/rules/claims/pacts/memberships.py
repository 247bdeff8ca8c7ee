"""Memberships: whom an accord or a meeting is made of, told apart from the act: "The five are A, B and C", "now has 43 signatories"."""

from collections.abc import Iterator, Sequence

from tracker.extractors.rules.claims.pacts.signatories import party_fact
from tracker.extractors.rules.claims.pacts.tenure import HISTORY
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.naming import party_id, party_name
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import joined_items
from tracker.extractors.rules.claims.telling.topics import Topics, current
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import word_set

_MEMBERS = word_set("members signatories parties participants")
_STATES = word_set("states countries nations partners agencies")
_BELONGING = word_set("member signatory participating founding partner contracting attending participant")
_COUNTED = word_set("three four five six seven eight nine ten eleven twelve")
_ARE = word_set("are were include included being : including")
_RIGHT_THERE = 0.6
_MEMBER = trigger(_MEMBERS | _STATES | _COUNTED)


def listed_members(line: Line) -> tuple[int, list[Item]]:
    """Return where a sentence tells who its members are, and the three or more that it lists; none where it does not."""
    if not line.triggers & _MEMBER:
        return 0, []
    words = line.words
    at = next((n + 1 for n, w in enumerate(words[:-2]) if words[n + 1] in _ARE and _counts(words, n, w)), None)
    if at is None:
        return 0, []
    orgs = [o for o in line.of("org") if o.first > at]
    listed = joined_items(line, orgs[0], orgs) if orgs and line.between(at, orgs[0].first) < _RIGHT_THERE else []
    return at, listed if len(listed) > 2 else []


def _counts(words: Sequence[str], at: int, word: str) -> bool:
    before = words[at - 1] if at > 0 else ""
    belong = word in _MEMBERS or (word in _STATES and before in _BELONGING)
    return belong or (word in _COUNTED and before == "the")


def member_facts(scene: Scene, line: Line, topics: Topics, pacts: Sequence[Item]) -> Iterator[Fact]:
    """Yield whom an accord is made of, where a list tells: "The founding members are A, B and C"."""
    at, listed = listed_members(line)
    if not listed:
        return
    topic = current(line, topics, "agreement")
    subject = pacts[0].subject if pacts else topic.subject if topic is not None else None
    if subject is not None:
        for org in listed:
            yield party_fact(scene, line, subject, org, 0.7, (at, at + 1))


_STATEMENTS = word_set("statement declaration communique")


def statement_facts(scene: Scene, line: Line, topics: Topics, pacts: Sequence[Item]) -> Iterator[Fact]:
    """Yield who stands behind a joint statement and since when: those who met in the sentence before, and then."""
    topic = topics.get("meeting")
    if topic is None or not pacts:
        return
    stated = [i for i in pacts if _STATEMENTS & set(line.words[i.first : i.last])]
    near = line.number - topic.line == 1 and topic.paragraph == line.paragraph
    if not near or len(stated) != 1 or scene.subjects[stated[0].subject].parties or any(line.of("org")):
        return
    item = stated[0]
    before = next(one for one in scene.lines if one.number == topic.line)
    parties = scene.subjects[topic.subject].parties
    start, end = stretch(line, [(item.first, item.last)])
    for id_ in parties if len(parties) > 1 else ():
        entry = scene.catalog.get(id_)
        if entry is not None:
            yield Fact(
                item.subject, "party", entry.name, "actual", start, end, line.number, 0.62, value_id=id_, cue="met"
            )
    dates = [d for d in before.of("date") if d.date is not None and d.date.span.last <= scene.document.published.last]
    if len(parties) > 1 and len(dates) == 1 and dates[0].date is not None and not any(line.of("date")):
        date = dates[0]
        value = dates[0].date.span.edtf
        yield Fact(item.subject, "signed_date", value, "actual", date.start, date.end, before.number, 0.6, cue=HISTORY)


def attendance_facts(scene: Scene, line: Line, topics: Topics) -> Iterator[Fact]:
    """Yield who took part in the meeting of the sentence before, where a list or "among those who spoke" tells."""
    topic = topics.get("meeting")
    if topic is None or line.number - topic.line > _NEAR or any(_is_meeting(scene, i) for i in line.of("subject")):
        return
    at, listed = listed_members(line)
    words = line.words
    spoke = next((n for n in range(len(words) - 3) if words[n] == "among" and _SPEAKERS & set(words[n : n + 5])), None)
    if spoke is not None:
        at, listed = spoke, [o for o in line.of("org") if o.last <= spoke]
    for org in listed:
        start, end = stretch(line, [(org.first, org.last)], [(at, at + 1)])
        yield Fact(
            topic.subject, "party", party_name(scene, org), "actual", start, end, line.number, 0.66,
            value_id=party_id(scene, org), cue="participant",
        )  # fmt: skip


_ATTENDING = word_set(
    "present observers participants attendees attended attending delegations delegates representatives speakers panellists panelists guests exhibitors invitees"
)
_NAMELY = word_set("included include including were are namely : comprised comprising")
_BREAKS = word_set("who which while but said says will has have had was is discussed agreed signed")
_OPENED = 12  # words from those present to the list of them
_APART = 9  # words between two of them


def roll_call(line: Line) -> list[Item]:
    """Return those whom a sentence lists as having been there: "also present were A, B and, as observers, C"; none where there is no list."""
    words = line.words
    at = next((n for n, w in enumerate(words) if w in _ATTENDING), None)
    if at is None:
        return []
    opened = next((n for n in range(at + 1, min(at + _OPENED, len(words))) if words[n] in _NAMELY), None)
    colon = next((n for n in range(at + 1, min(at + 3 * _OPENED, len(words))) if words[n] == ":"), None)
    begun = colon if colon is not None else opened
    if begun is None:
        return []
    listed: list[Item] = []
    for org in line.of("org"):
        last = listed[-1].last if listed else begun + 1
        gap = words[last : org.first]
        if org.first <= begun or (colon is None and (len(gap) > _APART or not _BREAKS.isdisjoint(gap))):
            if listed:
                break
            continue
        listed.append(org)
    return listed if len(listed) > 1 else []


_NEAR = 1  # sentences
_SPEAKERS = word_set("spoke speakers participants attended attendees delegates guests")


def _is_meeting(scene: Scene, item: Item) -> bool:
    return scene.subjects[item.subject].kind == "meeting"
