"""Meetings told by a verb: "the minister visited Seoul", "the two presidents met in Paris", "held talks with".

Only people who hold an office, and delegations, make a meeting; a rocket that met its target does not.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.meetings.actors import HIGH, offices, who_before, whom_after, without_tail
from tracker.extractors.rules.subjects.meetings.leaders import home_id, introduced, leader_ids, who_ids
from tracker.extractors.rules.subjects.meetings.participles import AT_THE_HEAD, find_participles
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, word_set

_DAY = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z.]*\s\d"
)
_GATHERED = (
    rf"(?=\s(?:for the \w+ time\s)?(?:(?:in|at|on)\s(?:the\s)?[A-Z]|at\sthe\s(?:headquarters|offices?|embassy|ministry|residence|premises|seat)\b|on\sthe\s(?:sidelines|margins)|here\b|in person\b|face to face\b|(?:on\s)?(?:{_DAY})|on\s\d|virtually|online|(?:by|via|over|over the)\s(?:video|phone|telephone|tele|zoom|Zoom)"
    r"|again|earlier|yesterday|last|this week|for (?:talks|a \w+ meeting|their)|to discuss|behind closed|over two days|and\s(?:agreed|discussed)"
    r"|in which|at which|during which|where|in (?:January|February|March|April|May|June|July|August|September|October|November|December)))"
)
_WHEN_WHERE = rf"(?:here |today |yesterday |virtually |online |(?:on )?(?:{_DAY})(?:\d\b)? |on \d+ [A-Z]\w+ |in [A-Z]\w+(?: [A-Z]\w+)? |last week |this week ){{1,2}}"
_DATED = re.compile(rf" {_WHEN_WHERE}with$")
_TALKS = r"(?:(?:\w+|high-level|in-depth|wide-ranging|one-on-one) ){0,2}(?:talks|consultations|discussions|a meeting|meetings)"
_SOON = r"(?:will|is to|are to|(?:is|are) (?:due|expected|scheduled|set) to|plans? to|(?:have |has |had )?(?:agreed|decided|promised|vowed) to|(?:intend|want|hope|expect|wish)s? to)"
_MEETS = re.compile(
    rf"\b(?P<along>(?:met|meets?|(?:have |has |had )met) {_WHEN_WHERE}with|(?:held|holds?|holding|had|will hold) {_TALKS} (?:{_WHEN_WHERE})?with"
    rf"|(?:held|holds?|will hold) an? (?:[\w-]+ ){{0,2}}(?:dialogue|round) (?:{_WHEN_WHERE})?with)\b"
    rf"|\b(?P<gather>(?:(?:have |had |has )?(?:met|gathered|convened|sat down(?: together)?|came together|conferred|assembled|held {_TALKS})"
    rf"|(?:{_SOON}|to) (?:meet|gather|convene|confer|hold {_TALKS})|meets?|gathers?|convenes?|holds? {_TALKS})){_GATHERED}"
    rf"|\b(?P<visit>visited|visits|{_SOON} (?:visit|travel to|fly to|go to|tour)|(?:paid|pays|made|began|concluded|completed) an? (?:[\w-]+ ){{0,3}}visit to"
    r"|(?:was|were|is|are) (?:visiting|calling on|touring)"
    r"|travell?ed to|(?:leaves|left) for|came to|flew to|went to|journeyed to|arrived in|(?:was|were) in|toured|(?:was|were|is|are) on an? (?:[\w-]+ ){0,2}visit to)\b"
    r"|\b(?P<met>met with|met|sat down with|conferred with|called on|spoke (?:by \w+ )?with|was received by|were received by|received|hosted|welcomed|saw)\b",
)
_VERBS = word_set(
    "met meet meets gathered gather gathers convened convene convenes sat came conferred assembled held hold holds holding had "
    "meeting gathering visited visit visits visiting calling touring tour travelled traveled travel fly go flew went journeyed arrived toured called spoke "
    "confer received hosted welcomed saw leaves left paid pays made began concluded completed"
)
"""A word of each of these patterns, which are dear to look for in every sentence."""
_MET, _IN, _WAS = trigger(_VERBS), trigger(("in",)), trigger(("was", "were"))


def _may_tell(words: Sequence[Word], triggers: int) -> bool:
    if not triggers & _MET and not (triggers & _IN and triggers & _WAS):
        return False
    return any(
        w.lower in _VERBS or (w.lower == "in" and i and words[i - 1].lower in ("was", "were"))
        for i, w in enumerate(words)
    )


def find_encounters(page: Page, words: Sequence[Word], triggers: int) -> Iterator[Candidate]:
    """Yield the meetings that the verbs of a sentence tell; the mention runs from who met to whom or what place."""
    if not _may_tell(words, triggers):
        return
    ends = {word.end: i for i, word in enumerate(words)}
    begins = {word.start: i for i, word in enumerate(words)}
    if any(w.lower in AT_THE_HEAD for w in words):
        yield from find_participles(page, words)
    for match in _MEETS.finditer(page.twin, words[0].start, words[-1].end):
        verb, last = begins.get(match.start()), ends.get(match.end())
        if verb is None or last is None:
            continue
        one = (_gathered if match["gather"] else _met)(page, words, match, verb, last)
        if one is not None:
            yield one


def _gathered(page: Page, words: Sequence[Word], match: re.Match[str], verb: int, last: int) -> Candidate | None:
    """People who met somewhere or some day: "the two ministers met in Oslo", "officials of A and B met here on Monday"."""
    first = who_before(words, verb, both=True)
    if first is None:
        return None
    who = words[first:verb]
    start = words[first].start
    parties = who_ids(page, start, words[verb - 1].end)
    if not (offices(who) or (len(parties) > 1 and any(w.lower == "and" for w in who))):
        return None
    if not parties and not any(w.lower in HIGH or w.lower in ("both", "two") for w in who):
        return None  # engineers who met somewhere
    stop = last
    if words[last + 1].lower in ("in", "at"):
        stop = (whom_after(words, last + 2) or last + 1) - 1
        where = page.known_over(words[last + 2].start, words[stop].end) if stop > last + 1 else None
        if where is None or where.family not in ("country", "place", "organisation"):
            stop = last
    left = without_tail(squeezed(page, start, words[verb - 1].end))
    place = f" {words[last + 1].lower} {squeezed(page, words[last + 2].start, words[stop].end)}" if stop > last else ""
    clause = squeezed(page, start, words[stop].end)
    return Candidate(
        kind="meeting", start=match.start(), end=words[stop].end, form="descriptive", keys=(fold(clause),), name=f"meeting of {left}{place}",
        names=(clause,), nouns=("meeting", "talks"), parties=parties,
    )  # fmt: skip


def _met(page: Page, words: Sequence[Word], match: re.Match[str], verb: int, last: int) -> Candidate | None:
    """Somebody who met or visited somebody: "the minister met her counterpart", "a delegation went to Seoul"."""
    first = who_before(words, verb)
    stop = whom_after(words, last + 1)
    if first is None or stop is None:
        return None
    who, whom = words[first:verb], words[last + 1 : stop]
    start, end = words[first].start, whom[-1].end
    known = introduced(page, [w for w in who if w.lower not in _THEN])
    sent = ("," in (w.text for w in who)) and bool(
        party_ids(page, start, words[verb - 1].end)
    )  # "Ann Lee, of NASA, went"
    if not (offices(who) or leader_ids(page, start, words[verb - 1].end) or known or (sent and match["visit"])):
        return None
    place = any(m.family in ("country", "place", "organisation") for m in page.known_in(whom[0].start, end))
    if not (place if match["visit"] else offices(whom) or leader_ids(page, whom[0].start, end)):
        return None
    clause = squeezed(page, start, end)
    left, right = without_tail(squeezed(page, start, words[verb - 1].end)), squeezed(page, whom[0].start, end)
    parties = (*(p for p in known if p not in who_ids(page, start, end)), *who_ids(page, start, end))
    if match["visit"]:
        parties = with_host(page, whom[0].start, end, parties)
    if len(parties) == 1 and _ours(page, start, words[verb - 1].end):
        parties = (*_home(page, parties), *parties)
    dated = _DATED.search(page.twin, match.start(), match.end())
    return Candidate(
        kind="meeting", start=words[verb].start, end=dated.start() if dated else end, form="descriptive", keys=(fold(clause),),
        name=f"visit of {left} to {right}" if match["visit"] else f"meeting of {left} with {right}",
        names=(clause,), nouns=("visit",) if match["visit"] else ("meeting", "talks"), parties=parties,
    )  # fmt: skip


_THEN = word_set("then later also had has have")

_HEADS_OF_STATE = re.compile(
    r"\b(?:prime minister|president|foreign minister|finance minister|chancellor|premier|cabinet)\b", re.IGNORECASE
)


def _ours(page: Page, start: int, end: int) -> bool:
    """Whether the head of a state is spoken of that nobody names: that of the country where the article was written."""
    return bool(_HEADS_OF_STATE.search(page.twin, start, end)) and not who_ids(page, start, end)


def _home(page: Page, parties: tuple[str, ...]) -> tuple[str, ...]:
    home = home_id(page)
    return (home,) if home and home not in {page.catalog.country_of(p) or p for p in parties} else ()


def with_host(page: Page, start: int, end: int, parties: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parties of a visit, with the country of the place that is visited."""
    states = {page.catalog.country_of(id_) or id_ for id_ in parties}
    for mention in page.known_in(start, end):
        host = page.catalog.country_of(mention.id) if mention.family == "place" else None
        if host is not None and host not in states:
            return (*parties, host)
    return parties
