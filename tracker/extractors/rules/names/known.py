"""Known names: where a text speaks of something that the catalog has.

One walk over the words of the text through a trie of folded wordings, longest match first; a name inside a longer one is
swallowed by it, whether the longer one is of use (`Moon Express`) or not (`Indian Ocean`). The time is linear in the text.

A capital has two readings: where something is held, and the state whose capital it is. It is given once, as a place with
the form `capital`; `Catalog.metonym(id)` names the country that it may stand for.

Ordinary words that are names too (Hope, Dawn, Dart) count only when written as a name and when the surroundings speak of
space; at the start of a sentence or in a headline, where every word has a capital, more is asked: a word for a craft
beside it, or another name of the same thing in the text.
"""

import re
from collections.abc import Sequence

import msgspec

from tracker.extractors.catalog import Catalog, Family
from tracker.extractors.folding import TOKEN, fold_later_token
from tracker.extractors.rules.names.surfaces import Form, Surface
from tracker.extractors.rules.names.trie import NOTHING, Node, Trie, trie_of
from tracker.extractors.rules.words import word_set
from tracker.language.pieces import Cutter, Pieces

# What may stand between two words of one name.
_GAPS = frozenset(("", " ", "\n", "\xa0", "  ", "\r\n", "/", ".", "+", " (", ") "))
_GAPS |= frozenset(f"{mark}{after}" for mark in "-‐‑–—'’‘`" for after in ("", " ")) | {" - ", " – "}
_DOTTED = frozenset(("st", "mt", "mk", "no", "dr"))

_CRAFT = word_set("""mission missions spacecraft probe probes orbiter lander rover rovers satellite satellites telescope observatory
    craft capsule module shuttle rocket helicopter drone moonshot flyby impactor programme program""")
_SPACE = re.compile(
    r"\b(?:space|spacecraft|missions?|probes?|orbit(?:er|ers|al|ing|ed|s)?|lander|rovers?|satellites?|telescope|observatory"
    r"|rockets?|launch(?:ed|er|es|ing)?|moon|lunar|mars|martian|venus|mercury|jupiter|saturn|asteroids?|comets?|planets?"
    r"|planetary|capsules?|crew(?:ed)?|astronauts?|cosmonauts?|nasa|esa|isro|jaxa|roscosmos|cnsa|flyby|payloads?)\b",
    re.IGNORECASE,
)
_PREDICATES = word_set("""is was were will has had s would could should may might can cannot which who that and or launched lifted reached
    entered arrived orbited carried carries flew landed crashed touched sent returned left separated collided began
    captured found detected lost completed survived failed made took weighs took mapped observed studied""")
_LINKS = word_set(
    """the a an and or at in on to from for with by of after before near around toward towards beyond when while if as its
    both since until but then when where like unlike although though because so our their his her this that these those"""
)
_HONORIFICS = word_set(
    "president mr mrs ms miss dr prof professor sir lord lady minister secretary senator chairman director judge"
)
_QUANTITIES = word_set("""years year months month weeks week days day hours hour minutes seconds times km kg kilometres kilometers metres
    meters miles tonnes tons kilograms percent per million billion crore lakh scientific""")
