"""Full names in front of a common noun: "the TRUTHS climate satellite", "NASA's Global Ozone Watch (GLOW) satellite".

Where the run of capitals begins and ends, who owns it, and whether it is a name at all.
"""

import re
from collections.abc import Sequence

from tracker.extractors.rules.subjects.page.crafts import NAMELESS, NOUNS, OWNERS, SORTS, TECHNIQUES
from tracker.extractors.rules.subjects.page.page import Page
from tracker.extractors.rules.subjects.page.phrases import Phrase, modifies, possessive
from tracker.extractors.rules.words import Word, word_set
from tracker.language.dates.words import MONTH_NAMES

_PEOPLES = re.compile(r"[A-Z]\w+(?:an|ese|ish|ch|ic|li|o)-[A-Z]\w+(?:an|ese|ish|ch|ic|li)")
"""Two peoples in one word: "Russian-European", "Franco-Chinese"."""
_OWNED_BY = word_set("built made led funded owned designed based run")
_SERIAL = re.compile(r"No\. ?\d{1,3}|\d{1,2}-\d{2}|(?!(?:19|20)\d\d\b)\d{1,4}[A-Z]?|\d{1,3}[a-h]|\d\.\d|[A-Z]\d{1,2}")
CRAFT_TAIL = re.compile(r"(?:TMA|TM|MS|NG|CRS|OFT|Demo|Crew)-\d+M?")
"""The number of a flight behind the type of its craft: "Soyuz MS-77"."""
COUNTED = word_set(
    "One Two Three Four Five Six Seven Eight Nine Ten I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV"
)
"""Numbers in words that end a name: "Kestrel One"."""


def bracketed(words: Sequence[Word], here: Phrase) -> tuple[int, int, int] | None:
    """Return where a full name begins and ends, and its acronym: "the Global Ozone Watch (GLOW) satellite"."""
    at = here.index - 1
    while at > here.index - 3 and at > 3 and words[at].text.islower():
        at -= 1
    if at < 4 or words[at].text != ")" or words[at - 2].text != "(" or not words[at - 1].capital:
        return None
    first = last = at - 3
    while first > 0 and words[first - 1].capital and not possessive(words[first - 1]) and modifies(words[first - 1]):
        first -= 1
    return (first, last, at - 1) if first < last and words[first].capital and words[last].capital else None


_STEPS = word_set(
    "phase block stage batch group flight launch expedition version type class unit part day step lot tranche increment"
)


def _numbers(words: Sequence[Word], at: int, here: Phrase) -> bool:
    """Whether a number behind this word is part of a craft's name: no date, no step of a plan, no mission of a series."""
    word = words[at]
    return (
        NOUNS.get(here.head.lower) in ("satellite", "orbiter", "lander", "rover", "telescope", "probe", "mission")
        and modifies(word)
        and word.lower not in MONTH_NAMES
        and word.lower not in _STEPS
    )


def _acronym(word: Word) -> bool:
    """Whether a word in front of a common noun can only be a name: four capitals or more."""
    return len(word.text) > 3 and word.text.isalpha() and word.text.isupper()


def _numbered_name(words: Sequence[Word], at: int) -> bool:
    """Whether a name with a number ends here, or a sort of craft that itself follows one: "Harrier 3 weather relay satellite"."""
    while at > 0 and words[at].lower in SORTS and not words[at].capital:
        at -= 1
    serial = words[at].text[-1:].isdigit() or _SERIAL.fullmatch(words[at].text)
    return at > 0 and bool(serial) and words[at - 1].capital and words[at - 1].lower not in MONTH_NAMES


def full_name(words: Sequence[Word], here: Phrase) -> tuple[int, int] | None:
    """Return the run of capitals that ends at the noun; the noun is part of it when it has a capital itself."""
    last = here.index if here.head.capital else here.index - 1
    while (
        here.index - 3 < last
        and last > 0
        and last > here.first
        and not words[last].capital
        and (_acronym(words[last - 1]) or (words[last].lower in SORTS and _numbered_name(words, last - 1)))
    ):
        last -= 1  # "the TRUTHS climate satellite", "the Harrier 3 radar satellite"
    last = _before_sorts(words, here, last)
    first = last
    if (
        first > 0
        and (words[first].text.isdigit() or _SERIAL.fullmatch(words[first].text))
        and words[first - 1].capital
        and _numbers(words, first - 1, here)
    ):
        first -= 1  # "the Harrier 3 satellite"
    if first < 0 or not words[first].capital or possessive(words[first]) or not modifies(words[first]):
        return None
    short = abbreviation(words, here.index + 1)
    while first > 0:
        left = words[first - 1]
        if left.capital and not possessive(left) and modifies(left) and left.text[0].isalnum():
            first -= 1
        elif (
            (here.head.capital or words[first - 2].text[0] in short)
            and left.lower in ("and", "for", "of", "&")
            and first > 1
            and words[first - 2].capital
            and first > 1
            and modifies(words[first - 2])
        ):
            first -= 2
        else:
            break
    if here.head.capital and here.index + 2 < len(words) and words[here.index + 1].lower in ("for", "of"):
        right = here.index + 2
        while right < len(words) and words[right].capital and words[right].text[0].isalpha():
            last = right
            right += 1
    return (first, last) if first < last or first < here.index else None


