"""The scene of a document: its sentences with everything that was found in them, ready to be put together.

Each finder works on the whole text; here what they found is laid out on the tokens of each sentence, so that the later
stages can ask what stands between what.
"""

import bisect
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from tracker.domain.dates import DateSpan
from tracker.domain.document import Document
from tracker.extractors.catalog import Catalog
from tracker.extractors.lexicon import Lexicon
from tracker.extractors.rules.claims.scene.clauses import asides, costs, dashed
from tracker.extractors.rules.claims.scene.line import Item, ItemKind, Line
from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.names.organisations import find_organisations
from tracker.extractors.rules.names.shortened import find_shortened
from tracker.extractors.rules.names.signers import find_signers
from tracker.extractors.rules.subjects.page.subject import Subject, SubjectMention
from tracker.extractors.rules.words import word_set
from tracker.language.dates import DateMention, find_dates
from tracker.language.text import sentences, tokens_apart

__all__ = ["Item", "Line", "Scene", "set_scene"]

_FAMILIES: Mapping[str, ItemKind] = {
    "organisation": "org",
    "country": "org",
    "place": "place",
    "vehicle": "vehicle",
    "destination": "destination",
}


_BEFORE_PLACE = re.compile(r"\b(?:in|at|from|to|near|outside|of|for|via|over)\s+$")
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&-]{1,9})\)")


class Scene(msgspec.Struct, frozen=True):
    """All that the later stages look at."""

    document: Document
    subjects: tuple[Subject, ...]
    lines: tuple[Line, ...]
    catalog: Catalog
    lexicon: Lexicon
    short: Mapping[str, str] = {}
    """By id, the acronym that the document itself gives: "Department of Space (DoS)"."""
    kinds: frozenset[str] = frozenset()
    """What kinds of subject there are, and "other": cues for the rest are not looked for."""
    home: str = ""
    """The catalog id of the place that the dateline names: where "here" is."""


def set_scene(
    document: Document, subjects: Sequence[Subject], known: Sequence[Mention], catalog: Catalog, lexicon: Lexicon
) -> Scene:
    """Return the scene of a document whose subjects and known names are found."""
    text = document.text
    taken = [(m.start, m.end) for m in known]
    found: list[tuple[int, int, Callable[[int, int], Item]]] = []
    named = [(m.start, m.end) for subject in subjects for m in subject.mentions if m.form == "proper"]
    others = tuple(m for m in find_organisations(text, known) if not any(a < m.end and m.start < b for a, b in named))
    known = _outside(known, others)
    if any(s.kind in ("agreement", "mission") for s in subjects):
        proper = [(s.start, s.end) for s in others]
        crafts = [m.start for s in subjects if s.kind == "mission" for m in s.mentions if m.form == "proper"]
        others += find_signers(text, [*taken, *named, *proper], crafts)
    others += find_shortened(text, [*known, *others], [*taken, *named, *((m.start, m.end) for m in others)])
    for mention in (*known, *others):
        kind = _FAMILIES.get(mention.family)
        if kind:
            found.append((mention.start, mention.end, _known_item(kind, mention, catalog.country_of(mention.id) or "")))
            if mention.form == "capital" and not _BEFORE_PLACE.search(text, max(0, mention.start - 12), mention.start):
                found.append(
                    (mention.start, mention.end, _known_item("org", mention, catalog.metonym(mention.id) or ""))
                )
    numbered = {m.end for m in known if m.family in ("vehicle", "mission") and text[m.end - 1].isdigit()}
    found.extend(
        (date.start, date.end, _date_item(date))
        for date in find_dates(text, document.published)
        if date.end not in numbered  # Long March 5 is no day, Mars 2020 no year
    )
    for number, subject in enumerate(subjects):
        found.extend((m.start, m.end, _subject_item(number, m)) for m in subject.mentions)
    found.sort(key=lambda entry: (entry[0], -entry[1]))
    begins = [entry[0] for entry in found]
    lines: list[Line] = []
    home = ""
    short = _acronyms(text, [i for i in (*known, *others) if i.family == "organisation"])
    for number, sentence in enumerate(sentences(text)):
        if sentence.furniture:
            continue
        low, high = bisect.bisect_left(begins, sentence.start), bisect.bisect_left(begins, sentence.end)
        if sentence.role == "dateline":
            home = home or next(
                (m.id for m in known if m.family == "place" and sentence.start <= m.start < sentence.end), ""
            )
            continue
        starts, ends, lowered = tokens_apart(text, sentence.start, sentence.end)
        if not starts:
            continue
        items = tuple(
            build(max(bisect.bisect_right(starts, start) - 1, 0), bisect.bisect_left(starts, min(end, sentence.end)))
            for start, end, build in found[low:high]
        )
        items = _unified(_apposed(items, lowered), lowered)
        if not lines:
            items = tuple(i for i in items if not _is_dateline(lowered, i, document.published))
        lines.append(
            Line(
                number,
                sentence.start,
                sentence.end,
                sentence.block,
                sentence.paragraph,
                lowered,
                starts,
                ends,
                items,
                costs(lowered, items, lexicon),
                sentence.role == "heading",
                (*(asides(lowered) if "," in lowered else ()), *dashed(lowered, starts, ends)),
            )
        )
    return Scene(
        document,
        tuple(subjects),
        tuple(_with_agencies(lines, catalog)),
        catalog,
        lexicon,
        short,
        frozenset({"other", *(s.kind for s in subjects)}),
        home,
    )