_ROMAN_AFTER = re.compile(r"[ -](?!I\b)[IVX]{1,5}\b")  # not the pronoun
_LETTER_AFTER = re.compile(r"-[A-Z](?:[A-Z0-9]{1,2})?(?![\w'’])")
_SECOND_NUMBER = re.compile(r"[-‐‑]\d{1,3}\b(?![-‐‑])")
_NUMBER_AFTER = re.compile(r"([ \u2010-\u2013-])(\d{1,3})[A-Z]?\b(?![.,]\d)(?:\s+([a-z]+))?")
_CRAFT_OF_A_FIRM = re.compile(
    r"(?:[-‐‑]\d{1,3}[A-Za-z]?| \d{1,2}[A-Z])\b(?![-‐‑](?:year|month|day|week))"
)  # SES-9, Arabsat-6A
_NTH_AFTER = re.compile(
    r" \d{1,2}[A-Za-z]?\b(?! (?:[a-z]+s|per|million|billion)\b)(?![.,]\d)"
)  # Intelsat 39, Eutelsat 10B
_LAUNCH_AFTER = re.compile(r"(?:['’]s)? launch (?:date|window)\b")
_SUM_AFTER = re.compile(r"\d(?:,\d{2,3}\b|\.\d)")  # "Rs 1,236 crore" names no rocket, "Luna 2.0" no probe
_ADDRESS_AFTER = re.compile(r"\.[a-z]{2,}|[@_]")
_LEGAL_FORM = re.compile(
    r",? (?:Corporation|Corp\b\.?|Incorporated|Inc\b\.?|Limited|Ltd\b\.?|LLC|L\.L\.C\.|AG|SE|SA|S\.A\.|SpA|S\.p\.A\.|GmbH|[Pp][Ll][Cc]|AB|ASA|Oyj?|NV|N\.V\.|BV"
    r"|Co\., Ltd\b\.?|Pty Ltd\b\.?|Pvt\.? Ltd\b\.?)(?![\w-])"
)
"""What a firm may have behind its name: it is part of it, and names nothing of its own."""
_SEATED = re.compile(r"\s?[-‐‑–]\s?(?:based|headquartered|born|origin|educated|trained|style)\b", re.IGNORECASE)
"""What tells that a country or a city only says where somebody is from: "Paris-based", "the U.K.-headquartered firm"."""
_APPOSED = re.compile(
    r", (?:an?|the|one of|(?:[A-Z][\w-]* ){0,4}[A-Z][\w-]*['’]s)\b[^,.;]{0,70}?\b(?:missions?|probe|spacecraft|orbiter|lander|rover|satellite|telescope|observatory"
    r"|rotorcraft|helicopter|craft|capsule|project)\b"
    r"|, (?:now|still) (?:looping|circling|orbiting|flying|travelling|traveling|cruising|mapping|studying|at work|in orbit|on its way)\b"
    r"|, its (?:forerunner|predecessor|successor|twin|sister|companion|sibling),"
)
"""What tells at the start of a sentence that an ordinary word names a craft: "Hope, the Emirati orbiter, …"."""
_TOKENS = Cutter(TOKEN.pattern)
_CONTEXT = 140  # code points to each side
_LINE = 200


class Mention(msgspec.Struct, frozen=True):
    """A stretch of text, as code points with the end exclusive, that names `id` of the catalog.

    `form` tells how: "Tokyo" is a `capital`, "Japanese" a `demonym`, "lunar" an `adjective`, "India's space agency" is
    `described`.
    """

    start: int
    end: int
    text: str
    family: Family
    id: str
    form: Form


class _Hit(msgspec.Struct, frozen=True):
    start: int
    end: int
    readings: Sequence[Surface]
    sure: bool


def find_known(text: str, catalog: Catalog) -> tuple[Mention, ...]:
    """Return the mentions of catalog names in a text, in order, none overlapping another. Pure and linear."""
    hits = _hits(text, trie_of(catalog))
    # What the text surely names: first by wordings of one meaning, then by the others in their light.
    named = {hit.readings[0].id for hit in hits if hit.sure and len(hit.readings) == 1}
    named |= {_chosen(hit.readings, named).id for hit in hits if hit.sure}
    mentions = []
    firms = {hit.end for hit in hits if hit.sure and _chosen(hit.readings, named).family == "organisation"}
    for hit in hits:
        chosen = _chosen(hit.readings, named)
        if chosen.family in ("country", "place") and _SEATED.match(text, hit.end):
            continue
        if hit.sure or chosen.id in named or _flies(text, hit, chosen, firms) or _speaks_of_space(text, hit):
            start = hit.start - 4 if _with_article(text, hit.start, chosen.wording) else hit.start
            end = hit.end + (chosen.wording.endswith("+") and text.startswith("+", hit.end))
            if chosen.family == "organisation" and (legal := _LEGAL_FORM.match(text, end)):
                end = legal.end()
            mentions.append(Mention(start, end, text[start:end], chosen.family, chosen.id, chosen.form))
    return tuple(mentions)


