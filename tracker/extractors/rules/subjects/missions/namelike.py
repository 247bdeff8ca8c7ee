"""Runs of capitals that may be a craft's name, how they are written, and what else the document calls them."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

import msgspec

from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.meetings.actors import OFFICES
from tracker.extractors.rules.subjects.missions.fullnames import COUNTED, CRAFT_TAIL
from tracker.extractors.rules.subjects.missions.openings import ADJECTIVAL, OPENING
from tracker.extractors.rules.subjects.page.crafts import NOT_NAMING, NOUNS, OWNERS, SORTS, VEHICULAR
from tracker.extractors.rules.subjects.page.page import Page
from tracker.extractors.rules.subjects.page.phrases import closes, modifies, possessive
from tracker.extractors.rules.words import Word, is_date, word_set
from tracker.language.dates.words import MONTH_NAMES

Shape: TypeAlias = Literal["numbered", "coined", "plain", "person"]
"""How a name is written: "Sich-9X", "NanoFIG" or "Okean-K", "Harrier", "Sky Harrier" (or "Ann Harrier")."""

_LONGEST = 5  # words
_SMALL_NAME = re.compile(r"[a-z]{3,12}-\d{1,3}|[a-z]-?[a-z]{2,10}-\d{1,2}")
"""Names that begin small: "proba-4"; only with a number, and not "mid-2026"."""
_NOT_SMALL = (
    "mid-",
    "late-",
    "early-",
    "pre-",
    "post-",
    "covid-",
    "sub-",
    "age-",
    "under-",
    "over-",
    "day-",
    "page-",
    "type-",
    "grade-",
)
_SATELLITE = re.compile(r"[^/]{2,}(?:[Ss][Aa][Tt]|[Ss][Aa][Tt]s?-\w+|SAR-\d+|[Cc]ube)")
"""Names that say themselves what they are: "Kalamsat"."""
_OTHER_NUMBERED = re.compile(
    r"(?:An|Il|Tu|Su|Mi[Gg]|Ka|Mi|[A-H]|KC|MQ|RQ|Wi-?Fi|iPhone|COVID|Covid|PlayStation|Windows)[- ]?\d{1,4}\w{0,2}(?:-\d+)?(?: .*)?|\d{1,2}U"
)
"""Aircraft, networks and telephones: "An-124", "WiFi 6"."""
_COMPOUND = re.compile(
    r"[a-z]-(?:[a-z]+(?:ing|ed|ic|al)|built|led|class|ray|band|made|wide|type|style|like|born|bound|grade|scale|size|funded|run|year|time)$"
)
"""Adjectives with a capital: "Earth-observing", "Chinese-built"."""
_SERIAL = re.compile(r"No\. ?\d{1,3}|\d{1,2}-\d{2}|\d{1,4}[A-Z]?|\d{1,3}[a-h]|[A-Z]{1,2}\d{1,3}|\d\.\d|[A-Z]-\d{1,3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_INTERIOR = re.compile(r".*[a-z][A-Z]|[A-Z]{3,}|[A-Z][\w]*-[A-Z]{1,4}\b|.*[A-Z]{2,}[a-z]+$")
# What a run begins with that is no part of a craft's name, and none is one that ends so.
_HEADS = word_set(
    "project vision team section phase stage pad site runway building flight class boeing antonov cyclone hurricane typhoon storm comet asteroid "
    "operation chapter article annex appendix table figure page room hall block level category group series batch lot step part day week "
    "flight act bill resolution directive decree law regulation order case route highway road street gate terminal pier dock hangar facility "
    "version release model mark type grade tier zone area sector district ward unit division brigade launch complex space ground station"
)
_TAILS = word_set(
    "aerospace space agency inc inc. corp corp. ltd ltd. llc gmbh sa ag co plc labs lab systems technologies technology industries industry "
    "corporation company group holdings dynamics robotics enterprise enterprises ventures capital partners networks network services solutions "
    "university institute institution academy college school laboratory center centre complex spaceport cosmodrome base site pad range airport "
    "port bay island islands island city county state province park museum act bill law directive programme program project initiative fund "
    "foundation prize award society association union federation council committee commission ministry department office force command corps "
    "army navy treaty accord accords agreement convention charter forum summit conference congress expo symposium workshop journal news times post "
    "daily magazine herald tribune today tv radio series engine rocket launcher booster stage vehicle drive sea ocean lake river mountain "
    "mountains valley desert crater basin planitia mons belt nebula galaxy cluster constellation day week month year pro plus air max analytics cloud door "
    "sat. phone app platform portal hub exchange bank insurance motors electric energy power field fields hospital town village district region"
)
_WIRES = word_set("xinhua reuters afp pti tass interfax bloomberg kyodo yonhap ani spacenews sputnik pravda")
ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ing", "ship", "ics", "ism", "ure", "ude")


class Run(msgspec.Struct, frozen=True):
    """A run of words that may be a name: its first and last word, its place without a possessive, and how it is written."""

    first: int
    last: int
    start: int
    end: int
    text: str
    shape: Shape
    opens: bool
    """Whether it is an ordinary word that stands where every word has a capital."""


_DESIGNATED = re.compile(r"[A-Z]{2}\d{0,3}")
_AFTER_YEAR = re.compile(r"\b(?:19|20)\d\d $")


def is_other_number(page: Page, start: int, text: str) -> bool:
    """Whether a name with a number is known to be no craft's: an airliner's, a network's, an asteroid's ("2024 YR4")."""
    if _OTHER_NUMBERED.fullmatch(text):
        return True
    return (
        _DESIGNATED.fullmatch(text) is not None and _AFTER_YEAR.search(page.twin, max(0, start - 6), start) is not None
    )


_GIVEN = word_set(
    "Adam Ahmed Alan Albert Alex Alexander Alexei Ali Alice Amir Ana Andrea Andreas Andrei Andrew Andy Angela Anil Ann Anna Anne Anthony Antonio "
    "Arjun Arthur Ashok Barbara Barry Ben Benjamin Bernard Bill Bob Boris Brian Bruce Carl Carlos Carol Caroline Charles Charlie Chris Christian "
    "Christina Christopher Claire Claude Claudia Daniel Dave David Dennis Dieter Dmitri Dmitry Donald Ed Edward Elena Elizabeth Ellen Emily Emma Eric "
    "Erik Eva Fatima Felix Fernando Francesco Francis Frank Franz Fred Gary George Georg Gerald Giovanni Giulia Gordon Grace Greg Guido Gustavo Hans "
    "Harry Hassan Heinz Helen Henry Hiroshi Ian Igor Indira Ivan Jack James Jan Jane Janet Jason Jean Jeff Jennifer Jim Jitendra Joan Joe Johann John "
    "Jonathan Jorge José Josef Joseph Juan Judith Julia Julie Karen Karl Kate Kathy Keith Ken Kevin Kim Klaus Koichi Kumar Larry Laura Laurent Lee Leonid "
    "Li Linda Lisa Liu Luca Luis Mae Marc Marcos Maria Marie Mario Mark Martin Mary Matt Matthew Matthias Max Megan Mehmet Michael Michel Miguel Mike "
    "Mikhail Mohamed Mohammed Muhammad Nancy Narendra Natalia Neil Nicholas Nick Nicola Nikolai Olga Oleg Oscar Pablo Pamela Patricia Paul Paolo Pavel "
    "Pedro Peter Philip Philippe Pierre Piotr Priya Rachel Rajesh Rakesh Ralph Ravi Ray Raymond Reid Richard Robert Roberto Roger Ron Ronald Rosa Ross "
    "Roy Ruth Sally Samantha Samuel Sandra Sanjay Sarah Scott Sean Sergei Sergey Shane Sharon Simon Stefan Stephen Steve Steven Sultan Sunil Sunita Susan "
    "Suni Takashi Takuya Ted Terry Thomas Tim Tom Tony Valentina Valery Victor Viktor Vijay Vikram Vincent Vladimir Walter Wang Wendy Werner William Wu "
    "Yang Yasmin Yoshi Yuri Yury Zhang Zhao"
)


def gives_name(name: str) -> bool:
    """Whether a run begins with a given name, as people's do."""
    return name.partition(" ")[0] in _GIVEN


