"""Where a meeting was held: a city behind "in", a venue behind "at the", over a wire, "here", or right beside the name."""

import re
from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.extractors.rules.claims.meetings.attendance import nearest
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read
from tracker.extractors.rules.words import word_set

_VIRTUAL = frozenset(("virtually", "online", "virtual", "videoconference", "teleconference"))
_BY_WIRE = frozenset(("video", "telephone", "phone", "webinar", "videoconference", "teleconference"))
_PLATFORMS = word_set("zoom webex skype")


def place_facts(scene: Scene, line: Line, meetings: Sequence[Item], reads: Sequence[Read]) -> Iterator[Fact]:
    """Yield the places of the meetings that a sentence names."""
    placed = False
    for place in line.of("place"):
        before = _before_place(line.words, place.first)
        if before not in _THERE and not (before in _VISITING and _tells(meetings, place)):
            continue
        cost, item = _whose(scene, line, meetings, place)
        if cost < _FAR:
            yield _place(
                line,
                item,
                place.first,
                place.last,
                scene.document.text[place.start : place.end],
                0.82 - 0.1 * cost,
                place.id,
            )
            placed = True
    if not placed and "capital" in line.words:
        yield from _capitals(scene, line, meetings)
    if not placed:
        yield from _unknown_places(scene, line, meetings, reads)
        yield from _venues(scene, line, meetings)
    yield from _virtual_or_here(scene, line, meetings, reads)
    for item in meetings:
        yield from _listed(scene, line, item)
        yield from _of_its_city(scene, line, item)


def _before_place(words: Sequence[str], at: int) -> str:
    """The word in front of a place, past what tells which: "in the southern city of Busan", "in Japan's Fukuoka"."""
    if at > 1 and words[at - 1] == "'s":
        at -= 2
    elif at > 2 and words[at - 1] == "of" and words[at - 2] in _TOWNS:
        at -= 2
        while at > 1 and words[at - 1] not in _THERE and words[at - 1] != "the":
            at -= 1
    before = words[at - 1] if at else ""
    if before == "for" and at > 1 and words[at - 2] in _SET:
        return "in"  # "is set for Lima"
    return words[at - 2] if before == "the" and at > 1 else before


_SET = word_set("set scheduled planned slated due booked called foreseen")
_TOWNS = word_set("city town port capital resort village island suburb district municipality")
_THERE = frozenset(("in", "at", "to", "near"))
_VISITING = word_set("visit visits visited visiting tour tours toured touring")


def _capitals(scene: Scene, line: Line, meetings: Sequence[Item]) -> Iterator[Fact]:
    """The city that "the Russian capital", "Peru's capital" means."""
    for land in line.of("org"):
        at = land.last + (line.words[land.last : land.last + 1] == ("'s",))
        if line.words[at : at + 1] != ("capital",) or _before_place(line.words, land.first) not in _THERE:
            continue
        cities = (p for p in scene.catalog.places.values() if p.stands_for == land.country and p.kind == "city")
        city = next(cities, None)
        cost, item = nearest(line, meetings, land)
        if city is not None and land.country and cost < _FAR:
            yield _place(line, item, land.first, at + 1, city.name, 0.76 - 0.1 * cost, city.id)
            return


_FAR = 1.7


def _whose(scene: Scene, line: Line, meetings: Sequence[Item], place: Item) -> tuple[float, Item]:
    """Return the meeting that a place belongs to, with the cost: that whose words it stands in, that which it is gone to for, the nearest."""
    inside = next((m for m in meetings if m.first < place.first < m.last), None)
    if inside is not None:
        known = scene.catalog.places.get(place.id)
        return (0.0 if known is not None and known.kind == "city" else _HOUSE), inside
    errand = line.words[place.last : place.last + 1] == ("for",)  # "to Geneva for talks"
    sought = next((m for m in meetings if errand and 0 < m.first - place.last <= _ERRAND), None)
    return (0.1, sought) if sought is not None else nearest(line, meetings, place)


_ERRAND = 3  # words
_HOUSE = 0.6  # a house gives way to the city that stands behind it


def _tells(meetings: Sequence[Item], place: Item) -> bool:
    """Whether the words of a visit run over the place: "visited the Guiana Space Centre"."""
    return any(m.first < place.first < m.last for m in meetings)


def _virtual_or_here(scene: Scene, line: Line, meetings: Sequence[Item], reads: Sequence[Read]) -> Iterator[Fact]:
    """What was held by wire, and what "here" and "this city" mean in an article with a dateline."""
    for item in meetings:
        if _BY_WIRE & set(line.words[item.first : item.last]):
            yield _place(line, item, item.first, item.last, "virtual", 0.72, None)
    for number, word in enumerate(line.words):
        if word in _VIRTUAL or _by_wire(line.words, number):
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


def _by_wire(words: Sequence[str], at: int) -> bool:
    """Whether people meet over a wire: "via video link", "over Zoom", "by telephone"."""
    before = words[at - 1] if at else ""
    if words[at] in _PLATFORMS:
        return before in ("via", "over", "on", "by")
    if words[at] not in ("video", "phone", "telephone", "teleconference"):
        return False
    return before in ("via", "by", "over") or (before in ("a", "the") and words[at + 1 : at + 2] in _LINKED)


