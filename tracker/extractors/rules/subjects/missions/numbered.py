"""Missions named without a noun beside them, by a number in a family that flies."""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.missions.fullnames import CRAFT_TAIL
from tracker.extractors.rules.subjects.missions.namelike import is_other_number, names_satellite
from tracker.extractors.rules.subjects.page.acronyms import other_name
from tracker.extractors.rules.subjects.page.crafts import NOUNS, of_a_rocket
from tracker.extractors.rules.subjects.page.page import Candidate, Page, squeezed
from tracker.extractors.rules.subjects.page.phrases import modifies, possessive
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word

_NUMBERED = re.compile(
    r"\b(?=[A-Z])(?!(?:Mk|Page|Article|Phase|Day|Block|Part|Section|Chapter|Figure|Table|No|Nos|Rs|Version|Level|Category|Group|Highway"
    r"|Covid|COVID|Flight|Launch|Stage|Test|Type|Class|Unit|Pad|Zone|Complex|SLC|LC|Boeing|Airbus|Area|Room|Route|Serial|Vol|Volume|Item|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    r"Sep|Sept|Oct|Nov|Dec)\b)"
    r"[A-Z][A-Za-zÀ-ÿ']{1,20}(?:-[A-Z]{1,4}(?=\d))?(?:-\d{1,3}(?:[A-Z]|[a-h]\b)?|[ ]\d{1,3}(?:[A-Z]|[a-h]\b)?(?![\d.,:]?\d)(?!\s+(?:per|percent|km|kg|tonnes|days|years|"
    r"months|weeks|hours|minutes|crore|million|billion|lakh|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|countries|people|men|women)\b)|\d{1,3}[A-Z]?)\b(?!-)"
)
_FLIES = re.compile(
    r"\b(?:launch\w*|orbit\w*|satellites?|spacecraft|probes?|landers?|rovers?|orbiters?|telescope|mission|lift\w*[ -]off|blast\w* off|splash\w*|"
    r"docked|crew|moon|lunar|constellation|microsatellites?|payload|put up|went up|sent up)\b",
    re.IGNORECASE,
)
_OPERATOR = re.compile(r"[A-Z][A-Za-z]*[Ss][Aa][Tt]|SES|Optus|Express|Telstar|Galaxy|Amos|AMOS|Astra")
"""Firms whose satellites bear their name and a number: "Intelsat 39"."""


FIGURE = trigger(pattern=r"\d")


def numbered(page: Page, words: Sequence[Word], start: int, end: int) -> Iterator[Candidate]:
    matches = list(_NUMBERED.finditer(page.twin, start, end))
    if not matches:
        return
    flies = _FLIES.search(page.twin, start, end)
    ends = {word.end: i for i, word in enumerate(words)}
    begins = {word.start: i for i, word in enumerate(words)}
    for match in matches:
        first, last = begins.get(match.start()), ends.get(match.end())
        over = page.known_over(match.start(), match.end())
        owner = (
            over is not None
            and over.family in ("organisation", "place")
            and match.start() == over.start
            and over.end < match.end()
        )
        if first is None or last is None or (over is not None and not (owner and flies)):
            continue  # SES is a firm, SES-26 a satellite; Haiyang is a town, Haiyang-2 none
        if is_other_number(page, match.start(), match[0]):
            continue
        stem = re.split(r"[- ]?\d", match[0], maxsplit=1)[0].rstrip("-")
        operator = _OPERATOR.fullmatch(stem) is not None
        family = [
            entry
            for entry in page.catalog.named(stem) or page.catalog.named(stem.split("-")[0])
            if _flying(entry.id) or not (operator or (over is not None and entry.id == over.id))
        ]
        if any(not _flying(entry.id) for entry in family) or of_a_rocket(words, first, last) or carries(words, first):
            continue
        if match[0][-1:].isdigit() and " " in match[0] and not family and not operator:
            continue  # "Pier 7", "Session 4": a space before the figure needs a family that flies
        begin = first
        while stem.lower() in NOUNS and begin > 0 and words[begin - 1].capital and modifies(words[begin - 1]):
            begin -= 1  # "Test Vehicle Abort Mission-1"
        if begin > 0 and CRAFT_TAIL.fullmatch(match[0]) and _is_of_a_type(page, words[begin - 1]):
            begin -= 1  # "Soyuz MS-77"
        name = squeezed(page, words[begin].start, match.end())
        names, keys = other_name(page, words, last + 1, name)
        yield Candidate(
            kind="mission", start=words[begin].start, end=match.end(), form="proper", name=name, names=names, keys=(fold(name), *keys),
            stem=fold(stem), weak=begin == first and not family and not names_satellite(stem) and not (flies and _strong(page, match.start(), match.end(), start, end)),
        )  # fmt: skip


def _is_of_a_type(page: Page, word: Word) -> bool:
    """Whether a word can be the type of a craft that flies again and again: Soyuz, Progress; no owner and no common noun."""
    over = page.known_over(word.start, word.end)
    owner = over is not None and over.family in ("organisation", "country", "place")
    plain = word.capital and word.text.isalpha() and word.lower not in NOUNS and modifies(word)
    return plain and not owner and not possessive(word)


def carries(words: Sequence[Word], first: int) -> bool:
    """Whether this is what carries: "on a PSLV-C25", "atop the H3"."""
    return first > 1 and (
        words[first - 1].lower == "atop"
        or (words[first - 1].lower in ("a", "an") and words[first - 2].lower in ("on", "by", "aboard", "atop"))
    )


def _flying(id_: str) -> bool:
    return id_.startswith("mission/")


def _strong(page: Page, start: int, end: int, low: int, high: int) -> bool:
    """Whether a word of flight stands close to the name."""
    return bool(_FLIES.search(page.twin, max(low, start - 60), min(high, end + 60)))


def odd(word: Word) -> bool:
    """Whether no ordinary word is written so: a figure, or a capital after the first letter."""
    return any(c.isdigit() or c.isupper() for c in word.text[1:])