def names_satellite(name: str) -> bool:
    """Whether a name says itself what it bears: "Kalamsat-2"."""
    return _SATELLITE.fullmatch(name.rpartition(" ")[2]) is not None


def names_in(page: Page, words: Sequence[Word], *, heading: bool) -> Iterator[Run]:
    """Yield the runs of capitals that may be a name.

    Names that the catalog knows are left out, but for an operator or a place with a number behind it ("Haiyang-9").
    """
    at = 0
    while at < len(words):
        word = words[at]
        if word.text == word.lower and "-" not in word.text:
            at += 1  # neither a capital nor a small name with a number
            continue
        last = _run(page, words, at)
        if last < at:
            at += 1
            continue
        first = _begins(words, at, last)
        if first <= last and _may_name(page, words, first, last):
            shape = _shape(words[first : last + 1])
            opens = first == 0 or words[first - 1].text in "\"'—–:•-"
            if not (heading and shape in ("plain", "person")) and not (
                opens and _only_opens(words, first, last, shape)
            ):
                end = words[last].start + len(words[last].text.removesuffix("'s"))
                text = page.twin[words[first].start : end]
                yield Run(
                    first, last, words[first].start, end, text, shape, opens and first == last and shape == "plain"
                )
        at = last + 1


def _run(page: Page, words: Sequence[Word], first: int) -> int:
    """Return the last word of the run that begins here, or the place before where none does."""
    if _SMALL_NAME.fullmatch(words[first].text) and not words[first].lower.startswith(_NOT_SMALL):
        return first
    if not _opens_name(words[first]):
        return first - 1
    last = first
    while last + 1 < len(words) and last - first < _LONGEST and not possessive(words[last]):
        right = words[last + 1]
        if page.twin[words[last].end : right.start] != " ":
            break
        number = (
            bool(_SERIAL.fullmatch(right.text)) and not _YEAR.fullmatch(right.text) and not _counts(words, last + 1)
        )
        if not (
            number
            or (
                right.capital
                and right.text[0].isalpha()
                and (modifies(right) or possessive(right))
                and not is_date(right)
            )
        ):
            break
        last += 1
    return last