_LINKED = frozenset((word,) for word in word_set("link links conference conferencing call"))


def _listed(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """Where and when, told right behind a name as in lists and captions: "the third Orbit Forum (Oslo, 3-5 May 2024)"."""
    if item.mention is None or item.mention.form != "proper" or line.words[item.last : item.last + 1] not in _OPENS:
        return
    at, opened = item.last + 1, line.words[item.last]
    place = next((i for i in line.of("place") if i.first == at), None)
    at = place.last + 1 if place is not None and line.words[place.last : place.last + 1] == (",",) else at
    land = next((i for i in line.of("org") if i.first == at and i.known and i.known.family == "country"), None)
    at = land.last + 1 if land is not None and line.words[land.last : land.last + 1] == (",",) else at
    date = next((i for i in line.of("date") if i.first == at and i.date is not None), None)
    if place is not None and (opened == "(" or date is not None):
        value = scene.document.text[place.start : place.end]
        yield _place(line, item, place.first, place.last, value, 0.74, place.id)
    if date is not None and date.date is not None and (opened == "(" or place is not None):
        span = date.date.span
        if span.earliest is None or span.latest is None or span.days > _LONGEST:
            return
        modality: Modality = "planned" if span.first > scene.document.published.last else "actual"
        start, end = stretch(line, [(date.first, date.last)], [(item.first, item.last)])
        yield Fact(item.subject, "held_date", span.edtf, modality, start, end, line.number, 0.74, cue="listed")


_OPENS = (("(",), (",",))
_LONGEST = 366  # days
_SITTINGS = word_set("meeting summit talks workshop conference session council round gathering ministerial")
_SHOWS = word_set("expo airshow air-show show exhibition")


def _of_its_city(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """The city that a meeting is named by: "the Lima meeting", "the Paris Air Show"; a forum with a title may travel."""
    first = next((i for i in line.of("place") if i.first == item.first), None)
    if first is not None and line.words[first.last : item.last][-1:] and line.words[item.last - 1] in _SITTINGS:
        value = scene.document.text[first.start : first.end]  # "the Lima meeting"
        yield _place(line, item, first.first, first.last, value, 0.66, first.id)
        return
    if _SHOWS.isdisjoint(line.words[item.first : item.last]) or item.mention is None or item.mention.form != "proper":
        return
    for at in range(item.first, min(item.first + 3, item.last)):
        named = scene.document.text[line.starts[at] : line.ends[at]]
        entry = next((e for e in scene.catalog.named(named) if e.id.startswith("place/")), None)
        if entry is not None and named[0].isupper():
            yield _place(line, item, at, at + 1, named, 0.64, entry.id)
            return


_CITY = re.compile(
    r"\b(?:in|at) ((?:[A-ZÀ-Þ][\w'’.-]+)(?: (?:[A-ZÀ-Þ][\w'’-]+|de|do|da|el|la|of)){0,3})(?=,| on | from | in |\.|;| this | last | next | between | and )"
)
_HOLDS = word_set(
    "held take takes took place met meet meeting opened closed ended concluded host hosted hosts gathered convened"
)


_REACH = 1.5


_VENUE = re.compile(
    r"\bat (?:the |its |his |her |their )?(?=[A-ZÀ-Þ])((?:(?:[\w'’.&-]+|of|de|du|des|for|and|the) ){0,6}?(?:[Cc]ent(?:er|re)|[Pp]alace|Hotel|[Hh]all|House|[Cc]astle|University|Institute|[Mm]useum|"
    r"[Hh]eadquarters|[Cc]ampus|[Ee]mbassy|[Oo]bservatory|Base|Academy|[Cc]omplex|Pavilion|Resort|[Cc]osmodrome|[Ss]paceport|[Ll]aunch [Ss]ite|Villa|Residence|Chamber|Arena|Auditorium)\b(?: of(?: the)?(?: [A-ZÀ-Þ][\w’'-]+)+)?)"
)


def _venues(scene: Scene, line: Line, meetings: Sequence[Item]) -> Iterator[Fact]:
    """The house where people met, where no city is told: "the workshop was held at the Orbit Science Museum"."""
    for match in _VENUE.finditer(scene.document.text, line.start, line.end):
        start, end = match.span(1)
        first = next((n for n, s in enumerate(line.starts) if s == start), None)
        last = next((n + 1 for n, e in enumerate(line.ends) if e == end), None)
        if first is None or last is None:
            continue
        cost, item = min(
            ((line.between(m.last, first), m) for m in meetings if m.last <= first or m.first < first < m.last),
            key=lambda p: p[0],
            default=(9.0, None),
        )
        if item is not None and cost < _REACH:
            yield _place(line, item, first, last, match[1], 0.62 - 0.1 * cost, None)
            return


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
        if item is not None and cost < _REACH:
            yield _place(line, item, first, last, match[1], 0.66 - 0.1 * cost, None)
            return


def _place(line: Line, item: Item, first: int, last: int, value: str, confidence: float, id_: str | None) -> Fact:
    start, end = stretch(line, [(first, last)], [(item.first, item.last)])
    return Fact(item.subject, "place", value, "actual", start, end, line.number, confidence, value_id=id_, cue="place")
