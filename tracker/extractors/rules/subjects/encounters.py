"""Meetings told by a verb: "the minister visited Seoul", "the two presidents met in Paris", "held talks with".

Only people who hold an office, and delegations, make a meeting; a rocket that met its target does not.
"""

import re
from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.grouping import main_parties
from tracker.extractors.rules.subjects.leaders import home_id, introduced, leader_ids, who_ids
from tracker.extractors.rules.subjects.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.phrases import DETERMINERS, closes
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, is_date, word_set

OFFICES = word_set(
    "president presidents minister ministers premier secretary chairman chairwoman chair administrator director chief chiefs head heads "
    "ambassador counterpart counterparts officials delegation delegations leader leaders king prince chancellor envoy commissioner "
    "delegates representatives executives negotiators scientists engineers teams presidents kings chancellors envoys ambassadors "
    "team administrators undersecretary commissioners side sides agencies governments managers executive"
)
"""The offices and bodies whose meeting is one."""
_HIGH = word_set(
    "president presidents minister ministers premier premiers chancellor chancellors king kings prince leader leaders heads "
    "chiefs ambassadors envoys delegates negotiators governments agencies sides"
)
"""Those whose meeting is one even where nobody tells whom they stand for."""
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
    rf"|\b(?P<gather>(?:(?:have |had |has )?(?:met|gathered|convened|sat down|came together|conferred|assembled|held {_TALKS})"
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
ENCOUNTER = trigger(_VERBS | {"in"})


def _may_tell(words: Sequence[Word]) -> bool:
    return any(
        w.lower in _VERBS or (w.lower == "in" and i and words[i - 1].lower in ("was", "were"))
        for i, w in enumerate(words)
    )


_BEFORE_WHO = word_set("and has had where in month year week weekend summer autumn spring winter")
_SPAN = 18  # words to each side


