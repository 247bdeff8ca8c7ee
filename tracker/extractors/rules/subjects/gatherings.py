"""Meetings that a text names or describes: members of a series, single conferences and summits, visits.

A series and its members are different subjects: "third India-Japan Space Dialogue" is the third of the series. Ordinals in
words or figures, "inaugural" and numbers behind an acronym (APRSAF-24) all give the number.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.apposition import as_one, for_what
from tracker.extractors.rules.subjects.encounters import find_encounters
from tracker.extractors.rules.subjects.following import is_next, next_one, one_more
from tracker.extractors.rules.subjects.grouping import main_parties
from tracker.extractors.rules.subjects.leaders import leader_ids, who_ids
from tracker.extractors.rules.subjects.members import NOUNS, UNITS, by_acronym, members
from tracker.extractors.rules.subjects.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.phrases import INDEFINITE, Phrase, closes, ordinal, phrase, title_cased
from tracker.extractors.rules.subjects.sessions import ASSEMBLIES, BODIES, acronym, body_that_met, session_of
from tracker.extractors.rules.subjects.visits import VISITS, visit_of
from tracker.extractors.rules.words import Word, is_date, word_set

_WEAK = word_set(
    "call expo exhibition airshow debate plenary negotiations forum session talks event edition convention gathering assembly meet visit congress"
)
_KINDS = word_set(
    "annual emergency coordination follow-on joint review technical interface bilateral trilateral quadrilateral high-level ministerial "
    "video virtual online preparatory kick-off kickoff expert international official state plenary working national regional "
    "extraordinary special inaugural space industry two-day three-day four-day one-day leaders' follow-up informal closed-door "
    "spring summer autumn winter regular ordinary telephone phone general council committee coordination cooperation signing negotiating final closing opening"
)
_LOOSE = word_set("session talks event edition meet gathering round negotiations exhibition debate")
_ANY = word_set("possible every regular future")
_SINGLE = word_set("workshop summit conference symposium congress seminar webinar")
_TOLD_ASIDE = word_set(
    "organised organized held hosted attended originally planned due which convened sponsored chaired"
)
_FEW = word_set("meeting talks conference videoconference teleconference call")
_REMOTE = word_set("videoconference teleconference webinar")
_NOT_MEETINGS = word_set(
    "press news training sporting photo plenary-hall question parliamentary parliament budget trading practice "
    "live open special-offer board shareholder shareholders' city town parish cabinet"
)
_CALLS = (["call", "for"], ["call", "on"], ["call", "to"], ["call", "it"])
_HELD = re.compile(
    r"\b(?:held|hold\w*|took place|takes? place|taking place|host\w*|attend\w*|sidelines|margins|met|meets?|meeting|organi[sz]\w*|conven\w*|opened|ended|"
    r"clos(?:ed|es)|at (?:the|an?|their|its)|during|in (?:the|their) |postponed|cancelled|canceled|scheduled|followed|participat\w*|speak\w*|chair\w*|occurred|discuss\w*|visit\w*|after|before|agreed|annual|confirm\w*|plans?|will|when)\b",
    re.IGNORECASE,
)


def find_meetings(page: Page) -> tuple[Candidate, ...]:
    """Return every place that names or describes a meeting, in order of the text; places never overlap."""
    found: list[Candidate] = []
    for sentence, words in zip(page.sentences, page.words, strict=True):
        busy: list[tuple[int, int]] = []
        named = tuple(members(page, words, sentence.start, sentence.end))
        nouns = (*_in_words(page, words), *one_more(page, words, [*found, *named]))
        told = tuple(for_what(page, one, (*named, *nouns)) for one in find_encounters(page, words))
        for one in (*named, *told, *nouns):  # "paid a visit to" goes before its noun
            if not any(one.start < end and start < one.end for start, end in busy):
                busy.append((one.start, one.end))
                found.append(one)
    found.extend(by_acronym(page, found))
    return tuple(as_one(page, sorted(found, key=lambda c: c.start)))


# --- meetings that the catalog does not know


def _in_words(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    for index, word in enumerate(words):
        lower = word.lower
        if lower not in NOUNS and lower not in BODIES and lower not in VISITS:
            continue
        if [w.lower for w in words[index : index + 2]] in _CALLS and words[max(0, index - 1)].lower not in _KINDS:
            continue  # "critics call for a halt"
        over = page.known_over(word.start, word.end)
        here = phrase(words, index)
        longer = over is not None and over.family == "series" and here.start < over.start and here.modifiers[0].capital
        body = over is not None and over.family == "organisation" and lower in ASSEMBLIES
        if over and not (longer or body) and over.family in ("series", "organisation", "mission", "agreement", "place"):
            continue
        if any(w.lower in _NOT_MEETINGS for w in here.modifiers) or _is_hall(words, index):
            continue
        if any(_family(page, w) == "series" for w in here.modifiers):
            continue
        if lower in VISITS:
            one = visit_of(page, words, here)
        elif lower in UNITS and index + 1 < len(words) and words[index + 1].lower == "of" and not is_next(here):
            one = session_of(page, words, here)
            if one is None and _who_met(page, words, here.index + 1) > word.end:
                one = _described(page, words, here)  # "a meeting of the heads of the A agencies"
        elif lower in ASSEMBLIES:
            one = body_that_met(page, words, here) or _of_ministers(page, words, here)
        else:
            one = _titled(page, words, here) or _described(page, words, here)
        if one:
            yield one


def _of_ministers(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """The council of ministers of an agency, which is nothing but its meetings: "ESA's ministerial council ended in Bremen"."""
    named = here.head.lower == "council" and any(w.lower == "ministerial" for w in here.modifiers)
    return _described(page, words, here) if named else None


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
    series = squeezed(page, names[0].start, series_end)
    key = f"{fold(series)} {number or ''}".strip()
    parties = party_ids(page, start, series_end)
    before = words[here.first - 1].lower if here.first else ""
    holders = _holders(page, words, here) if not parties and number is not None and before in _HOLDS else ()
    if holders and last == here.index:
        return _of_holders(page, here, holders, squeezed(page, start, series_end))
    return Candidate(
        kind="meeting", start=start, end=series_end, form="proper", name=squeezed(page, start, series_end),
        names=tuple(n for n in (series, other) if n and n != squeezed(page, start, series_end)), number=number,
        keys=(key, fold(other)) if other else (key,), series=fold(series), nouns=(here.head.lower,),
        parties=parties,
    )  # fmt: skip


def _of_holders(page: Page, here: Phrase, holders: tuple[str, ...], name: str) -> Candidate:
    """The member of a series that its parties name: "A and B held their third Space Dialogue" was the A-B Space Dialogue."""
    title = squeezed(page, next(w.start for w in here.modifiers if w.capital and ordinal(w) is None), here.head.end)
    states = [page.catalog.get(page.catalog.country_of(id_) or id_) for id_ in holders]
    called = sorted(entry.name for entry in states if entry is not None)
    orders = ("-".join(called), "-".join(reversed(called)))
    listed = (e.id for order in orders for e in page.catalog.named(f"{order} {title}") if e.id.startswith("series/"))
    series = next(listed, fold(f"{orders[0]} {title}"))
    known = page.catalog.series.get(series)
    member = known.member(here.ordinal) if known is not None and here.ordinal is not None else None
    start = next(w.start for w in here.modifiers if w.capital or ordinal(w) is not None)
    return Candidate(
        kind="meeting", start=start, end=here.head.end, form="proper", name=name, names=(f"{orders[0]} {title}",), number=here.ordinal,
        keys=(member or f"{series} {here.ordinal}",), series=series, nouns=(here.head.lower,), parties=holders, catalog_id=member,
    )  # fmt: skip


def _described(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """A single meeting told by what it is: "an emergency meeting in Beijing", "the summit between A and B"."""
    head = here.head.lower
    before = words[here.first - 1].lower if here.first > 0 else ""
    if not here.determiner and head in _REMOTE and before in ("by", "via", "over", "through"):
        return None  # "was held by videoconference"
    if here.determiner in INDEFINITE and (before == "as" or _tells_its_form(words, here)):
        return None  # "the dialogue was held as a virtual meeting" tells of the dialogue
    if head == "assembly" and [w.lower for w in here.modifiers] == ["general"]:
        return None  # a body
    if is_next(here):
        return next_one(page, words, here)
    telling = [w for w in here.modifiers if w.lower in _KINDS or w.capital or "-" in w.lower]
    end = _who_met(page, words, here.index + 1)
    beyond = end > here.head.end
    between = (beyond and words[here.index + 1].lower == "between") or _between_later(words, here.index) is not None
    if (
        here.determiner == "no"
        or any(w.lower in _ANY for w in here.modifiers)
        or (head in _WEAK and not telling and not between)
    ):
        return None
    held = [w.lower for w in words[here.index + 1 : here.index + 2]] in (["held"], ["hosted"], ["convened"])
    if head in _LOOSE and not between and not (telling and (here.determiner or beyond or held)):
        return None
    single = head in _SINGLE and (here.determiner in INDEFINITE or here.determiner.endswith("'s"))
    aside = [w.lower for w in words[here.index + 1 : here.index + 3]]
    single = single or (head in _SINGLE and here.determiner == "the" and aside[:1] == [","] and aside[1] in _TOLD_ASIDE)
    if not (telling or beyond or here.ordinal or single or head in _REMOTE):
        return None
    if not telling and not between and not _HELD.search(page.twin, words[0].start, words[-1].end):
        return None
    start = next((w.start for w in here.modifiers if w in telling or ordinal(w) is not None), here.head.start)
    name = squeezed(page, start, end)
    return Candidate(
        kind="meeting", start=start, end=end, form="descriptive", name=name, names=(squeezed(page, start, here.head.end),) if beyond else (),
        keys=(fold(name),), nouns=(head,), number=_number(words, here), parties=_those_who(page, words, here, end), weak=not telling and not beyond, definite=here.definite,
    )  # fmt: skip


def _tells_its_form(words: Sequence[Word], here: Phrase) -> bool:
    """Whether the noun only tells how another meeting was held: "in the format of a videoconference"."""
    before = [w.lower for w in words[max(0, here.first - 2) : here.first]]
    return before[-1:] == ["of"] and before[0] in ("format", "form", "shape", "guise")


def _number(words: Sequence[Word], here: Phrase) -> int | None:
    """Return the number in a series; "the first dialogue in years", "since 2019" tells none."""
    behind = [w.lower for w in words[here.index + 1 : here.index + 3]]
    again = behind[:1] == ["since"] or behind in (
        ["in", "years"],
        ["in", "decades"],
        ["in", "months"],
        ["for", "years"],
    )
    return None if again else here.ordinal


def _those_who(page: Page, words: Sequence[Word], here: Phrase, end: int) -> tuple[str, ...]:
    """Return who met by the name of the meeting, or by "between A and B" further on: "talks held in Oslo between A and B"."""
    parties = who_ids(page, words[here.first].start, end)
    before = words[here.first - 1].lower if here.first else ""
    if (
        not parties
        and here.determiner in INDEFINITE
        and before in ("in", "at", "during", "over")
        and here.head.lower in _FEW
    ):
        return leader_ids(page, words[0].start, words[-1].end)
    if here.determiner == "their" and words[here.first - 1].lower in ("held", "hold", "had", "for", "at"):
        both = who_ids(page, words[0].start, end)  # "A and B held their annual summit"
        told = any(w.lower in ("two", "both") for w in words[: here.first])
        return main_parties(page) if told and not both[1:] else both  # "the two leaders agreed at their summit"
    if not parties and before in _HOLDS:
        return _holders(page, words, here)
    if [w.lower for w in words[here.index + 1 : here.index + 4]] in (["of", "the", "two"], ["between", "the", "two"]):
        return main_parties(page)  # "the 19th annual summit of the two countries"
    at = _between_later(words, here.index)
    if len(parties) > 1 or at is None:
        return parties
    last = at + 1
    while last < len(words) and last - at < 14 and not closes(words[last]) and words[last].text not in ",()":
        last += 1
    return who_ids(page, words[here.first].start, words[last - 1].end)


_HOLDS = word_set(
    "hold holds held holding convene convenes convened host hosts hosted begin begins began start starts started conclude concluded "
    "postpone postpones postponed cancel cancels cancelled canceled delay delayed"
)


def _holders(page: Page, words: Sequence[Word], here: Phrase) -> tuple[str, ...]:
    """Return the two or three that hold a meeting together: "A and B to hold space dialogue"; one alone tells nothing."""
    parties = who_ids(page, words[0].start, words[here.first].start) if here.first else ()
    return parties if 2 <= len(parties) <= 3 else ()


def _between_later(words: Sequence[Word], index: int) -> int | None:
    """Return where "between" stands behind a meeting's noun and what tells its place and day, with a name behind it."""
    for at in range(index + 1, min(index + 9, len(words) - 1)):
        if words[at].text in ",;:":
            return None
        if words[at].lower == "between":
            return at if any(w.capital for w in words[at + 1 : at + 4]) else None
    return None