def _is_dateline(words: Sequence[str], item: Item, published: DateSpan) -> bool:
    """Whether a date that opens the text is the day of the news itself: "Nairobi, 10 May:"; not in "Acme today signed a contract"."""
    if item.date is None or item.first >= _OPENING or not item.date.span.same_days(published):
        return False
    told = item.date.relative and words[item.last : item.last + 1] not in _MARKS
    return words[item.first - 1] != "on" and not told


_OPENING = 4  # words
_MARKS = ((",",), (":",), ("-",), ("–",), ("—",), ("--",), ("(",), (")",), (".",), ("|",), ("/",), ())


def _outside(known: Sequence[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The known names that are no part of a longer one: Osaka speaks not for itself in "Osaka University"."""
    begins = [other.start for other in others]
    longer = (others[max(0, bisect.bisect_right(begins, m.start) - 1)] if others else None for m in known)
    return [m for m, o in zip(known, longer, strict=True) if not (o and o.start <= m.start and m.end <= o.end)]


def _apposed(items: tuple[Item, ...], words: Sequence[str]) -> tuple[Item, ...]:
    """Let "the rover" in "Curiosity, the rover that landed" be what stands in front of the comma."""
    fixed: list[Item] = []
    for item in items:
        meant = item.subject
        if item.mention is not None and item.mention.form == "anaphor" and words[item.first - 1 : item.first] == (",",):
            named = [i for i in fixed if i.mention and i.mention.form == "proper" and i.last == item.first - 1]
            meant = named[-1].subject if named and words[item.first] in ("the", "a", "an") else meant
        fixed.append(item if meant == item.subject else msgspec.structs.replace(item, subject=meant))
    return tuple(fixed)


_TITLES = word_set(
    """space aerospace agency national state company firm giant operator manufacturer maker start-up startup launch satellite
    research institute counterpart partner contractor developer builder provider group private commercial robotics technology defence defense ( 's"""
)


def _unified(items: tuple[Item, ...], words: Sequence[str]) -> tuple[Item, ...]:
    """Let "the German aerospace agency DLR" and "India's ISRO" be one party: the name, with what is said of it in front."""
    orgs = [i for i in items if i.kind == "org"]
    gone: set[int] = set()
    longer: dict[int, Item] = {}
    for one, other in itertools.pairwise(orgs):
        if one.known is None or other.known is None or not one.country or other.country not in (one.country, ""):
            continue
        told = (
            one.id == other.id
            or one.known.form in ("demonym", "adjective", "described")
            or (one.known.family == "country" and words[one.last : one.last + 1] == ("'s",))
            or (one.known.family == "country" and bool(_FIRMS & set(words[one.last : other.first])))
        )
        named = other.known.form in ("name", "acronym", "alias") and other.known.family == "organisation"
        gap = words[one.last : other.first]
        if told and named and len(gap) <= 4 and "(" not in gap and all(w in _TITLES for w in gap):
            begun = longer.get(id(one), one)
            gone.add(id(one))
            longer[id(other)] = msgspec.structs.replace(other, first=begun.first, start=begun.start)
    if not gone:
        return items
    return tuple(longer.get(id(i), i) for i in items if id(i) not in gone)


_FIRMS = word_set("firm company start-up startup manufacturer operator maker contractor")
"""What makes "U.S." in front of it an adjective: "the U.S. firm X"."""

_STANDS_FOR = {
    "agency": ("agency",),
    "company": ("company",),
    "firm": ("company",),
    "organisation": ("agency", "international", "institute"),
    "country": ("country",),
    "nation": ("country",),
}


def _with_agencies(lines: Sequence[Line], catalog: Catalog) -> Iterator[Line]:
    """Let "the agency" and "the company" be the last one of the kind that the text has named."""
    last: dict[str, Item] = {}
    for line in lines:
        orgs = line.of("org")
        places = {org.first for org in orgs}
        if not line.vocabulary.isdisjoint(_STANDS_FOR):
            places.update(at for at, word in enumerate(line.words) if word in _STANDS_FOR)
        extra: list[Item] = []
        for at in sorted(places):
            word = line.words[at]
            for org in orgs:
                if org.first == at and org.known is not None:
                    entry = catalog.organisations.get(org.id)
                    sort = "country" if org.id in catalog.countries else entry.kind if entry else "company"
                    if sort not in last or not _stands_aside(line, org):
                        last[sort] = org
            kinds = _STANDS_FOR.get(word, ())
            if (
                not kinds
                or at == 0
                or line.words[at - 1] not in ("the", "space")
                or any(o.first <= at < o.last for o in orgs)
            ):
                continue
            meant = next((last[kind] for kind in kinds if kind in last), None)
            if meant is not None and (line.words[at - 1] == "the" or line.words[at - 2 : at - 1] == ("the",)):
                extra.append(Item("org", at, at + 1, line.starts[at], line.ends[at], known=meant.known))
        yield (
            msgspec.structs.replace(line, items=tuple(sorted((*line.items, *extra), key=lambda i: i.start)))
            if extra
            else line
        )


def _stands_aside(line: Line, org: Item) -> bool:
    """Whether an organisation is only named as the maker of a rocket: "a SpaceX Falcon 9"."""
    return any(i.first in (org.last, org.last + 1) for i in line.of("vehicle"))


def _acronyms(text: str, mentions: Sequence[Mention]) -> dict[str, str]:
    found: dict[str, str] = {}
    for mention in mentions:
        match = _ACRONYM.match(text, mention.end)
        if match and sum(c.isupper() for c in match[1]) >= 2:
            found.setdefault(mention.id, match[1])
    return found


def _known_item(kind: ItemKind, mention: Mention, country: str) -> Callable[[int, int], Item]:
    return lambda first, last: Item(kind, first, last, mention.start, mention.end, known=mention, country=country)


def _date_item(date: DateMention) -> Callable[[int, int], Item]:
    return lambda first, last: Item("date", first, last, date.start, date.end, date=date)


def _subject_item(number: int, mention: SubjectMention) -> Callable[[int, int], Item]:
    return lambda first, last: Item("subject", first, last, mention.start, mention.end, number, mention)