def _opens_name(word: Word) -> bool:
    plain = word.text[0].isalpha() or (
        word.text[0].isdigit() and sum(c.isupper() for c in word.text) > 1 and word.text[-1].isalpha()
    )
    return (
        word.capital
        and plain
        and (modifies(word) or possessive(word))
        and not is_date(word)
        and word.lower not in MONTH_NAMES
    )


_UNITS = word_set(
    "km kg kilometres kilometers metres meters tonnes days hours minutes years months weeks people percent million billion crore lakh satellites flights missions"
)


_IN_LIST = 3  # words from the number of a name to that of the one before it in a list


def ends_in_serial(page: Page, words: Sequence[Word], at: int) -> bool:
    """Whether the word behind a name is its number: "Michibiki No. 9", "Wigeon 2"; no year, and no number of something."""
    if at >= len(words) or not _SERIAL.fullmatch(words[at].text) or _YEAR.fullmatch(words[at].text):
        return False
    behind = words[at + 1] if at + 1 < len(words) else None
    several = behind is not None and behind.text.islower() and behind.lower.endswith("s") and not closes(behind)
    return page.twin[words[at - 1].end : words[at].start] == " " and not _counts(words, at) and not several


def _counts(words: Sequence[Word], at: int) -> bool:
    """Whether a number counts what follows, or is part of a date: "Vega 300 km up", "Twiga 14 March"."""
    behind = words[at + 1] if at + 1 < len(words) else None
    if at >= _IN_LIST and words[at - 2].lower == "and" and _SERIAL.fullmatch(words[at - _IN_LIST].text):
        return False  # "the Twiga 1 and Twiga 2 satellites"
    return behind is not None and (behind.lower in _UNITS or behind.lower in MONTH_NAMES or behind.text == "%")


_NAMING = NOUNS.keys() - NOT_NAMING


def _begins(words: Sequence[Word], first: int, last: int) -> int:
    """Return where the name begins behind a title or a common noun with a capital: "Satellite Twiga"."""
    while first < last and (words[first].lower in _NAMING or words[first].lower in OPENING or possessive(words[first])):
        first += 1
    return first


def _may_name(page: Page, words: Sequence[Word], first: int, last: int) -> bool:
    run = words[first : last + 1]
    lower = [w.lower.removesuffix("'s") for w in run]
    text = run[-1].text.removesuffix("'s")
    if lower[0] in _HEADS or lower[-1] in _TAILS or lower[-1] in VEHICULAR or not _NO_NAMES.isdisjoint(lower):
        return False
    if len(run) == 1 and (len(text) < 3 or lower[0] in _NO_NAME):
        return False
    if all(w in SORTS or w in NOUNS for w in lower) or _COMPOUND.search(text):
        return False
    if is_other_number(page, run[0].start, page.twin[run[0].start : run[-1].end].removesuffix("'s")) or all(
        w.text.isdigit() for w in run
    ):
        return False
    over = page.known_over(run[0].start, run[-1].end)
    if over is None:
        return True
    serial = (any(c.isdigit() for c in text) or (text in COUNTED and first < last)) and (
        over.family in ("organisation", "place", "country", "destination")
        or (CRAFT_TAIL.fullmatch(text) is not None and _is_type_of_craft(page, over))
    )
    return serial and over.start == run[0].start and over.end < run[-1].start + len(text)


_NO_NAMES = _WIRES | OFFICES
_NO_NAME = frozenset((*NOUNS, *SORTS, *VEHICULAR, *OWNERS))


def _is_type_of_craft(page: Page, known: Mention) -> bool:
    """Whether this flies again and again under one name: "Soyuz MS-77", "Progress MS-77"."""
    mission = page.catalog.missions.get(known.id)
    return known.family == "vehicle" or (mission is not None and mission.kind == "craft_type")