def find_encounters(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the meetings that the verbs of a sentence tell; the mention runs from who met to whom or what place."""
    if not _may_tell(words):
        return
    ends = {word.end: i for i, word in enumerate(words)}
    begins = {word.start: i for i, word in enumerate(words)}
    if words[0].lower in _AT_THE_HEAD:
        yield from _who_meeting(page, words)
    for match in _MEETS.finditer(page.twin, words[0].start, words[-1].end):
        verb, last = begins.get(match.start()), ends.get(match.end())
        if verb is None or last is None:
            continue
        one = (_gathered if match["gather"] else _met)(page, words, match, verb, last)
        if one is not None:
            yield one


def _gathered(page: Page, words: Sequence[Word], match: re.Match[str], verb: int, last: int) -> Candidate | None:
    """People who met somewhere or some day: "the two ministers met in Oslo", "officials of A and B met here on Monday"."""
    first = _who(words, verb, both=True)
    if first is None:
        return None
    who = words[first:verb]
    start = words[first].start
    parties = who_ids(page, start, words[verb - 1].end)
    if not (_offices(who) or (len(parties) > 1 and any(w.lower == "and" for w in who))):
        return None
    if not parties and not any(w.lower in _HIGH or w.lower in ("both", "two") for w in who):
        return None  # engineers who met somewhere
    stop = last
    if words[last + 1].lower in ("in", "at"):
        stop = (_whom(words, last + 2) or last + 1) - 1
        where = page.known_over(words[last + 2].start, words[stop].end) if stop > last + 1 else None
        if where is None or where.family not in ("country", "place", "organisation"):
            stop = last
    left = _without_tail(squeezed(page, start, words[verb - 1].end))
    place = f" {words[last + 1].lower} {squeezed(page, words[last + 2].start, words[stop].end)}" if stop > last else ""
    clause = squeezed(page, start, words[stop].end)
    return Candidate(
        kind="meeting", start=match.start(), end=words[stop].end, form="descriptive", keys=(fold(clause),), name=f"meeting of {left}{place}",
        names=(clause,), nouns=("meeting", "talks"), parties=parties,
    )  # fmt: skip


_AT_THE_HEAD = frozenset(("meeting", "gathering"))
_BEFORE_THERE = word_set("in at on here with for virtually online")


def _who_meeting(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """The meeting of whoever a participle opens on: "Meeting in Oslo on Friday, the presidents of A and B agreed to …"."""
    comma = next((i for i, w in enumerate(words) if w.text == ","), len(words))
    if comma + 2 >= len(words) or words[1].lower not in _BEFORE_THERE:
        return
    verb = next((i for i in range(comma + 1, len(words)) if closes(words[i]) or words[i].text == ","), len(words))
    who = words[comma + 1 : verb]
    parties = who_ids(page, who[0].start, who[-1].end) if who else ()
    if not (_offices(who) or len(parties) > 1):
        return
    stop = (_whom(words, 2) or 2) - 1 if words[1].lower in ("in", "at") else 0
    clause = squeezed(page, words[0].start, words[stop].end)
    told = len(parties) < 2 and any(w.lower in ("two", "both") for w in who[:2])
    yield Candidate(
        kind="meeting", start=words[0].start, end=words[stop].end, form="descriptive", keys=(fold(clause),),
        name=f"meeting of {squeezed(page, who[0].start, who[-1].end)}", names=(clause,), nouns=("meeting", "talks"),
        parties=main_parties(page) if told else parties,
    )  # fmt: skip


def _met(page: Page, words: Sequence[Word], match: re.Match[str], verb: int, last: int) -> Candidate | None:
    """Somebody who met or visited somebody: "the minister met her counterpart", "a delegation went to Seoul"."""
    first = _who(words, verb)
    stop = _whom(words, last + 1)
    if first is None or stop is None:
        return None
    who, whom = words[first:verb], words[last + 1 : stop]
    start, end = words[first].start, whom[-1].end
    known = introduced(page, [w for w in who if w.lower not in _THEN])
    sent = ("," in (w.text for w in who)) and bool(
        party_ids(page, start, words[verb - 1].end)
    )  # "Ann Lee, of NASA, went"
    if not (_offices(who) or leader_ids(page, start, words[verb - 1].end) or known or (sent and match["visit"])):
        return None
    place = any(m.family in ("country", "place", "organisation") for m in page.known_in(whom[0].start, end))
    if not (place if match["visit"] else _offices(whom) or leader_ids(page, whom[0].start, end)):
        return None
    clause = squeezed(page, start, end)
    left, right = _without_tail(squeezed(page, start, words[verb - 1].end)), squeezed(page, whom[0].start, end)
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


def _without_tail(left: str) -> str:
    """Return who met as a part of a name: without an aside and without auxiliaries behind it."""
    left = re.sub(r"(?:,\s[a-z].*)?(?: (?:has|have|had|also|later|then|will|are to|is to))*$", "", left)
    return left[0].lower() + left[1:] if left.split(" ")[0].lower() in OFFICES else left


def _offices(words: Sequence[Word]) -> bool:
    return any(w.lower.removesuffix("'s") in OFFICES for w in words)


def _who(words: Sequence[Word], verb: int, *, both: bool = False) -> int | None:
    """Return where the subject begins: back over names and offices to the last break; over an `and` where `both` are meant."""
    first = _before_aside(words, _before_when(words, verb))
    verb = first
    while first > 0 and verb - first < _SPAN:
        left = words[first - 1]
        if left.text == ")" and first > 2 and words[first - 3].text == "(":
            first -= 3  # an acronym: "the head of the Space Agency (ASA) met"
            continue
        if left.text in ",()" and verb - first < 2:  # an aside before the verb: "the minister, on a tour, met"
            first -= 1
            continue
        if left.lower == "by" and first > 1 and words[first - 2].lower in ("led", "headed"):
            first -= 2  # "a delegation led by Ann Lee went to Oslo"
            continue
        joins = left.lower == "and" or left.text == ","
        if (
            joins
            and words[first].capital
            and first > 1
            and words[first - 2].capital
            and (both or _lists_who(words, first))
        ):
            first -= 1  # "officials of A, B and C", "A's minister and B's president met"
            continue
        if both and left.lower == "and" and first > 1 and words[first].lower in ("her", "his", "their", "the"):
            first -= 1
            continue
        if left.text == "." and first > 1 and len(words[first - 2].text) == 1 and words[first].capital:
            first -= 2  # the initial of a name
            continue
        if both and left.lower == "and" and first > 2 and words[first - 2].text == ",":
            opened = _before_aside(words, first - 1)  # "A, head of B, and C, head of D, met"
            if opened < first - 1:
                first = opened
                continue
        counts = left.text.isdigit() and words[first].text.islower()  # "ministers of the 22 member states"
        if (
            closes(left)
            or left.text in ",()"
            or left.lower in _BEFORE_WHO
            or (_is_day(words, first - 1) and not counts)
        ):
            break
        first -= 1
    while first < verb and (words[first].lower in DETERMINERS or not words[first].text[0].isalnum()):
        first += 1
    return first if first < verb else None


def _is_day(words: Sequence[Word], at: int) -> bool:
    """Whether a word tells a day; "Jan" and "April" in front of a surname are names."""
    named = words[at].lower in ("jan", "april", "june", "may", "august") and at + 1 < len(words)
    return is_date(words[at]) and not (named and words[at + 1].capital and not words[at + 1].text[0].isdigit())


def _before_when(words: Sequence[Word], verb: int) -> int:
    """Return the place of the day that stands in front of a verb: "the minister on Wednesday received"; else the verb's."""
    at = verb
    while at > 1 and (is_date(words[at - 1]) or words[at - 1].lower in _WHEN):
        at -= 1
    told = any(is_date(w) or w.lower in ("today", "yesterday", "week") for w in words[at:verb])
    return at if told else verb


_WHEN = word_set("on also earlier today yesterday last this week recently later separately")


def _before_aside(words: Sequence[Word], verb: int) -> int:
    """Return the place of the comma that opens an aside in front of a verb: "the minister, who is on a tour of Asia, met"."""
    if verb < 4 or words[verb - 1].text != ",":
        return verb
    for at in range(verb - 3, max(0, verb - 24), -1):
        opens = words[at].text == "," and at < verb - 2
        if opens and (
            words[at + 1].lower in _ASIDES or words[at + 1].lower in OFFICES or _is_name(words[at + 1 : verb - 1])
        ):
            return at
    return verb


def _is_name(words: Sequence[Word]) -> bool:
    """Whether an aside is nothing but a person's name: "the minister, Ann B. Lee, met"."""
    return 2 <= len(words) <= _NAMED and all(w.capital or w.text == "." for w in words)


_NAMED = 5  # words

_ASIDES = word_set(
    "of from who which headed led accompanied represented comprising including on in currently now here the a an its his her director-general deputy vice acting board"
)


def _lists_who(words: Sequence[Word], at: int) -> bool:
    """Whether a list that goes on at this word began behind "of" or "from": "leaders of A, B and C"."""
    for word in reversed(words[max(0, at - 10) : at]):
        if word.lower in ("of", "from"):
            return True
        if not (word.capital or word.lower in ("and", "the") or word.text == ","):
            return False
    return False


def _whom(words: Sequence[Word], at: int) -> int | None:
    last = at
    while last < len(words) and last - at < _SPAN:
        word = words[last]
        if (
            closes(word)
            or word.text in ",()"
            or word.lower in ("in", "on", "for", "from", "with", "to", "and", "led", "headed")
            or (
                word.lower == "the"
                and last + 1 < len(words)
                and words[last + 1].lower in ("same", "following", "previous")
            )
            or is_date(word)
        ):
            break
        last += 1
    return last if last > at and any(w.capital or w.lower in OFFICES for w in words[at:last]) else None
