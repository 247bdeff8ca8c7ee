"""Sessions of standing bodies: "the 11th session of the Joint Commission", "the A-B Working Group met in Oslo"."""

import re
from collections.abc import Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.page.phrases import DETERMINERS, Phrase, closes, phrase, possessive
from tracker.extractors.rules.words import Word, word_set

BODIES = word_set(
    "dialogue dialog summit forum conference congress symposium assembly workshop colloquium commission "
    "committee subcommittee sub-committee subcommission group council seminar ministerial convention expo exhibition airshow roundtable round-table retreat debate plenary"
)
"""Common nouns of the bodies and the gatherings that bear a title of their own."""
ASSEMBLIES = word_set("commission committee subcommittee sub-committee subcommission group council")
"""Nouns of bodies that are there between their meetings: they are one only where they met."""
_BODILY = word_set("joint bilateral working steering intergovernmental technical mixed coordination high-level space")
_BEFORE_MET = word_set("had has have also last then first")
_MET = word_set("met meets sat convened gathered assembled")


def _whose(page: Page, here: Phrase) -> tuple[str, ...]:
    """Return whose body it is where the catalog knows the body by its name, which hides its owner: "ESA Council"."""
    over = page.known_over(here.head.start, here.head.end)
    if over is None or over.family != "organisation":
        return ()
    owners = (e.id for w in here.modifiers if w.capital for e in page.catalog.named(w.text))
    return tuple(id_ for id_ in owners if id_ in page.catalog.organisations)[:1]


