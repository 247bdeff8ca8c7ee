"""Firms and bodies that no list has and whose names tell nothing, known by what they do: they sign, win and award contracts.

"An agreement with Manastu", "Vellon has won a contract", "NASA and Arkisys signed": where only a party can stand, a name in
capitals is one. People stand in other places ("signed by Ann Lee"), and those are left alone.
"""

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from tracker.domain.ids import slug
from tracker.extractors.rules.names.introduced import FIRM_NAME, introduced
from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.names.shortened import overlaps
from tracker.extractors.rules.names.workers import owners, workers
from tracker.extractors.rules.words import is_date, word_set, words_of

_X = FIRM_NAME
_ASIDE = r"(?: \([^()]{1,14}\))?"
_NOUN = (
    r"(?:agreements?|contracts?|MoUs?|MOUs?|memorand(?:um|a)(?: of understanding)?|deals?|pacts?|partnerships?|arrangements?|accords?"
    r"|letters? of intent|tie-ups?)"
)
_PACT = _NOUN + _ASIDE
_SIGNS = r"(?:signed|sign|signs|inked|ink|inks|concluded|conclude|entered into|renewed|exchanged|formalised|formalized|struck|sealed|clinched|reached|announced|finali[sz]ed)"
_A = r"(?:a|an|the|its|another|two|three)"
_GIVEN = r"(?:award(?:s|ed|ing)?|hand(?:s|ed|ing)?|grant(?:s|ed|ing)?)"
_PATTERNS = tuple(
    (given, re.compile(pattern))
    for given, pattern in (
        (False, rf"{_PACT}(?:,? (?:signed|inked|concluded|reached))? (?:with|between) (?:the )?{_X}"),
        (False, rf"{_PACT} (?:between|with) [^.;,]{{2,60}}? and (?:the )?{_X}"),
        (True, rf"{_GIVEN} (?:the )?{_X}(?= (?:consortium |group |team |alliance |joint venture )?{_A} )"),
        (False, rf"{_PACT} [^.;]{{0,60}}?\b(?:awarded|handed|went|gone) to (?:the )?{_X}"),
        (True, rf"(?:award|hand|grant)(?:s|ed|ing)? {_PACT} to (?:the )?{_X}"),
    )
)
"""Each with whether it opens with a word of giving, else with the noun of a pact: these are looked for first."""
_OPENINGS = tuple(re.compile(rf"{opening}\b") for opening in (_NOUN, _GIVEN))
_WINNER = re.compile(
    rf"{_X},? (?:has |have |had )?(?:won|wins|bagged|bags|secured|secures|clinched|clinches|landed|lands)(?= {_A} (?:[\w,-]+ ){{0,5}}(?:contract|order|deal)s?\b)"
)
_SIGNER = re.compile(
    rf"(?<![\w-] )(?<![\w-]){_X}{_ASIDE},? (?:(?:has|have|had|recently|also|today|yesterday|jointly|formally|last week|on \w+day),? )*{_SIGNS} "
    rf"(?:an?|its|the) (?:[\w$€£-]+ ){{0,6}}{_PACT}"
)
"""Who signs, where a sentence begins with it."""
_SEVERAL = re.compile(
    rf"(?<![\w,-] )(?<![\w-])(?P<x>(?:{_X.replace('?P<x>', '?:')}{_ASIDE}(?:, | and |, and | & ))+{_X.replace('?P<x>', '?:')}){_ASIDE} (?:(?:have|had|recently|also|today|yesterday|jointly|formally|last week|on \w+day),? )*"
    rf"{_SIGNS} (?:an?|their|the) (?:[\w$€£-]+ ){{0,6}}{_PACT}"
)
"""Several who sign together, none of whom a list has."""
_OWNED = re.compile(rf"[A-ZÀ-Þ](?<!\w.)[\w-]+['’]s {_X}{_ASIDE} (?:(?:has|had|have|recently|also) )*{_SIGNS}\b")
"""Who signs, with its country in front: "Sri Lanka's Kestra struck a deal"."""
_MORE = re.compile(
    rf"{_ASIDE}((?:, {_X.replace('?P<x>', '?:')}{_ASIDE})*,? (?:and|&) (?:the )?{_X.replace('?P<x>', '?:')})"
)
"""The rest of a list: "contracts to A, B and C"."""
_ONE_OF_LIST = re.compile(_X)
_HEAD = re.compile(r"[A-ZÀ-Þ](?<![\w-] .)(?<![\w-].)")
"""A capital at the head of a sentence or of a clause, where these two begin."""
_AND = "and "
_WON = ("contract", "order", "deal")
# These two are looked for first: they are rare, and the patterns that begin with a name are dear.
_WINS = re.compile(r"\b(?:won|wins|bag|secure|clinch|land)")
_SIGNED = re.compile(_SIGNS)
_BESIDE = re.compile(
    rf"(?<=and )(?:the )?(?:[A-ZÀ-Þ]\w+['’]s )?{_X}{_ASIDE}(?= (?:on \w+day |today |have |has |had |jointly )*{_SIGNS}\b)"
)
_BEFORE = re.compile(
    rf"{_X}{_ASIDE} and (?:the )?(?=[^.;,]{{2,60}} (?:on \w+day |today |have |has |had |jointly )*{_SIGNS}\b)"
)
_NO_FIRM = word_set(
    "The This That These An In On At For And But With By From Under After During President Prime Minister Premier Chancellor Secretary "
    "CEO CTO COO CFO Founder Co-founder Cofounder Executive Vice Senior Managing Mr Mrs Ms Dr Professor General Chairman Director Administrator Ambassador Chief King Queen Prince Foreign Defence Union Cabinet "
    "Both Two Three Its Their Moon Mars Earth Space MoU MOU It He She They We Sultan Emir Sheikh Crown Senator Governor Commander Captain "
    "Former Then Current Acting Interim Company Group Lieutenant Colonel Major Admiral Astronaut Deputy Attorney Treasury US U.S. EU UN It Now Today Yesterday Officials Officers Leaders"
)