def abbreviation(words: Sequence[Word], at: int) -> str:
    """Return the acronym that is said behind a noun to stand for its name: "mission (TWEX)", "mission, known as TWEX"."""
    said = [w.lower for w in words[at : at + 3]]
    first = at + 1 + 2 * (said[1:] == ["known", "as"]) + (said[1:2] in (["or"], ["dubbed"], ["called"]))
    if said[:1] not in (["("], [","]) or first >= len(words):
        return ""
    short = words[first].text
    return short if short.isupper() and len(short) > 2 else ""


_SORTED = 4  # words


def _before_sorts(words: Sequence[Word], here: Phrase, last: int) -> int:
    """Return where the name ends that stands before what sort of craft it is: "the Twiga lunar lander"; `last` where there is none."""
    at = last
    while at > max(0, here.first, last - _SORTED) and _is_sort(words[at]) and (words[at].text.islower() or at < last):
        at -= 1
    name = words[at]
    named = at < last and name.capital and name.text[0].isalnum() and not possessive(name)
    plain = name.lower not in OWNERS | TECHNIQUES | SORTS and not name.lower.endswith(
        ("-band", "-ray", "-class", "-based")
    )
    return at if named and plain and not name.text[0].isdigit() else last


def _is_sort(word: Word) -> bool:
    return word.lower in SORTS or word.lower.endswith(
        ("-hunting", "-exploring", "-observing", "-monitoring", "-mapping", "-studying")
    )


_BROADLY = word_set("european african asian arab western eastern soviet nordic")
_NOBODYS = word_set("global international multinational")
"""Owners that the catalog has not: "the European broadband satellite" is not called European."""


def stripped(page: Page, words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """Take off who owns it ("NASA", "Japanese", "Chinese-built") from the front of a name."""
    while first <= last:
        word = words[first]
        owner = page.known_over(word.start, word.end)
        if first + 1 == last and (
            any(form.fullmatch(words[last].text) for form in (_SERIAL, CRAFT_TAIL)) or words[last].text in COUNTED
        ):
            return first, last  # "the Arabsat 6A satellite" is the sixth of its owner's
        owned = (
            owner is not None
            and owner.family in ("organisation", "country", "vehicle", "place")
            and owner.end >= word.end
        )
        if owned and owner is not None and owner.end > word.end and owner.end >= words[last].end:
            return None
        if (
            owned
            and owner is not None
            and (owner.form in ("demonym", "adjective") or owner.family in ("organisation", "vehicle") or first == last)
        ) or (
            word.lower in _BROADLY
            or (first == last and word.lower in _NOBODYS)
            or ("-" in word.text and (word.lower.rsplit("-", 1)[1] in _OWNED_BY or _partners(page, word)))
        ):
            first += 1
        else:
            return first, last
    return None


def _partners(page: Page, word: Word) -> bool:
    """Whether a hyphen joins two owners and nothing else: "ESA-NASA", "Indo-French"."""
    inside = page.known_in(word.start, word.end)
    if inside and _PEOPLES.fullmatch(word.text):
        return True
    return len(inside) == 2 and all(m.family in ("organisation", "country") for m in inside)


def bears_name(page: Page, words: Sequence[Word], first: int, last: int, *, titled: bool) -> bool:
    run = words[first : last + 1]
    over = page.known_over(run[0].start, run[-1].end)
    if over and over.family in ("mission", "series", "agreement", "vehicle", "place") and over.start <= run[0].start:
        alone = over.end >= run[-1].end or page.known_over(run[-1].start, run[-1].end) is not None
        return over.family == "place" and (over.end < run[0].end or not alone)  # Haiyang is a town, Haiyang-2 none
    if (
        over
        and over.family in ("country", "destination", "organisation")
        and over.start <= run[0].start
        and over.end >= run[-1].end
    ):
        return False
    telling = [
        w
        for w in run
        if not re.fullmatch(r"[A-Z]\w*-[a-z]+|\d{1,2}U", w.text)
        and w.lower not in NAMELESS
        and w.lower not in NOUNS
        and w.lower not in ("for", "of", "and")
    ]
    if titled:
        return len(run) >= 2 and (bool(telling) or len(run) >= 3)
    return bool(telling)
