"""Projects without a name of their own: "a joint lunar mission", "a second Mars orbiter", "the first uncrewed flight"."""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.rules.subjects.page.crafts import NAMELESS, NOUNS
from tracker.extractors.rules.subjects.page.page import Candidate, Page, destination_in, party_ids, squeezed
from tracker.extractors.rules.subjects.page.phrases import INDEFINITE, Phrase
from tracker.extractors.rules.words import Word, word_set

_DESCRIBABLE = frozenset(
    {
        "mission",
        "probe",
        "spacecraft",
        "orbiter",
        "lander",
        "rover",
        "satellite",
        "telescope",
        "observatory",
        "moonshot",
        "spaceship",
        "nanosatellite",
        "microsatellite",
        "cubesat",
    }
)
_PLAIN_ADJECTIVES = word_set(
    "new first big small own only single such next last previous earlier later old whole entire same other successful main "
    "future possible good great ambitious historic heavy larger smaller different similar second third fourth two three four "
    "current upcoming long planned proposed key the older newer existing ageing aging single active operational additional more further separate "
    "individual typical ordinary normal modern conventional dead defunct functioning working particular certain specific suitable bigger cheaper better"
)
_CREWLESS = frozenset({"uncrewed", "unmanned", "crewless"})


def flight_without_crew(page: Page, words: Sequence[Word], here: Phrase) -> Iterator[Candidate]:
    """A flight of its own beside the programme X: "the first uncrewed flight of X"."""
    lower = [w.lower for w in here.modifiers]
    if here.head.lower not in ("flight", "mission", "test") or not any(w in _CREWLESS for w in lower):
        return
    programme = next((m for m in page.known_in(here.start, here.head.end) if m.family == "mission"), None)
    end = here.head.end
    if programme is None and here.index + 1 < len(words) and words[here.index + 1].lower == "of":
        near = page.known_in(here.head.end, here.head.end + 40)
        programme = next((m for m in near if m.family == "mission"), None)
        end = programme.end if programme else end
    of = programme.id if programme else ""
    yield Candidate(
        kind="mission", start=here.start, end=end, form="descriptive", name=squeezed(page, here.start, end),
        keys=(f"uncrewed {here.ordinal or ''} {of}".strip(),), parent=of or None, nouns=("mission",),
    )  # fmt: skip


def described(page: Page, words: Sequence[Word], here: Phrase, noun: str) -> Iterator[Candidate]:
    """A certain project that has no name here: "a joint lunar mission", "a second Mars orbiter"."""
    lower = [w.lower for w in here.modifiers]
    joint = "joint" in lower or "jointly" in lower
    if (
        noun not in _DESCRIBABLE and not (joint and noun in ("exploration", "project", "flight", "station"))
    ) or here.determiner == "no":
        return
    end = _with_destination(page, words, here)
    content = [w.lower for w in here.modifiers if w.lower not in _PLAIN_ADJECTIVES and not _owner(page, w)]
    whither = destination_in(page, here.start, end)
    ordinal = here.ordinal
    first = _first_of(page, words, here, end)
    wanted = here.determiner in INDEFINITE or joint or (ordinal is not None and ordinal > 1) or first is not None
    if (
        not wanted
        or not (content or end > here.head.end or first)
        or (noun == "mission" and not (whither or joint or _spacey(lower)))
    ):
        return
    if (noun == "project" and not whither) or (noun == "exploration" and not (whither or here.determiner)):
        return  # "an agreement on joint space exploration" names none
    before = words[here.first - 1].lower if here.first else ""
    if (
        before in ("whether", "if", "featuring", "with", "including", "using")
        or (noun == "rover" and first is None)
        or (
            before in ("is", "was", "as", "be", "like", "became", "being", "than")
            and not (joint and _opens(words, here))
        )
    ):
        return
    if NOUNS[noun] not in ("mission", "station") and not (
        first is not None
        or (content and (whither or joint or _spacey(lower) or (noun == "satellite" and here.determiner in INDEFINITE)))
    ):
        return
    body = page.catalog.body_of(whither)
    what = body or " ".join(w for w in content if w != "joint")
    key = " ".join(
        filter(
            None,
            ("joint" * joint, what, "" if joint or not body else NOUNS[noun], str(ordinal or "").removeprefix("1")),
        )
    )
    if first is not None:
        key = f"{FIRST}{what} {NOUNS[noun]} of {first}"
    parties = party_ids(page, words[here.first].start, here.head.end)
    start = words[here.first].start if first is not None and here.determiner != "its" else here.start
    yield Candidate(
        kind="mission", start=start, end=end, form="descriptive", name=squeezed(page, start, end), nouns=(NOUNS[noun],), keys=(key,),
        parties=parties or ((first,) if first else ()), destination=whither, number=ordinal, definite=here.definite,
    )  # fmt: skip


def _first_of(page: Page, words: Sequence[Word], here: Phrase, end: int) -> str | None:
    """Return whose first craft this is: "Slovenia's first satellite", "Oman has ordered its first lunar rover".

    What a state puts up first is one certain craft, however little is told of it; of what `is` a first, the name comes before.
    """
    if here.ordinal != 1 or (here.first > 0 and words[here.first - 1].lower in _EQUATES):
        return None
    if _NAME_FOLLOWS.match(page.twin, end):
        return None
    if here.determiner.endswith("'s"):
        owner = page.known_over(words[here.first].start, words[here.first].end)
        return owner.id if owner is not None and owner.family == "country" else None
    if here.determiner != "its":
        return None
    before = [m for m in page.known_in(words[0].start, words[here.first].start) if m.family == "country"]
    return before[0].id if len(before) == 1 and before[0].form == "name" else None


_NAME_FOLLOWS = re.compile(r"\s*(?:[,(–—-]\s*)?(?:(?:the|called|named|dubbed|known as) )*[\"']?[A-Z]")
_EQUATES = word_set(
    "is was be been being became becomes become as were with and after since , ) than like called named"
)


FIRST = "first of a state: "
"""What the key of the first craft of a state begins with."""


def _opens(words: Sequence[Word], here: Phrase) -> bool:
    """Whether "it is" or "there is" stands in front: what "X is a joint mission" describes has a name already."""
    return here.first > 1 and words[here.first - 2].lower in (
        "it",
        "there",
        "this",
        "which",
        "that",
        "what",
        "idea",
        "aim",
        "goal",
        "plan",
        "result",
    )


def _owner(page: Page, word: Word) -> bool:
    over = page.known_over(word.start, word.end)
    return over is not None and over.family in ("organisation", "country")


def _spacey(lower: Sequence[str]) -> bool:
    return any(word in NAMELESS for word in lower)


def _with_destination(page: Page, words: Sequence[Word], here: Phrase) -> int:
    """Return the end of "mission to the Moon" where a destination follows the noun, else that of the noun."""
    at = here.index + 1
    if at < len(words) and words[at].lower in ("to", "for", "at"):
        at += 1
        while at < len(words) and at - here.index < 4 and words[at].lower in ("the", "explore", "study"):
            at += 1
        if at < len(words):
            over = page.known_over(words[at].start, words[at].end)
            station = over is not None and over.family == "mission" and page.catalog.missions[over.id].kind == "station"
            if over and (over.family == "destination" or station):
                return over.end
    return here.head.end