_PERSON = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|[Pp]rofessor|[Dd]irector|[Pp]resident|[Cc]hairman|[Mm]inister|[Aa]dministrator|[Hh]ead|[Cc]hief|CEO|[Aa]mbassador|[Ss]ecretary)\.? $"
)
"""What stands in front of a person's name: "ISA director Ann Lee and DLR signed"."""


_OFFICER = re.compile(
    r"\b(?:[Dd]irector|[Hh]ead|[Cc]hief|CEO|[Pp]resident|[Cc]hairman|[Cc]hairwoman|[Aa]dministrator) of (?:the )?"
    r"(?:[A-ZÀ-Þ][\w'’-]* |of |the |for |and |state |national |space |corporation |company |agency |group |firm |institute |centre |center |operator ){1,8}$"
)
"""What stands in front of a person's name with a body between: "the director of Roscosmos state corporation Igor Orlov"."""


def find_signers(text: str, taken: Sequence[tuple[int, int]], crafts: Sequence[int] = ()) -> tuple[Mention, ...]:
    """Return the parties to contracts and agreements that lie outside the stretches already taken, in order; none overlap.

    `crafts` are the places where names of spacecraft begin: whose they are is a party too.
    """
    spans = sorted(taken)
    found: dict[int, Mention] = {}
    told = _told(text)
    beside = _beside(text, spans) if _SIGNED.search(text) else ()
    for begun, ended in itertools.chain(told[0], beside, told[1], owners(text, crafts)):
        start = begun + len("The ") if text.startswith("The ", begun) else begun
        name = text[start:ended].removesuffix("'s").removesuffix("’s")
        end = start + len(name)
        words = words_of(text, start, end)
        person = _PERSON.search(text, max(0, start - 16), start) is not None or (
            len(words) > 1 and _OFFICER.search(text, max(0, start - 80), start) is not None
        )
        if words and words[0].text not in _NO_FIRM and not (person or is_date(words[0]) or overlaps(spans, start, end)):
            held = found.get(start)
            if held is None or end > held.end:
                found[start] = Mention(start, end, name, "organisation", "org/" + slug(name), "name")
    kept: list[Mention] = []
    for mention in sorted(found.values(), key=lambda m: m.start):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


