"""Meetings that a text names or describes: members of a series, single conferences and summits, visits.

A series and its members are different subjects: "third India-Japan Space Dialogue" is the third of the series. Ordinals in
words or figures, "inaugural" and numbers behind an acronym (APRSAF-24) all give the number.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.meetings.apposition import as_one, for_what
from tracker.extractors.rules.subjects.meetings.convened import (
    HOLDS,
    KINDS,
    described_meeting,
    holders,
    round_of_talks,
    who_met,
)
from tracker.extractors.rules.subjects.meetings.encounters import find_encounters
from tracker.extractors.rules.subjects.meetings.following import ONE_MORE, is_next, one_more
from tracker.extractors.rules.subjects.meetings.members import NOUNS, UNITS, by_acronym, members
from tracker.extractors.rules.subjects.meetings.sessions import (
    ASSEMBLIES,
    BODIES,
    acronym,
    body_in_session,
    body_that_met,
    session_of,
)
from tracker.extractors.rules.subjects.meetings.visits import VISITS, visit_of
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.page.phrases import Phrase, ordinal, phrase, title_cased
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, is_date, word_set

_NOT_MEETINGS = word_set(
    "press news training sporting photo plenary-hall question parliamentary parliament budget trading practice "
    "live open special-offer funding financing investment investor investors seed board shareholder shareholders' city town parish cabinet"
)
_ALSO_ADJECTIVES = frozenset(("ministerial", "plenary"))
_TREATIES = (["on"], ["against"], ["relating"], ["concerning"])
_CALLS = (["call", "for"], ["call", "on"], ["call", "to"], ["call", "it"])


def find_meetings(page: Page) -> tuple[Candidate, ...]:
    """Return every place that names or describes a meeting, in order of the text; places never overlap."""
    found: list[Candidate] = []
    for sentence, words, triggers in zip(page.sentences, page.words, page.triggers, strict=True):
        busy: list[tuple[int, int]] = []
        named = tuple(members(page, words, sentence.start, sentence.end))
        nouns = tuple(_in_words(page, words)) if triggers & _NOUN else ()
        nouns += tuple(one_more(page, words, [*found, *named])) if triggers & ONE_MORE else ()
        met = find_encounters(page, words, triggers)
        told = tuple(for_what(page, one, (*named, *nouns)) for one in met)
        for one in (*named, *told, *nouns):  # "paid a visit to" goes before its noun
            if not any(one.start < end and start < one.end for start, end in busy):
                busy.append((one.start, one.end))
                found.append(one)
    found.extend(by_acronym(page, found))
    return tuple(as_one(page, sorted(found, key=lambda c: c.start)))


# --- meetings that the catalog does not know


_NOUN = trigger(NOUNS | BODIES | VISITS)


def _in_words(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    for index, word in enumerate(words):
        if (word.lower in NOUNS or word.lower in BODIES or word.lower in VISITS) and not _means_other(words, index):
            here = phrase(words, index)
            one = None if _is_known(page, here) or _is_hall(words, index) else _by_noun(page, words, here)
            if one:
                yield one


def _means_other(words: Sequence[Word], index: int) -> bool:
    """Whether the noun is none here: "critics call for a halt", "the ministerial conference", "the Convention on Liability"."""
    if words[index].lower == "convention" and [w.lower for w in words[index + 1 : index + 2]] in _TREATIES:
        return True
    if [w.lower for w in words[index : index + 2]] in _CALLS and words[max(0, index - 1)].lower not in KINDS:
        return True
    after = words[index + 1].lower if index + 1 < len(words) else ""
    return words[index].lower in _ALSO_ADJECTIVES and (after in NOUNS or after in BODIES)


def _is_known(page: Page, here: Phrase) -> bool:
    """Whether the catalog has what the noun is part of, or its modifiers say that it is no meeting."""
    over = page.known_over(here.head.start, here.head.end)
    longer = over is not None and over.family == "series" and here.start < over.start and here.modifiers[0].capital
    body = over is not None and over.family == "organisation" and here.head.lower in ASSEMBLIES
    if over and not (longer or body) and over.family in ("series", "organisation", "mission", "agreement", "place"):
        return True
    return any(w.lower in _NOT_MEETINGS or _family(page, w) == "series" for w in here.modifiers)


def _by_noun(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """The meeting that a noun names or describes, as its sort of noun does."""
    lower, after = here.head.lower, here.index + 1
    if lower in VISITS:
        return visit_of(page, words, here)
    if lower in UNITS and after < len(words) and words[after].lower == "of" and not _is_next_of_it(page, words, here):
        one = round_of_talks(page, words, here) or session_of(page, words, here)
        if one is None and who_met(page, words, after) > here.head.end:
            one = described_meeting(page, words, here)  # "a meeting of the heads of the A agencies"
        return one
    if lower in ASSEMBLIES:
        one = body_in_session(page, words, here) or body_that_met(page, words, here)
        return one or _of_ministers(page, words, here)
    return _titled(page, words, here) or described_meeting(page, words, here)


def _is_next_of_it(page: Page, words: Sequence[Word], here: Phrase) -> bool:
    """Whether this is the next of what has been named: "the next session of the committee", not "of the Orbit Committee"."""
    return is_next(here) and who_met(page, words, here.index + 1) == here.head.end


def _of_ministers(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """The council of ministers of an agency, which is nothing but its meetings: "ESA's ministerial council ended in Bremen"."""
    named = here.head.lower == "council" and any(w.lower == "ministerial" for w in here.modifiers)
    return described_meeting(page, words, here) if named else None


def _family(page: Page, word: Word) -> str:
    over = page.known_over(word.start, word.end)
    return over.family if over else ""


_HALLS = word_set("centre center hall building hotel room")


def _is_hall(words: Sequence[Word], index: int) -> bool:
    """Whether the noun only tells what a house is for: "the International Convention Centre"."""
    return index + 1 < len(words) and words[index + 1].lower in _HALLS


def _titled(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """A meeting with a title in capitals: "Global Space Exploration Conference (GLEX)", "third A-B Space Dialogue"."""
    if not here.head.capital or here.head.lower not in BODIES | {"meeting", "talks"} or title_cased(words):
        return None
    names = [w for w in here.modifiers if w.capital and ordinal(w) is None]
    if (
        not names
        or (here.head.lower == "assembly" and [w.lower for w in names] == ["general"])
        or (here.index < 2 and len(names) < 2)
    ):
        return None
    number = here.ordinal
    last = here.index
    if (
        last + 1 < len(words)
        and words[last + 1].lower in ("on", "of", "for")
        and last + 2 < len(words)
        and words[last + 2].capital
    ):
        last += 2
        while (
            last + 1 < len(words)
            and (
                words[last + 1].capital
                or (words[last + 1].lower in ("and", "of", "on") and last + 2 < len(words) and words[last + 2].capital)
            )
            and not is_date(words[last + 1])
        ):
            last += 1
    series_end = words[last].end
    other, number = acronym(words, last + 1, number)
    start = next(w.start for w in here.modifiers if w.capital or ordinal(w) is not None)
    begun = _title_begins(words, here)
    start, first = (
        (words[begun].start, words[begun + (ordinal(words[begun]) is not None)].start)
        if begun is not None
        else (start, names[0].start)
    )
    series = squeezed(page, first, series_end)
    key = f"{fold(series)} {number or ''}".strip()
    parties = party_ids(page, start, series_end)
    before = words[here.first - 1].lower if here.first else ""
    both = holders(page, words, here) if not parties and number is not None and before in HOLDS else ()
    if both and last == here.index:
        return _of_holders(page, here, both, squeezed(page, start, series_end))
    return Candidate(
        kind="meeting", start=start, end=series_end, form="proper", name=squeezed(page, start, series_end),
        names=tuple(n for n in (series, other) if n and n != squeezed(page, start, series_end)), number=number,
        keys=(key, fold(other)) if other else (key,), series=fold(series), nouns=(here.head.lower,),
        parties=parties,
    )  # fmt: skip


def _title_begins(words: Sequence[Word], here: Phrase) -> int | None:
    """Return where a title begins that goes on over an `and`: "the Second Belt and Road Forum"; None where it does not."""
    at = here.first - 1
    if here.determiner or at < 2 or words[at].lower != "and" or not words[here.first].capital:
        return None
    first = at
    while first > 0 and words[first - 1].capital and at - first < _LONG_TITLE:
        if words[first - 1].lower in ("the", "a", "an") or ordinal(words[first - 1]) is not None:
            break
        first -= 1
    closed = first > 0 and (words[first - 1].lower in ("the", "a", "an") or ordinal(words[first - 1]) is not None)
    if first == at or not closed:
        return None
    return first - 1 if ordinal(words[first - 1]) is not None else first


_LONG_TITLE = 5  # words


def _of_holders(page: Page, here: Phrase, both: tuple[str, ...], name: str) -> Candidate:
    """The member of a series that its parties name: "A and B held their third Space Dialogue" was the A-B Space Dialogue."""
    title = squeezed(page, next(w.start for w in here.modifiers if w.capital and ordinal(w) is None), here.head.end)
    states = [page.catalog.get(page.catalog.country_of(id_) or id_) for id_ in both]
    called = sorted(entry.name for entry in states if entry is not None)
    orders = ("-".join(called), "-".join(reversed(called)))
    listed = (e.id for order in orders for e in page.catalog.named(f"{order} {title}") if e.id.startswith("series/"))
    series = next(listed, fold(f"{orders[0]} {title}"))
    known = page.catalog.series.get(series)
    member = known.member(here.ordinal) if known is not None and here.ordinal is not None else None
    start = next(w.start for w in here.modifiers if w.capital or ordinal(w) is not None)
    return Candidate(
        kind="meeting", start=start, end=here.head.end, form="proper", name=name, names=(f"{orders[0]} {title}",), number=here.ordinal,
        keys=(member or f"{series} {here.ordinal}",), series=series, nouns=(here.head.lower,), parties=both, catalog_id=member,
    )  # fmt: skip
