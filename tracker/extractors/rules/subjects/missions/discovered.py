"""Missions that a text names or describes, whether the catalog knows them or not.

A name counts as a mission's when the words beside it say so: "the X probe", "satellite X", "X, a lunar orbiter", a full
name with its acronym in parentheses, or a name with a number of a family that flies. What only looks like one (a rocket,
a company, a trade mission, an errand) does not. A project without a name is found by its description ("a joint lunar
mission"), when the text means a certain one.
"""

from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.meetings.actors import OFFICES
from tracker.extractors.rules.subjects.missions.announced import announced
from tracker.extractors.rules.subjects.missions.deeds import done
from tracker.extractors.rules.subjects.missions.described import described, flight_without_crew
from tracker.extractors.rules.subjects.missions.fullnames import (
    COUNTED,
    abbreviation,
    bears_name,
    bracketed,
    full_name,
    stripped,
)
from tracker.extractors.rules.subjects.missions.numbered import FIGURE, numbered, odd
from tracker.extractors.rules.subjects.missions.openings import opens_with_name
from tracker.extractors.rules.subjects.missions.recognised import recognised
from tracker.extractors.rules.subjects.page.acronyms import abbreviates, other_name
from tracker.extractors.rules.subjects.page.crafts import ERRANDS, NOT_NAMING, NOUNS, TECHNIQUES, goes_on
from tracker.extractors.rules.subjects.page.page import Candidate, Page, destination_in, squeezed
from tracker.extractors.rules.subjects.page.phrases import Phrase, modifies, phrase, possessive
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, is_date, word_set

_INTRODUCED = word_set("called named dubbed christened nicknamed codenamed")


_NOUN_FORMS = frozenset((*NOUNS, *(f"{noun}s" for noun in NOUNS), "observatories"))
_NOUN = trigger(_NOUN_FORMS)


def find_missions(page: Page) -> tuple[Candidate, ...]:
    """Return every place that names or describes a mission, in order of the text; places never overlap."""
    found: list[Candidate] = []
    told = done(page)
    for number, (sentence, words) in enumerate(zip(page.sentences, page.words, strict=True)):
        if sentence.role == "dateline":
            continue
        triggers = page.triggers[number]
        here = list(recognised(page, words, sentence, triggers))
        if triggers & (_NOUN | FIGURE) and (sentence.role != "heading" or not title_case(words)):
            for index, word in enumerate(words) if triggers & _NOUN else ():
                if word.lower in _NOUN_FORMS:
                    here.extend(_at_noun(page, words, index, word))
            if triggers & FIGURE:
                here.extend(numbered(page, words, sentence.start, sentence.end))
        here.extend(told.get(number, ()))
        found.extend(_disjoint(here) if len(here) > 1 else here)
    return tuple(found)