_Spans = tuple[tuple[int, int], ...]


@functools.lru_cache(maxsize=4)  # a text is looked through for its agreements, and again for its parties
def _told(text: str) -> tuple[_Spans, _Spans]:
    """Return where names stand that only a party can have there, whatever is known: who signs or wins, and who is called a firm."""
    return (*_taking_part(text),), (*_signing(text), *introduced(text), *workers(text))


def _taking_part(text: str) -> Iterator[tuple[int, int]]:
    """Yield who is named behind the noun of a pact, and who wins one."""
    for match in _behind_nouns(text):
        yield match.span("x")
        rest = _MORE.match(text, match.end("x"))
        for one in _ONE_OF_LIST.finditer(text, *rest.span(1)) if rest else ():
            yield one.span()
    if any(noun in text for noun in _WON) and _WINS.search(text):
        yield from (match.span("x") for match in _WINNER.finditer(text))


def _beside(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield who signs beside one that is known: "NASA and Arkisys signed"."""
    at = text.find(_AND)
    while at >= 0:
        match = _BESIDE.match(text, at + len(_AND))
        if match and _known_at(spans, match.start() - len(" and")):
            yield match.span("x")
        at = text.find(_AND, match.end() - len(_AND) if match else at + 1)
    for match in _BEFORE.finditer(text):
        if any(start == match.end() for start, _ in spans[bisect.bisect_left(spans, (match.end(), 0)) :][:1]):
            yield match.span("x")


def _signing(text: str) -> Iterator[tuple[int, int]]:
    """Yield who signs in front of the verb: owned by a country, or named there first."""
    if not _SIGNED.search(text):
        return
    yield from (match.span("x") for match in _OWNED.finditer(text))
    heads = [match.start() for match in _HEAD.finditer(text)]
    for match in _at(_SEVERAL, text, heads):
        for one in _ONE_OF_LIST.finditer(text, *match.span("x")):
            if _is_no_person(text, *one.span()):
                yield one.span()
    for match in _at(_SIGNER, text, heads):
        if _is_no_person(text, *match.span("x")):
            yield match.span("x")


def _is_no_person(text: str, start: int, end: int) -> bool:
    """Whether who signs at the head of a sentence is a firm: named there first, and nobody's surname told before."""
    name = text[start:end]
    words = name.split()
    if any(word in _NO_FIRM for word in words):
        return False
    before = text[:start]
    return name not in before if len(words) > 1 else re.search(rf"\w {re.escape(name)}\b", before) is None


def _behind_nouns(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of the patterns, which are tried only where a word stands that one of them opens with."""
    openings = [[m.start() for m in pattern.finditer(text) if _opens_a_word(text, m.start())] for pattern in _OPENINGS]
    for given, pattern in _PATTERNS:
        yield from _at(pattern, text, openings[given])


def _at(pattern: re.Pattern[str], text: str, starts: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begin at these places, none overlapping another."""
    free = 0
    for start in starts:
        match = pattern.match(text, start) if start >= free else None
        if match:
            free = match.end()
            yield match


def _opens_a_word(text: str, start: int) -> bool:
    return not start or not (text[start - 1].isalnum() or text[start - 1] == "_")


def _known_at(spans: Sequence[tuple[int, int]], end: int) -> bool:
    """Whether a stretch that is taken ends here, or right before a parenthesis that does."""
    at = bisect.bisect_left(spans, (end, 0))
    return any(abs(last - end) <= 1 or 0 < end - last <= len(" (ACRONYM)") for _, last in spans[max(0, at - 2) : at])
