"""Epithets: what may stand before "the probe" without making it another one than the one told of.

"The two-tonne craft", "the ill-fated spacecraft", "the Airbus-built satellite" take up what has a name already; "the second probe"
and "the rival lander" do not. What sort of craft it is ("the weather satellite") says nothing more of the only one there is.
"""

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from tracker.extractors.rules.subjects.page.crafts import NOUNS, SORTS, goes_on
from tracker.extractors.rules.subjects.page.page import Page
from tracker.extractors.rules.subjects.page.phrases import Phrase
from tracker.extractors.rules.words import Word, word_set

Telling: TypeAlias = Literal["nothing", "sort", "another"]
"""What the words before a noun add: nothing, of what sort it is, or that it is another one."""

PARTS = frozenset({"orbiter", "lander", "rover"})
"""The classes of craft that are often parts of a mission."""
OWNING = frozenset(("organisation", "country"))
"""The families of names that own a craft."""

_INDIFFERENT = word_set(
    "new same joint lunar whole entire space proposed planned present current two-day first bilateral ambitious "
    "private commercial historic crewed uncrewed unmanned manned robotic scientific flagship upcoming forthcoming latest delayed "
    "troubled ill-fated failed stricken silent doomed ageing aging old veteran tiny small little big large huge giant massive "
    "sophisticated pioneering landmark science research high-tech nuclear completed finished damaged stranded crippled "
    "wayward errant stray ailing defunct dead retired lost missing abandoned broken malfunctioning faulty wrecked spent advanced powerful "
    "modern capable versatile next-generation state-of-the-art expensive costly cheap low-cost experimental unique famous famed venerable intrepid "
    "plucky hardy speedy nimble rugged spinning tumbling falling uncontrolled unfuelled fuelled heavy light lightweight compact boxy square round cubic "
    "sleek golden doughnut-shaped autonomous intended eventual final launched orbiting dormant sleeping hibernating working healthy "
    "multinational international national domestic european dual-use classified secret secretive mysterious military civilian civil inc. inc ltd ltd. corp. corp llc"
)
_MEASURED = re.compile(
    r"[\d,.]+(?:k|m|mn|bn|b)?(?:-[a-z]+)*|[$€£¥₹₩]|(?:half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|car|van|bus|fridge|refrigerator|washing|suitcase|shoebox|desk|piano|truck|cube|box|long|short|much|hard|ill|so|"
    r"solar|battery|plasma|ion|all|now|well|once|gold|foil|multi)-[a-z-]+"
    r"|kg|kilos?|kilograms?|tonnes?|tons?|metric|pounds?|million|billion|crore|lakh|dollars?|euros?|yen|rupees?|yuan|roubles?|rubles?"
    r"|[\w'-]+[-‐‑](?:built|made|owned|operated|assembled|manufactured|launched|run|led|funded|backed|based|sized|shaped|powered|wheeled|winged|legged|stabilised|stabilized|designed|developed|bound|old|born|wide|tall|long|ton|tonne|kilo|kilogram|kg|pound|metre|meter|foot)"
)
"""A modifier that tells only how big, how dear or whose work a craft is: "the 640-kilo probe", "the six-wheeled rover"."""
_WORKED_ON = re.compile(r"[-‐‑](?:built|made|designed|developed|based|launched|assembled|manufactured)$")


def telling(here: Phrase, words: Sequence[Word], page: Page) -> Telling:
    """Return what a phrase says more than its noun: nothing in "the mission", "the joint lunar mission"."""
    told: Telling = "nothing"
    noun = here.head.lower.removesuffix("'s")
    for word in here.modifiers:
        if word.lower in _INDIFFERENT or _MEASURED.fullmatch(word.lower) or _names_owner(page, word, here.head.start):
            continue
        if word.lower not in SORTS or noun not in NOUNS:
            return "another"
        told = "sort"
    after = words[here.index + 1].lower if here.index + 1 < len(words) else ""
    if after in _DONE and any(w.lower in ("first", "new", "latest") for w in here.modifiers):
        return "another"  # "the first satellite launched in 1999" is one of several
    if noun != here.head.lower:
        return told  # "the satellite's launch"
    if here.head.lower in NOUNS and goes_on(words, here.index):
        return "another"  # "the satellite business"
    if NOUNS.get(here.head.lower) in PARTS and _one_of_many(here, words):
        return "another"
    return "another" if after in ("of", "control", "director", "before", "after") else told


_DONE = word_set("launched built sent flown lost developed")


def _names_owner(page: Page, word: Word, end: int) -> bool:
    """Whether a modifier is a people or an agency: "the Indian spacecraft", "the NASA orbiter", "the Thales Inc. satellite"."""
    over = page.known_over(word.start, word.end)
    return over is not None and over.family in OWNING and over.end <= end


def works_on(word: Word) -> bool:
    """Whether a modifier tells only who made it: "the Chinese-built satellite" need not be China's."""
    return _WORKED_ON.search(word.lower) is not None


def _one_of_many(here: Phrase, words: Sequence[Word]) -> bool:
    """Whether this is a part in a list of parts: "the orbiter, the lander and the rover"."""
    around = (*words[max(0, here.first - 4) : here.first], *words[here.index + 1 : here.index + 5])
    joined = any(w.lower in ("and", ",") for w in around)
    return joined and any(NOUNS.get(w.lower) in PARTS for w in around)