def _who_met(page: Page, words: Sequence[Word], at: int) -> int:
    """Return where "between A and B", "of A and B", "with A" ends after a meeting's noun, else the end of the noun."""
    end = words[at - 1].end
    if at < len(words) and words[at].lower in ("between", "with", "of", "in"):
        last = at + 1
        while (
            last < len(words)
            and last - at < 12
            and not closes(words[last])
            and (words[last].text not in ",()" or _lists_on(words, last))
            and not is_date(words[last])
        ):
            if words[last].lower in ("in", "on", "for", "to", "from"):
                break
            last += 1
        stretch = words[at + 1 : last]
        if words[at].lower == "in":
            over = page.known_over(stretch[0].start, stretch[0].end) if stretch else None
            return over.end if over is not None and over.family in ("place", "country") else end
        if any(w.capital for w in stretch):
            end = stretch[-1].end
    return end


def _lists_on(words: Sequence[Word], comma: int) -> bool:
    """Whether a comma stands in a list of names that `and` closes: "of A, B and C"."""
    if words[comma].text != "," or not words[comma - 1].capital:
        return False
    for word in words[comma + 1 : comma + 10]:
        if word.lower == "and":
            return True
        if not (word.capital or word.text == "," or word.lower in ("the", "of")):
            return False
    return False
