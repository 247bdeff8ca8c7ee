"""Single meetings told by what they are and who met: "an emergency meeting in Beijing", "the summit between A and B"."""

import re
from collections.abc import Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.meetings.actors import OFFICES
from tracker.extractors.rules.subjects.meetings.following import is_next, is_of_year, next_one
from tracker.extractors.rules.subjects.meetings.leaders import leader_ids, who_ids
from tracker.extractors.rules.subjects.page.page import Candidate, Page, main_parties, squeezed
from tracker.extractors.rules.subjects.page.phrases import INDEFINITE, Phrase, closes, ordinal
from tracker.extractors.rules.words import Word, is_date, word_set

_WEAK = word_set(
    "call expo exhibition airshow debate plenary negotiations forum session talks event edition convention gathering assembly meet visit congress"
)
KINDS = word_set(
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
_HELD = re.compile(
    r"\b(?:held|hold\w*|took (?:place|part)|taking part|gather\w*|joined|address\w*|co-?host\w*|takes? place|taking place|host\w*|attend\w*|sidelines|margins|met|meets?|meeting|organi[sz]\w*|conven\w*|opened|ended|"
    r"clos(?:ed|es)|at (?:the|an?|their|its)|during|in (?:the|their) |postponed|cancelled|canceled|scheduled|followed|participat\w*|speak\w*|chair\w*|occurred|discuss\w*|visit\w*|after|before|agreed|annual|confirm\w*|plan(?:s|ned)?|slated|due|begins?|began|starts?|started|will|when)\b",
    re.IGNORECASE,
)


def described_meeting(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """Return a single meeting told by what it is: "an emergency meeting in Beijing", "the summit between A and B"."""
    head = here.head.lower
    before = words[here.first - 1].lower if here.first > 0 else ""
    if not here.determiner and head in _REMOTE and before in ("by", "via", "over", "through"):
        return None  # "was held by videoconference"
    if here.determiner in INDEFINITE and (before == "as" or _tells_its_form(words, here)):
        return None  # "the dialogue was held as a virtual meeting" tells of the dialogue
    if head == "assembly" and [w.lower for w in here.modifiers] == ["general"]:
        return None  # a body
    if is_of_year(words, here) or (is_next(here) and who_met(page, words, here.index + 1) == here.head.end):
        return next_one(page, words, here)
    telling = [w for w in here.modifiers if w.lower in KINDS or w.capital or "-" in w.lower]
    end = who_met(page, words, here.index + 1)
    beyond = end > here.head.end
    between = (beyond and words[here.index + 1].lower == "between") or _between_later(words, here.index) is not None
    talks = head == "talks" and not here.determiner and beyond and before in _IN_TALKS
    talks = talks and not (before == "in" and words[here.index + 1].lower == "with")  # "is in talks with A" negotiates
    if (
        here.determiner == "no"
        or any(w.lower in _ANY for w in here.modifiers)
        or (head in _WEAK and not telling and not between and not talks)
    ):
        return None
    held = [w.lower for w in words[here.index + 1 : here.index + 2]] in (["held"], ["hosted"], ["convened"])
    if head in _LOOSE and not (between or talks) and not (telling and (here.determiner or beyond or held)):
        return None
    single = head in _SINGLE and (here.determiner in INDEFINITE or here.determiner.endswith("'s"))
    aside = [w.lower for w in words[here.index + 1 : here.index + 3]]
    single = single or (head in _SINGLE and here.determiner == "the" and aside[:1] == [","] and aside[1] in _TOLD_ASIDE)
    if not (telling or beyond or here.ordinal or single or head in _REMOTE):
        return None
    if not (telling or between or (talks and before == "for")) and not _HELD.search(
        page.twin, words[0].start, words[-1].end
    ):
        return None
    start = next((w.start for w in here.modifiers if w in telling or ordinal(w) is not None), here.head.start)
    name = squeezed(page, start, end)
    return Candidate(
        kind="meeting", start=start, end=end, form="descriptive", name=name, names=(squeezed(page, start, here.head.end),) if beyond else (),
        keys=(fold(name),), nouns=(head,), number=_number(words, here), parties=_those_who(page, words, here, end), weak=not telling and not beyond, definite=here.definite,
    )  # fmt: skip


_IN_TALKS = frozenset(("during", "in", "after", "at", "following", "for"))
_TALKS = word_set("talks negotiations consultations discussions dialogue deliberations")


def round_of_talks(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """Return a round of talks, which its number or its article tells from others: "a second round of talks"."""
    last = here.index + 2
    if last >= len(words) or words[last].lower not in _TALKS or not (here.determiner or here.ordinal):
        return None
    name = squeezed(page, here.start, words[last].end)
    return Candidate(
        kind="meeting", start=here.start, end=words[last].end, form="descriptive", name=name, keys=(fold(name),),
        nouns=(here.head.lower, words[last].lower), parties=_those_who(page, words, here, words[last].end), definite=here.definite,
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
        and (here.determiner in INDEFINITE or not here.determiner)
        and before in ("in", "at", "during", "over")
        and here.head.lower in _FEW
    ):
        return leader_ids(page, words[0].start, words[-1].end)
    if here.determiner == "their" and words[here.first - 1].lower in ("held", "hold", "had", "for", "at"):
        both = who_ids(page, words[0].start, end)  # "A and B held their annual summit"
        told = any(w.lower in ("two", "both") for w in words[: here.first])
        return main_parties(page) if told and not both[1:] else both  # "the two leaders agreed at their summit"
    if not parties and before in HOLDS:
        return holders(page, words, here)
    if [w.lower for w in words[here.index + 1 : here.index + 4]] in (["of", "the", "two"], ["between", "the", "two"]):
        return main_parties(page)  # "the 19th annual summit of the two countries"
    at = _between_later(words, here.index)
    if len(parties) > 1 or at is None:
        return parties
    last = at + 1
    while last < len(words) and last - at < 14 and not closes(words[last]) and words[last].text not in ",()":
        last += 1
    return who_ids(page, words[here.first].start, words[last - 1].end)


HOLDS = word_set(
    "hold holds held holding convene convenes convened host hosts hosted begin begins began start starts started conclude concluded "
    "postpone postpones postponed push pushed pushes cancel cancels cancelled canceled delay delayed"
)


def holders(page: Page, words: Sequence[Word], here: Phrase) -> tuple[str, ...]:
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


def who_met(page: Page, words: Sequence[Word], at: int) -> int:
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
        both = words[at].lower in ("of", "between") and any(w.lower in _PEOPLE for w in stretch)
        if any(w.capital for w in stretch) or both:
            end = stretch[-1].end
    return end


_PEOPLE = frozenset(office for office in OFFICES if office.endswith("s")) | {"countries", "nations", "states"}


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