def _shape(run: Sequence[Word]) -> Shape:
    text = run[-1].text.removesuffix("'s")
    if len(run) > 1 and (text.isdigit() or text in COUNTED):
        return "coined" if text.isdigit() and _INTERIOR.match(run[0].text) is None else "numbered"
    if any(any(c.isdigit() for c in w.text) for w in run) or _SATELLITE.fullmatch(text):
        return "numbered"
    if any(_INTERIOR.match(w.text.removesuffix("'s")) for w in run) or (len(run) > 1 and run[-1].lower in NOUNS):
        return "coined"
    return "plain" if len(run) == 1 else "person"


def _only_opens(words: Sequence[Word], first: int, last: int, shape: Shape) -> bool:
    """Whether the capital of a lone ordinary word comes from its place: "Preparations", "Work", "Chinese"."""
    if shape != "plain" or first != last:
        return False
    lower = words[first].lower
    behind = words[last + 1].lower if last + 1 < len(words) else ""
    plural = behind in ("were", "are", "have", "do")
    return (
        lower in OPENING
        or lower in _ORDINARY
        or plural
        or (lower.endswith(ADJECTIVAL[:-1]) and not lower.endswith("er") and behind not in ("was", "is", "has", "will"))
    )


_ORDINARY = word_set(
    "work contact launch landing production construction equipment research everything nothing something everyone nobody it he she they we "
    "progress trade business demand supply sale sales debate liftoff lift-off touchdown splashdown deployment integration development assembly "
    "power fuel money time weather wind rain lightning telemetry data imagery training planning life water ice air dust debris crew cargo "
    "communication communications control separation descent ascent ignition insertion testing negotiations preparation industry software "
    "funding information support service traffic capacity bandwidth coverage half part none each either neither whoever whatever"
)


_WHAT = (
    "rocket|launcher|launch vehicle|booster|missile|company|firm|start-?up|startup|maker|operator|manufacturer|supplier|astronaut|cosmonaut|taikonaut|pilot|"
    "engineer|professor|physicist|researcher|scientist|Dr\\.?|Mr\\.?|Ms\\.?|Mrs\\.?|President|Minister|minister|director|chairman|chief executive|analyst|spokesman|spokeswoman|"
    "instrument|camera|spectrometer|spectrograph|magnetometer|altimeter|radiometer|engine|city|town|village|port|ship|vessel|aircraft|airliner|plane|base|spaceport|crater|"
    "asteroid|comet|planet|star|newspaper|agency|news agency|software|system|app|film|novel|book|game|contest|prize|school|cyclone|hurricane|typhoon|galaxy|merger|fund|law"
)
_BEHIND = (
    "rocket|rockets|launcher|launchers|booster|boosters|engine|engines|missile|vehicle|upper stage|first stage|second stage|Inc|Ltd|Corp|LLC|GmbH|"
    "executives|shares|employees|founder|chief|chairman|instrument|spectrometer|camera|programme|program|constellation of|software|crater|astronauts|airport|spaceport|base|galaxy|dam|maiden flight|debut"
)
_SAYS = r"(?:said|says|told|added|wrote|argued|explained|tweeted|hired|raised|employs|plans|hopes|wants|founded|announced|signed|won|acquired|bought|owns|operates|built|builds|sells|makes|developed|develops)"
_TOLD_BEFORE = re.compile(rf"(?:{_WHAT}) (?:called |named |dubbed |known as )?[\"']?$")
_TOLD_BEHIND = re.compile(
    rf"[\"']?(?:(?:'s)? (?:{_BEHIND})\b|(?:,|,? is|,? was) (?:an?|the|its|their|one of(?: the)?) (?:(?!(?:built|made|in|by|of|for|from|that|which|at|with|and|to)\b)[\w'-]+ ){{0,6}}?(?:{_WHAT})\b(?! (?:probe|satellite|mission|lander|rover|orbiter|spacecraft)))"
)
_TITLE = 44  # characters in front of a name
_DOES = re.compile(rf" {_SAYS}\b")
_WHERE = re.compile(r"\b(?:in|near|by|at) $")
_HE = re.compile(r"[^.]{0,120}\b(?:he|she|his|her)\b")


def is_otherwise(page: Page, run: Run, before: str, high: int) -> bool:
    """Whether a place tells that a name is a rocket's, a firm's, an instrument's, a town's or a person's."""
    if _TOLD_BEFORE.search(before[-_TITLE:]) or _TOLD_BEHIND.match(page.twin, run.end, high):
        return True
    if run.shape == "numbered":
        return False
    if _DOES.match(page.twin, run.end, high):
        return True
    if run.shape == "person":
        return bool(_HE.match(page.twin, run.end, high))
    return run.shape == "plain" and _WHERE.search(before) is not None