def _disjoint(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The known before the named, the named before the described; of two that overlap the earlier in that order."""
    rank = {"proper": 1, "descriptive": 2, "anaphor": 3}
    taken: list[Candidate] = []
    for one in sorted(
        found,
        key=lambda c: (
            rank[c.form] if not c.keys[0].startswith("uncrewed") else 0,
            not c.catalog_id,
            c.weak,
            -(c.end - c.start),
        ),
    ):
        if not any(one.start < other.end and other.start < one.end for other in taken):
            taken.append(one)
    yield from sorted(taken, key=lambda c: c.start)


def _at_noun(page: Page, words: Sequence[Word], index: int, word: Word) -> Iterator[Candidate]:
    plural = word.lower.endswith("s") and word.lower not in NOUNS
    noun = word.lower[:-1] if plural else word.lower
    if noun == "observatorie":
        noun = "observatory"
    if noun not in NOUNS:
        return
    over = page.known_over(word.start, word.end)
    if over and over.family in ("mission", "organisation", "series", "agreement", "vehicle", "place"):
        return
    here = phrase(words, index)
    lower = [w.lower for w in here.modifiers]
    if (
        goes_on(words, index)
        or any(w in ERRANDS for w in lower)
        or (index + 1 < len(words) and words[index + 1].lower in ("control", "director", "statement"))
    ):
        return
    beside = _known_beside(page, words, here)
    if beside:
        if not plural and here.determiner:
            yield Candidate(
                kind="mission", start=here.start, end=word.end, form="descriptive", keys=(beside,), name=squeezed(page, here.start, word.end),
                nouns=(NOUNS[noun],), catalog_id=beside,
            )  # fmt: skip
        return
    named = list(_names_beside(page, words, here))
    titled = noun == "station" and word.capital and any(len(c.name.split()) > 2 for c in named)
    titled = titled and words[index - 1].lower not in _ON_THE_GROUND
    if noun not in NOT_NAMING or titled or any(c.name[-1:].isdigit() for c in named):
        yield from (c for c in named if not plural or c.name[-1:].isdigit())
    if not plural and not named:
        yield from flight_without_crew(page, words, here)
        found = tuple(described(page, words, here, noun))
        yield from found or announced(page, words, here, noun)


_ON_THE_GROUND = word_set(
    "air force ground tracking receiving naval railway train police power fire radio weather earth launch relay"
)
_APPOSING = frozenset(",:–—")
_TITLES = word_set(
    "programme program mission project spacecraft satellite probe telescope observatory rover lander orbiter"
)


def _known_beside(page: Page, words: Sequence[Word], here: Phrase) -> str | None:
    """Return the id of the known mission that a phrase stands in apposition to, on either side."""
    after = here.index + 1
    if after < len(words) and words[after].text == ",":
        after += 1
    if after < len(words):
        over = page.known_over(words[after].start, words[after].end)
        closed = over is not None and page.twin[over.end : over.end + 1] in (",", ".", ")", "", " ")
        if (
            over
            and over.family == "mission"
            and over.start == words[after].start
            and closed
            and (after == here.index + 1 or here.definite or page.twin[over.end : over.end + 1] == ",")
        ):
            return over.id
    if here.first < 2 or words[here.first - 1].text not in _APPOSING or not here.determiner:
        return None
    end = here.first - 2
    if words[end].text == ")":
        end = next((i for i in range(end, max(-1, end - 8), -1) if words[i].text == "("), 0) - 1
    if end > 0 and words[end].lower in _TITLES:
        end -= 1  # "the X programme, a new mission"
    over = page.known_over(words[end].start, words[end].end) if end >= 0 else None
    if over is None or over.family != "mission" or over.end != words[end].end:
        return None
    return over.id if _goes_where_it_is_said_to(page, here, over.id) else None


def _goes_where_it_is_said_to(page: Page, here: Phrase, id_: str) -> bool:
    """Whether a description names no other body than that of the mission in front: "for Psyche, the Venus orbiter was put off"."""
    catalog = page.catalog
    said = catalog.body_of(destination_in(page, here.start, here.head.start))
    known = catalog.body_of(catalog.missions[id_].destination)
    return said is None or known is None or said == known


def _names_beside(page: Page, words: Sequence[Word], here: Phrase) -> Iterator[Candidate]:
    head = here.head
    noun = (NOUNS.get(head.lower) or NOUNS.get(head.lower.rstrip("s")) or "probe",)
    told = bracketed(words, here)
    if told is not None and bears_name(page, words, *told[:2], titled=True):
        name = squeezed(page, words[told[0]].start, words[told[1]].end)
        acronym = words[told[2]].text
        if abbreviates(acronym, name):
            yield Candidate(
                kind="mission", start=words[told[0]].start, end=words[told[2] + 1].end, form="proper", name=name, names=(acronym,),
                nouns=noun, keys=(fold(name), fold(acronym)),
            )  # fmt: skip
            return
    before = full_name(words, here)
    if before:
        kept = stripped(page, words, *before)
        titled = head.capital or bool(abbreviation(words, here.index + 1))
        if kept and bears_name(page, words, kept[0], kept[1], titled=titled):
            first, last = kept
            name = squeezed(page, words[first].start, words[last].end)
            whole = squeezed(page, words[first].start, head.end)
            bare = last < here.index
            names, keys = other_name(page, words, max(last, here.index) + 1, name)
            short = _explained(page, words, here) or _spelt_out(words, first)
            if short and abbreviates(acronym := squeezed(page, words[short[0]].start, words[short[1]].end), name):
                names, keys = (*names, acronym), (*keys, fold(acronym))
            yield Candidate(
                kind="mission", start=words[first].start, end=words[last].end, form="proper", name=name,
                names=((whole,) if bare and last == here.index - 1 else ()) + names, nouns=noun, keys=(fold(name), *keys), weak=first == 0 and not head.capital and not odd(words[0]) and not opens_with_name(page, words, here, last),
            )  # fmt: skip
            return
    for first, last in _beside(page, words, here):
        name = squeezed(page, words[first].start, words[last].end)
        names, keys = other_name(page, words, last + 1, name)
        yield Candidate(
            kind="mission", start=words[first].start, end=words[last].end, form="proper", name=name, names=names,
            nouns=noun, keys=(fold(name), *keys), weak=first == 0 and last == 0 and not odd(words[0]),
        )  # fmt: skip


def _beside(page: Page, words: Sequence[Word], here: Phrase) -> Iterator[tuple[int, int]]:
    """The names that a phrase explains: what follows it, else what it stands behind as an apposition."""
    following = _follows(page, words, here)
    explained = _explained(page, words, here)
    if explained:
        yield explained
    if following and (explained is None or following[2]):
        yield following[:2]


def _spelt_out(words: Sequence[Word], first: int) -> tuple[int, int] | None:
    """Return the acronym that a full name in parentheses spells out: "TWEX (Tidewater Explorer)"."""
    if first > 1 and words[first - 1].text == "(" and words[first - 2].capital:
        return first - 2, first - 2
    return None


def _follows(page: Page, words: Sequence[Word], here: Phrase) -> tuple[int, int, bool] | None:
    """Return the name after a noun ("satellite CBERS-3"; "first probe, X,"), and whether it is introduced ("called X")."""
    at = here.index + 1
    while at < len(words) and words[at].lower in NOUNS:
        at += 1
    comma = at < len(words) and words[at].text in ",("
    at, introduced = _introduction(words, at + comma)
    last = at
    while (
        last < len(words)
        and last - at < 4
        and words[last].capital
        and (modifies(words[last]) or words[last].text in COUNTED)
    ):
        last += 1
    last -= 1
    if last < at or possessive(words[last]) or not _free(page, words, at, last):
        return None
    closed = last + 1 >= len(words) or words[last + 1].text in ",.)(;:" or words[last + 1].lower == "and"
    loose = comma and not introduced and not (closed and _lone(words[at : last + 1]))
    return None if loose else (at, last, introduced)


def _introduction(words: Sequence[Word], at: int) -> tuple[int, bool]:
    """Return the place after "called", "also known as" and an opening quote, and whether such words stood there."""
    begun = at
    if at < len(words) and words[at].lower in ("also", "better", "formerly"):
        at += 1
    if at < len(words) and words[at].lower in _INTRODUCED:
        at += 1
    elif at + 1 < len(words) and words[at].lower == "known" and words[at + 1].lower == "as":
        at += 2
    else:
        return begun, False
    while at < len(words) and (words[at].text in "\"'" or words[at].lower == "the"):
        at += 1
    return at, True


def _explained(page: Page, words: Sequence[Word], here: Phrase) -> tuple[int, int] | None:
    """Return the name before an apposition: "X, a probe", "X (ABC), the lander"."""
    if here.first < 2 or words[here.first - 1].text != "," or not here.determiner:
        return None
    end = here.first - 2
    if words[end].text == ")":
        end = next((i for i in range(end, max(-1, end - 8), -1) if words[i].text == "("), 0) - 1
    first = end + 1
    while first > 0 and end - first < 3 and words[first - 1].capital and modifies(words[first - 1]):
        first -= 1
    if not 0 <= first <= end or not _free(page, words, first, end):
        return None
    named = any(m.family == "mission" for m in page.known_in(here.start, here.head.start))
    if named or (first > 0 and words[first - 1].lower in ("in", "at", "near", "outside")):
        return None  # "in Florida, the probe was launched"; "the X mission" has its name
    if _lone(words[first : end + 1]):
        return first, end
    behind = words[here.index + 1].lower if here.index + 1 < len(words) else "."
    closed = behind in _CLOSING or not behind[0].isalnum()
    office = first > 0 and (words[first - 1].text == "," or words[first - 1].lower in OFFICES)
    return (
        (first, end) if first > 0 and closed and not office else None
    )  # "the minister, Ann Lee, the satellite project …"


_CLOSING = word_set(
    "of for to that which built made designed meant launched with from in on by run owned operated led flying due planned under at"
)


def _lone(run: Sequence[Word]) -> bool:
    """Whether a run of capitals reads like the name of a craft rather than of a person or a firm."""
    return len(run) == 1 or any(c.isdigit() for c in run[-1].text) or run[-1].lower in NOUNS or run[-1].text in COUNTED


def _free(page: Page, words: Sequence[Word], first: int, last: int) -> bool:
    if page.known_over(words[first].start, words[last].end) is not None or is_date(words[first]):
        return False
    technique = first == last and words[first].lower in TECHNIQUES  # "satellite TV"
    return not technique and not words[first].text[0].isdigit() and len(words[last].text) > 1


def title_case(words: Sequence[Word]) -> bool:
    """Whether a heading capitalises its words, so that a capital says nothing of a name."""
    long = [w for w in words if len(w.text) > 3 and w.text.isalpha()]
    return len(long) >= 3 and sum(w.capital for w in long) >= 0.7 * len(long)