def _hits(text: str, trie: Trie) -> list[_Hit]:
    hits: list[_Hit] = []
    openings = trie.openings
    done = 0
    tokens = _TOKENS.cut(text)
    for at, token in enumerate(tokens.texts):
        node = openings[token]
        if node is None:
            continue
        start = tokens.starts[at]
        if start < done or (start and (text[start - 1].isalnum() or text[start - 1] in "@_")):
            continue
        end, readings = _longest(text, tokens, at, node)
        if end:
            done = end
            if readings and not _part_of_longer_name(text, start, end, readings[0]):
                hits.append(_Hit(start, end, readings, not readings[0].common or _certain(text, start, end)))
    return hits


def _longest(text: str, tokens: Pieces, at: int, node: Node) -> tuple[int, Sequence[Surface]]:
    """Return the end and the readings of the longest wording that begins at a token; 0 when there is none."""
    start = tokens.starts[at]
    best: tuple[int, Sequence[Surface]] = (0, ())
    while True:
        end = tokens.ends[at]
        if node.leaf is not None and not _is_cut(text, end):
            written = text[start:end]
            readings = [reading for reading in node.leaf if _cased(written, reading)]
            if readings or not node.leaf:
                best = (end, readings)
        here, at = tokens.texts[at], at + 1
        if not node.below or at == len(tokens.texts):
            return best
        gap = text[end : tokens.starts[at]]
        if gap in (", ", ","):
            node, gap = node.below.get(",", NOTHING), " "
        if gap not in _GAPS and not (gap == ". " and here.lower() in _DOTTED):
            return best
        below = node.below.get(fold_later_token(tokens.texts[at]))
        if below is None:
            return best
        node = below


def _is_cut(text: str, end: int) -> bool:
    """Whether more is written behind a token than a name can end with: letters, an address, the rest of a sum."""
    behind = text[end : end + 1]
    return behind.isalnum() or bool(_ADDRESS_AFTER.match(text, end)) or bool(_SUM_AFTER.match(text, end - 1))


def _cased(written: str, reading: Surface) -> bool:
    match reading.casing:
        case "any":
            return not reading.common or not written.islower() or reading.wording.islower()
        case "initial":
            return written[0].isupper() or (not written[0].isalpha() and not written.islower())
        case "capitals":
            return written.isupper() or written == reading.wording


def _with_article(text: str, start: int, wording: str) -> bool:
    """Whether the article is part of the name and stands before it: The Hague."""
    return wording.startswith("The ") and text[max(0, start - 4) : start] == "The "


def _part_of_longer_name(text: str, start: int, end: int, reading: Surface) -> bool:
    """Whether a name that the catalog lacks begins or ends here: `Artemis 9`, `President Moon`."""
    if reading.family in ("place", "destination", "country", "mission") and reading.form in (
        "name",
        "alias",
        "capital",
    ):
        before = text[max(0, start - 12) : start].rstrip(" .").rpartition(" ")[2].lower()
        if before in _HONORIFICS and reading.family != "country":
            return True
    if reading.family == "organisation":
        return bool(_CRAFT_OF_A_FIRM.match(text, end) or (text[end - 3 : end] == "sat" and _NTH_AFTER.match(text, end)))
    if reading.family == "mission" and "-" in text[start:end] and text[end - 1].isdigit():
        return _SECOND_NUMBER.match(text, end) is not None  # "Sich-2-30" is another than Sich-2
    if reading.family != "mission" or text[end - 1].isdigit():
        return False
    if _LETTER_AFTER.match(text, end):
        return True
    if _ROMAN_AFTER.match(text, end):
        return True
    number = _NUMBER_AFTER.match(text, end)
    return bool(number) and (number[1] != " " or number[3] not in _QUANTITIES) if number else False


