"""Noun phrases without a parser: from a head noun leftwards over its modifiers, and rightwards over its complements."""

import re
from collections.abc import Sequence

import msgspec

from tracker.extractors.rules.words import Word, is_date, word_set

ORDINALS = {
    name: number
    for number, names in enumerate(
        ("first inaugural maiden", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
         "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
         "nineteenth", "twentieth"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


DETERMINERS = word_set(
    "a an the this that these those its their his her our your my another each every any no some both one"
)
INDEFINITE = word_set("a an another one some")
# Words that end a phrase when they stand before or after it: prepositions, conjunctions, pronouns, verbs, adverbs.
_CLOSED = word_set(
    "of in on at by for from to with without into onto upon under over after before during since until between among through "
    "aboard via about against around across per as than like and or but nor so yet if when while where because although though "
    "that which who whom whose what how why it he she they we you i them him us me there here is are was were be been being am "
    "has have had having do does did will would shall should can could may might must not never also only just even still "
    "already soon now then again once more most said says say told called named known dubbed sent put built made make makes "
    "taken take takes took gave give gives signed sign signs launched launch launches lost left led held hold holds joined join "
    "joins announced announce approved approve approves asked carried carry carries carrying flew fly flies flying went go goes "
    "going came come comes gets get got see seen saw want wants wanted plan plans hope hopes expected scheduled seeks sought "
    "operated operate operates provided provide provides supplied developed develops develop including include includes "
    "followed follow follows became become becomes began begin begins begun became remains remain using used uses use hoping "
    "reached reach concluded conclude finalised finalized negotiate negotiated renewed extended inked struck exchanged "
    "attended attend chaired hosted host hosts opened open met meet meets discussed visit visited paid welcomed established "
    "planning building developing launching sending putting making operating running leading testing attending signing "
    "wins win won awards awarded bags bagged inks inked secures secured clinches clinched nets "
    "either neither whether however meanwhile today yesterday tomorrow tonight ago due set ready able likely away back up down "
    "out off above below near far later earlier too very well not's let lets ending ended ends following according despite "
    "re-sign re-signs re-signed became ink seal seals mull mulls eye eyes renew renews extend extends boost boosts deepen deepens expand expands agree agrees"
)
_ADJECTIVE_ED = word_set(
    "crewed uncrewed manned unmanned proposed planned joint-crewed related detailed combined automated unnamed limited "
    "dedicated advanced integrated united expanded renewed continued so-called new-born unprecedented needed enhanced"
)


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase: `modifiers` stand between the determiner and the head; `start` is that of the first modifier."""

    start: int
    head: Word
    determiner: str
    modifiers: tuple[Word, ...]
    first: int
    """The index of the first word of the phrase, determiner included."""
    index: int
    """The index of the head."""

    @property
    def definite(self) -> bool:
        """Whether it points at something known: `the`, `this`, `its`, a possessive."""
        return bool(self.determiner) and self.determiner not in INDEFINITE and self.determiner != "no"

    @property
    def ordinal(self) -> int | None:
        """Its number in a series, when a modifier tells one."""
        return next((n for n in map(ordinal, self.modifiers) if n is not None), None)


def ordinal(word: Word) -> int | None:
    """Return the number of `third`, `24th`, `inaugural`; None for other words."""
    if word.lower in ORDINALS:
        return ORDINALS[word.lower]
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word.lower)
    return int(match[1]) if match else None


def possessive(word: Word) -> bool:
    """Whether this is an owner: `Japan's`, `the agencies'` counts by its apostrophe."""
    return word.text.endswith("'s")


def modifies(word: Word) -> bool:
    """Whether a word may stand between a determiner and its noun."""
    if not word.text[0].isalnum() or word.lower in DETERMINERS:
        return False
    if word.capital and not possessive(word):
        return word.lower not in _CLOSED
    if word.lower in _CLOSED or possessive(word) or word.lower.endswith("ly"):
        return False
    if word.lower.endswith("ed") and "-" not in word.lower:
        return word.lower in _ADJECTIVE_ED
    return True


def phrase(words: Sequence[Word], index: int, *, limit: int = 9) -> Phrase:
    """Return the phrase whose head is `words[index]`."""
    first, aside = index, (index, index)
    while first > 0 and index - first < limit:
        if modifies(words[first - 1]) or _modifies_here(words, first - 1) or _made_so(words, first - 1):
            first -= 1
        elif words[first - 1].text in _CURRENCIES and words[first].text[0].isdigit():
            first -= 1  # "the €86m contract"
        elif (inside := _converted(words, first - 1)) is not None:
            aside = (inside, first)
            first = inside
        elif _listed(words, first, index) or _coordinated(
            words, first, index
        ):  # "the multi-year, multi-launch agreement"
            first -= 2
        else:
            break
    modifiers = (*words[first : max(first, aside[0])], *words[aside[1] : index])
    determiner = ""
    if first > 0 and (words[first - 1].lower in DETERMINERS or possessive(words[first - 1])):
        first -= 1
        determiner = words[first].lower
    elif first > 1 and words[first - 1].text == "'" and words[first - 2].text[0].isalpha():  # "the agencies' …"
        first -= 2
        determiner = words[first].lower + "'"
    return Phrase(
        modifiers[0].start if modifiers else words[index].start, words[index], determiner, modifiers, first, index
    )


_CURRENCIES = frozenset("$€£¥₹₩")
_ARTICLES = word_set("the a an its their our this")
_LAUNCHED = word_set("service services contract contracts agreement agreements deal deals safety vehicle support")


def _modifies_here(words: Sequence[Word], at: int) -> bool:
    """Whether a word that is mostly none of a phrase is one here: "launch service agreement", "an earlier pact"."""
    lower = words[at].lower
    if lower == "launch":
        return words[at + 1].lower in _LAUNCHED
    if lower == "host":
        return words[at + 1].lower in _LAUNCHED
    if (lower.endswith("ed") or lower == "lost") and at > 0 and words[at - 1].lower in _ARTICLES:
        return True  # "the damaged craft"
    return lower == "earlier" and at > 0 and words[at - 1].lower in ("a", "an", "the", "this", "that")


_SHORTENED = word_set("inc corp ltd co")
_OPENS_ASIDE = 7  # words in "(1,410 pounds or so)"


def _converted(words: Sequence[Word], at: int) -> int | None:
    """Return where something opens that ends here and may be skipped: a measure in other units ("the 640-kilo (1,410-pound) probe")."""
    if words[at].text == "." and words[at - 1].lower in _SHORTENED:
        return at  # "the Pintail Inc. spacecraft"
    if words[at].text != ")":
        return None
    begun = next((i for i in range(at - 1, max(0, at - _OPENS_ASIDE), -1) if words[i].text == "("), None)
    figures = (
        begun is not None and words[begun - 1].text[0].isdigit() and any(c.isdigit() for c in words[begun + 1].text)
    )
    return begun if figures else None


def _listed(words: Sequence[Word], first: int, index: int) -> bool:
    """Whether a comma stands between two adjectives behind an article: "a new, wider agreement"."""
    return (
        2 < first < index
        and words[first - 1].text == ","
        and words[first].text.islower()
        and words[first - 2].text.islower()
        and modifies(words[first - 2])
        and words[first - 3].lower in DETERMINERS
    )


def _coordinated(words: Sequence[Word], first: int, index: int) -> bool:
    return (
        2 < first < index
        and words[first - 1].lower == "and"
        and words[first - 2].text.islower()
        and modifies(words[first - 2])
        and words[first - 3].lower in DETERMINERS
    )


def title_cased(words: Sequence[Word]) -> bool:
    """Whether a line has its words in capitals as headlines do: there a capital makes no name."""
    long = [w for w in words if w.text.isalpha() and len(w.text) > _SMALL]
    return len(long) >= _SMALL and all(w.capital for w in long) and words[-1].text != "."


_SMALL = 3  # letters of the words that headlines leave small; fewer words make no headline


_MANNERS = word_set(
    "privately commercially jointly newly specially recently locally internationally nationally publicly specifically"
)


def _made_so(words: Sequence[Word], at: int) -> bool:
    """Whether a participle or its adverb tells how a thing came about: "a privately built lander"."""
    at += words[at].lower in _MANNERS
    made = words[at].lower.endswith("ed") or words[at].lower in ("built", "made", "run", "led", "known")
    return made and at > 0 and words[at - 1].lower in _MANNERS


def closes(word: Word) -> bool:
    """Whether a complement ends before this word: a verb, a pronoun, a relative."""
    return word.lower in _VERBAL or (word.text in '.;:!?"—–-' and len(word.text) == 1)


_VERBAL = word_set(
    "is are was were be been has have had will would shall should can could may might must that which who whom whose when while "
    "where because although though signed sign signs inked concluded said says told it he she they we under last next this "
    "during after before since until yesterday today tomorrow at by as but so if without followed reached awarded struck "
    "provides calls covers allows opens sets lets gives binds dates entered comes came went go goes took takes marks "
    "remain remains does did do not also earlier later soon shortly worth valued within here there whereby on-board "
    "became becomes manifests re-sign re-signs re-signed brings brought expects runs ran expires expired ends ended makes made means meant includes ahead towards toward dated "
    "lapses lapsed terminates ceases applies foresees envisages obliges commits regulates underpins paves stands sits faces awaits requires "
    "builds built reinforces updates extends replaces replaced supersedes complements strengthens strengthened deepens follows followed expands enhances "
    "carries bears bore stipulates specifies stalled collapsed foundered governs"
)
TOPIC = word_set("on concerning regarding about for covering")
PARTIES = word_set("between with among")


def complement(words: Sequence[Word], index: int, *, openers: frozenset[str], limit: int = 26) -> int:
    """Return the index after the complements that begin at `index` with one of `openers`; `index` where there are none.

    A complement runs on over commas only inside a list that an `and` closes ("production, transfer and storage").
    """
    if index >= len(words) or words[index].lower not in openers:
        return index
    if [w.lower for w in words[index : index + 2]] == ["on", "behalf"]:
        return index
    if index + 1 < len(words) and (is_date(words[index + 1]) or closes(words[index + 1]) or _lasts(words, index)):
        return index
    at = index + 1
    asks = at < len(words) and words[at].lower in ("how", "whether", "what", "who", "where")
    while at < len(words) and at - index < limit:
        word = words[at]
        if asks and word.lower in _VERBAL and word.lower not in ("said", "says", "told"):
            at += 1  # "on how the agencies will work together"
            continue
        if word.text == "(" and _is_acronym(words, at):
            at += 3  # "between the Space Agency (ASA) and …"
            continue
        if (closes(word) and not _ranks(words, at)) or word.text in "()" or _begins_anew(words, index, at):
            break
        at += 1
    while at > index + 1 and (words[at - 1].lower in _DANGLING or words[at - 1].text == ","):
        at -= 1
    return at


_DANGLING = (_CLOSED - {"launches", "plans"}) | {"the", "a", "an", "its", "their"}
"""Words that end no complement."""


def _ranks(words: Sequence[Word], at: int) -> bool:
    """Whether "next" or "last" tells which thing, not when: "on the next big mission"; not "last week"."""
    follows = words[at].lower in ("next", "last") and words[at - 1].lower in ("the", "its", "their")
    return follows and at + 1 < len(words) and words[at + 1].lower not in _UNITS_OF_TIME and not is_date(words[at + 1])


def _begins_anew(words: Sequence[Word], index: int, at: int) -> bool:
    """Whether something else begins at a word of the complement that opened at `index`: a time, a clause, another thing."""
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    if word.text == ",":
        return not _list_goes_on(words, at)
    if word.lower in ("a", "an", "he", "she") and at - index > 1 and words[at - 1].lower not in _CLOSED:
        infinitive = words[at - 2].lower == "to" and at - 2 >= index
        return not infinitive  # but "to send a satellite"
    if _lasts(words, at):
        return True
    if after is None:
        return False
    if after.lower == "than" or (word.lower in ("led", "leads", "leading") and after.lower == "to"):
        return True  # "the partnership of the two stronger than ever"
    if word.lower == "and":
        return closes(after) or after.lower in DETERMINERS - {"the"} or _acts(words, at + 1)
    return word.lower in ("on", "in", "for", "from", "of") and is_date(after)


def _acts(words: Sequence[Word], at: int) -> bool:
    """Whether a verb in the past goes on behind an `and`: "on tides and looked at storms"; not "and related topics"."""
    verb = words[at].text.islower() and words[at].lower.endswith("ed") and at + 1 < len(words)
    return verb and words[at + 1].lower in ("at", "to", "by", "that", "the", "a", "an", "on", "in", "with", "for", "it")


def _is_acronym(words: Sequence[Word], at: int) -> bool:
    """Whether an acronym in parentheses only interrupts a list: "A (AA) and B", "A (AA) on tides"."""
    behind = words[at + 3].lower if at + 3 < len(words) else ""
    return (
        at + 2 < len(words)
        and words[at + 2].text == ")"
        and words[at + 1].capital
        and behind in ("and", "on", "for", ",")
    )


_UNITS_OF_TIME = word_set("year years month months decade decades week weeks")


def _lasts(words: Sequence[Word], at: int) -> bool:
    """Whether "for" tells how long: "for another five years", "for an initial period of three years"."""
    if words[at].lower != "for":
        return False
    behind = [w.lower for w in words[at + 1 : at + 5]]
    return any(w in _UNITS_OF_TIME for w in behind) and behind[0] not in ("the", "cooperation", "its")


def _list_goes_on(words: Sequence[Word], comma: int) -> bool:
    """Whether an `and` closes a list within a few words after this comma, with no verb between; things and names are no list."""
    if comma + 1 < len(words) and words[comma + 1].capital and not words[comma - 1].capital:
        return False  # "under an agreement on tides, A and B sail"
    for word in words[comma + 1 : comma + 8]:
        if word.lower == "and":
            return True
        if closes(word) or word.lower in DETERMINERS or word.text in "()":
            return False
    return False