def session_of(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """A session of a body: in "the 11th session of the Joint Commission" the series is what follows."""
    number = here.ordinal
    at = here.index + 2
    if at < len(words) and words[at].lower == "the":
        at += 1
    last = at
    while (
        last < len(words)
        and last - at < 14
        and (words[last].capital or (words[last].lower in ("of", "for", "and", "on", "the", "in") and last > at))
    ):
        last += 1
    while last > at and not words[last - 1].capital:
        last -= 1
    if last == at:
        return _session_of_it(page, words, here, at)
    body = next((i for i in range(last, min(last + 4, len(words))) if words[i].lower in BODIES), None)
    if body is not None and not any(closes(w) or not w.text[0].isalpha() for w in words[last:body]):
        last = body + 1  # "the second session of the A-B space forum"
    if number is None and not here.determiner:
        return None
    if page.known_over(words[at].start, words[at].end) and any(
        m.family == "series" for m in page.known_in(words[at].start, words[last - 1].end)
    ):
        return None
    start, end = here.start, words[last - 1].end
    series = squeezed(page, words[at].start, end)
    other, number = acronym(words, last, number)
    keys = (f"{fold(series)} {number or ''}".strip(),)
    return Candidate(
        kind="meeting", start=start, end=end, form="proper", name=squeezed(page, start, end), names=tuple(n for n in (series, other) if n and n.lower() not in BODIES),
        keys=(*keys, fold(other)) if other else keys, series=fold(series), number=number, nouns=(here.head.lower,),
        parties=party_ids(page, words[at].start, end),
    )  # fmt: skip


def acronym(words: Sequence[Word], at: int, number: int | None) -> tuple[str, int | None]:
    """Return the acronym in parentheses at a place, and the number: that in the acronym where none is known (ABC-12)."""
    if at + 2 >= len(words) or words[at].text != "(" or words[at + 2].text != ")":
        return "", number
    other = words[at + 1].text
    behind = re.search(r"[-'](\d{1,3})$", other)
    return other, int(behind[1]) if number is None and behind else number


def _session_of_it(page: Page, words: Sequence[Word], here: Phrase, at: int) -> Candidate | None:
    """A numbered session of a body that is not named again: "the 24th session of the space forum"."""
    body = next((i for i in range(at, min(at + 5, len(words))) if words[i].lower in BODIES), None)
    if body is None or any(closes(w) for w in words[at:body]):
        return None
    if here.ordinal is None and not (here.determiner and any(w.lower in _BODILY for w in words[at:body])):
        return None
    name = squeezed(page, here.start, words[body].end)
    around = party_ids(page, words[0].start, words[-1].end)
    return Candidate(
        kind="meeting", start=here.start, end=words[body].end, form="descriptive", name=name, keys=(fold(name),),
        parties=around if len(around) == 2 and not any(w.lower == "the" for w in words[here.index + 2 : body]) else (),
        nouns=(words[body].lower,), number=here.ordinal, definite=True,
    )  # fmt: skip


def _meets_something(words: Sequence[Word], at: int) -> bool:
    """Whether an object follows "met": a group that met its targets did not meet."""
    return at < len(words) and words[at].lower in DETERMINERS and words[at].lower not in ("this", "that")


def body_that_met(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """A body as a meeting of it: "the A-B Joint Working Group met in Oslo", "the committee, set up in 2005, sat twice"."""
    named = [w for w in here.modifiers if w.capital or w.lower in _BODILY]
    as_one = [w.lower for w in words[max(0, here.first - 2) : here.first]] == ["met", "as"] and bool(named)
    if not named and here.head.capital and possessive(words[here.first]):
        named = [words[here.first]]  # "ESA's Council met in Paris"
    at = here.index + 1
    if at < len(words) and words[at].lower in ("on", "for"):  # "the Working Group on Debris"
        stop = next((i for i in range(at + 1, min(at + _TOPIC_REACH, len(words))) if words[i].lower in _MET), at)
        at = at if any(closes(w) or w.text == "," for w in words[at:stop]) else stop
    if at < len(words) and words[at].text == ",":  # an aside
        closed = next((i for i in range(at + 1, min(at + 10, len(words))) if words[i].text == ","), at)
        at = closed + 1
    verb = next((i for i in range(at, min(at + 3, len(words))) if words[i].lower not in _BEFORE_MET), None)
    met = verb is not None and words[verb].lower in _MET and not _meets_something(words, verb + 1)
    if not named or not (met or as_one):
        return None
    start = named[0].start
    body = squeezed(page, start, here.head.end)
    return Candidate(
        kind="meeting", start=start, end=here.head.end, form="proper" if here.head.capital else "descriptive", name=f"meeting of the {body}",
        names=(body,), keys=(fold(body),), nouns=("meeting", here.head.lower), parties=_whose(page, here) or party_ids(page, start, here.head.end),
    )  # fmt: skip


_HOLDS_ONE = word_set(
    "held holds hold holding concluded concludes opened opens began begins started starts ended ends convened convenes closed closes completed"
)
_ITS = word_set("its their a an the")
_SITTINGS = word_set("session meeting round sitting plenary")
_TOPIC_REACH = 8  # words of "on the peaceful uses of space" between a body and its verb


def body_in_session(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """A numbered session told of its body: "the A-B Joint Committee on Space held its third session in Oslo"."""
    named = [w for w in here.modifiers if w.capital or w.lower in _BODILY]
    stop = min(here.index + _TOPIC_REACH, len(words))
    verb = next((i for i in range(here.index + 1, stop) if words[i].lower in _HOLDS_ONE), None)
    if not named or verb is None or any(closes(w) and w.lower not in _AHEAD for w in words[here.index + 1 : verb]):
        return None
    unit = next((i for i in range(verb + 2, min(verb + 6, len(words))) if words[i].lower in _SITTINGS), None)
    if unit is None or words[verb + 1].lower not in _ITS:
        return None
    told = phrase(words, unit)
    if told.ordinal is None:
        return None
    aux = next((i for i in range(here.index + 1, verb) if words[i].lower in _AHEAD), verb)
    body = squeezed(page, named[0].start, words[aux - 1].end)
    series = fold(body)
    return Candidate(
        kind="meeting", start=told.start, end=words[unit].end, form="proper", name=f"{squeezed(page, told.start, words[unit].end)} of the {body}",
        names=(body,), keys=(f"{series} {told.ordinal}",), series=series, number=told.ordinal, nouns=(words[unit].lower,),
        parties=_whose(page, here) or party_ids(page, named[0].start, here.head.end),
    )  # fmt: skip


_AHEAD = word_set("will is are to has have had")