def _chosen(readings: Sequence[Surface], named: set[str]) -> Surface:
    """The first reading, unless the text names only a later one by another name."""
    if len(readings) > 1 and readings[0].id not in named:
        return next((reading for reading in readings[1:] if reading.id in named), readings[0])
    return readings[0]


def _certain(text: str, start: int, end: int) -> bool:
    """Whether an ordinary word is a name beyond doubt: a craft beside it, or capitals among small letters."""
    after = TOKEN.search(text, end, end + 30)
    if after and text[end : after.start()] in (" ", "-", "'s ", "’s ") and after[0].lower() in _CRAFT:
        return True
    before = _word_before(text, start)
    if before.lower() in _CRAFT:
        return True
    written = text[start:end]
    capitals = written.isupper() or (any(c.isupper() for c in written[1:]) and written.isalpha())  # "InSight"
    return len(written) > 1 and capitals and not _shouted(text, start, end)


def _speaks_of_space(text: str, hit: _Hit) -> bool:
    """Whether the surroundings let an ordinary word with a capital be the name of a craft."""
    start, end = hit.start, hit.end
    if not _SPACE.search(text, end, end + _CONTEXT) and not _SPACE.search(text, max(0, start - _CONTEXT), start):
        return False
    written = text[start:end]
    if written.islower():
        return True
    if _shouted(text, start, end) or _in_headline(text, start, end):
        return False
    after = TOKEN.search(text, end, end + 30)
    if after and text[end : after.start()] == " " and after[0][0].isupper() and not after[0].isupper():
        return after[0].lower() in _CRAFT  # "Dawn Aerospace", "Hope Hicks"
    before = _word_before(text, start)
    if not before and _APPOSED.match(text, end, end + _CONTEXT):
        return True
    if not before and _LAUNCH_AFTER.match(text, end):
        return True
    if not before:  # at the start of a sentence the capital tells nothing
        return bool(after) and after[0].lower() in _PREDICATES if after else False
    owner = before.removesuffix("'s").removesuffix("’s")  # "NASA's Dawn"
    return not (before[0].isupper() and not owner.isupper() and before.lower() not in _CRAFT | _LINKS)


def _flies(text: str, hit: _Hit, chosen: Surface, firms: set[int]) -> bool:
    """Whether an ordinary word is a rocket because a firm stands in front of it, or something rides on it: "a Rocket Lab Electron"."""
    if chosen.family != "vehicle" or text[hit.start].islower():
        return False
    before = text[max(0, hit.start - 12) : hit.start]
    owned = _OWNED.search(before)
    return bool(_RIDES_ON.search(before)) or (owned is not None and hit.start - len(owned[0]) in firms)


_RIDES_ON = re.compile(r"\b(?:aboard|atop|on) an? $")
_OWNED = re.compile(r"(?:['’]s)? $")


def _word_before(text: str, start: int) -> str:
    """The word before, or nothing at the start of a sentence or line."""
    before = text[max(0, start - 30) : start]
    if not before.endswith((" ", "-", "\xa0")):
        return "(" if before.endswith(("(", "“", "‘", '"', "'")) and before[:-1].strip() else ""
    words = before.rstrip(" \xa0-")
    return "" if not words or words[-1] in ".!?:\n•*|" else re.split(r"[\s(“‘\"]", words)[-1]


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether the words around are all in capitals."""
    words = re.findall(r"[^\W\d_]{3,}", text[max(0, start - 25) : start] + " " + text[end : end + 25])
    return bool(words) and all(word.isupper() for word in words)


def _in_headline(text: str, start: int, end: int) -> bool:
    """Whether the line gives a capital to every longer word."""
    first = text.rfind("\n", max(0, start - _LINE), start) + 1
    last = text.find("\n", end, end + _LINE)
    line = text[max(first, start - _LINE) : last if last >= 0 else end + _LINE]
    words = re.findall(r"\b[^\W\d_]{4,}", line)
    return len(words) >= 4 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
