"""Undertakings that no instrument is named for: "A and B have agreed to jointly build …", "they cooperate on the X project"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.page.phrases import closes, phrase
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, is_date


def topic_key(name: str) -> str:
    """Return what makes two mentions one instrument: the folded name without articles, in any order of its parties."""
    return " ".join(w for w in fold(name).split() if w not in ("the", "a", "an", "of", "and"))


_AGREED = re.compile(
    r"\b(?:(?:have|has|had)\s+)?(?:(?:come|came)\s+to\s+terms\s+(?:on|over)|reached\s+agreement\s+on|settled\s+on\s+(?:a\s+)?joint"
    r"|joined\s+forces\s+(?:to|on|for)|teamed\s+up\s+(?:to|on|for)|tied\s+up\s+(?:to|on|for))\b"
    r"|\b(?:(?:have|has|had)\s+)?agreed\s+"
    r"(?:(?:on|last|this)\s+\w+day\s+|in\s+principle\s+)?"
    r"(?:to\s+(?:jointly|cooperate|co-operate|collaborate|team\s+up|work\s+together|join\s+forces)|on\s+an?\s+joint"
    r"|to\s+(?:exchange|share|pool|swap)"
    r"|to\s+(?:build|develop|launch|send|study|explore|set\s+up|fly)\s+(?:[\w-]+\s+){1,8}?(?:together|jointly)"
    r"|to\s+(?:build|develop|launch|send|set\s+up|establish|create|found|open|run|operate|fly)\s+an?\s+(?:[\w-]+\s+){0,2}(?:joint|common|shared))\b"
    r"|\bexchanged\s+(?:diplomatic\s+)?(?:letters|notes)\s+(?:on|for|about)\b"
)

AGREED = trigger(pattern="terms|agreement|settled|forces|teamed|tied|agreed|exchanged")


_WHAT = re.compile(r"\b(?:to|on|for|over)\b(?! \w+day\b)")


def agreed(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """An undertaking of two that is told by the verb alone: "A and B have agreed to jointly build …"."""
    if not words:
        return
    twin = page.twin
    for match in _AGREED.finditer(twin, words[0].start, words[-1].end):
        before = [w for w in words if w.end <= match.start()]
        joint = next((i for i in range(len(before) - 2, 0, -1) if before[i].lower == "and"), None)
        if joint is None or len(before) - joint > 8:
            continue
        left, right = _name_at(_without_aside(before[:joint])), _name_at(_without_adverb(before[joint + 1 :]))
        if not left or not right:
            continue
        stop = next((i for i, w in enumerate(words) if w.start >= match.end()), len(words))
        last = stop
        while last < len(words) and last - stop < 12 and not closes(words[last]) and words[last].text not in ",()":
            if words[last].lower in ("in", "on") and any(is_date(w) for w in words[last + 1 : last + 2]):
                break
            last += 1
        one, two = (squeezed(page, run[0].start, run[-1].end) for run in (left, right))
        end = words[last - 1].end
        told = _WHAT.search(page.twin, match.start(), end)
        name = f"agreement between {one} and {two}" + (f" {squeezed(page, told.start(), end)}" if told else "")
        yield Candidate(
            kind="agreement", start=match.start(), end=end, form="descriptive", keys=(topic_key(name),), name=name,
            names=(squeezed(page, match.start(), end),), type="agreement", nouns=("agreement",),
            parties=tuple(id_ for run in (left, right) for id_ in _party_in(page, run)),
        )  # fmt: skip


_HIRED = re.compile(
    r"\b(?P<sure>contracted(?: with)?|hired|tapped|commissioned|signed\s+up|enlisted)\s+(?P<by>by\s+)?|\b(?P<weak>selected|chose|chosen|picked|selects|chooses|picks|taps|hires|contracts)\s+(?P<with>by\s+)?"
)
HIRED = trigger(
    pattern="contracted|hired|tapped|commissioned|signed|enlisted|selected|chose|picked|selects|picks|taps|hires|contracts"
)
_ERRAND = re.compile(
    r"(?:\s\([^()]{1,14}\))?(?:,? (?:on \w+day|this week|last week|last month|earlier this \w+|in \w+(?: \d{4})?))?\s+(?:as|for|to\s+(?:\w+ly\s+)?"
    r"(?:build|design|develop|launch|manufacture|provide|supply|deliver|operate|fly|carry|make|produce|lead|study|construct|integrate|run|loft|send|transport|land|put|orbit|service|remove))\b"
)
_NOUNS = re.compile(r"\b(?:contracts?|awards?|deal|agreement|order)\b", re.IGNORECASE)


def hired(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """A contract that is told by the verb alone: "A has contracted B to build …"; "A has chosen B to …" where the text goes on about the contract."""
    if not words:
        return
    twin, first, last = page.twin, words[0].start, words[-1].end
    for match in _HIRED.finditer(twin, first, last):
        passive = bool(match["by"] or match["with"])
        chosen = _in_a_row(page, match.end(), last)
        front = [m for m in page.known_in(first, match.start()) if m.family in _PARTY]
        if not chosen or not front or not _ERRAND.match(twin, chosen[-1].end) or _NOUNS.search(twin, first, last):
            continue
        behind = chosen[-1]
        number = page.sentence_at(match.start())
        near = page.sentences[number + 1 : number + 1 + _GOES_ON]
        if match["weak"] and not any(_NOUNS.search(twin, s.start, s.end) for s in near):
            continue
        one, two = (chosen, front[-1:]) if passive else (front[-1:], chosen)
        at = next(i for i, w in enumerate(words) if w.start >= behind.end)
        stop = at
        while stop < len(words) and stop - at < _LONGEST and words[stop].text not in ",;":
            if closes(words[stop]) and words[stop - 1].lower not in ("its", "the", "their"):  # "its next satellite"
                break
            stop += 1
        end = words[stop - 1].end
        sides = " and ".join(squeezed(page, side[0].start, side[-1].end) for side in (one, two))
        name = f"contract between {sides} {squeezed(page, behind.end, end)}".rstrip()
        yield Candidate(
            kind="agreement", start=match.start(), end=end, form="descriptive", keys=(topic_key(name),), name=name,
            type="contract", nouns=("contract",), parties=tuple(dict.fromkeys(m.id for m in (*one, *two))),
        )  # fmt: skip


def _in_a_row(page: Page, start: int, end: int) -> list[Mention]:
    """Return the parties that stand right there, one or a list of them: "A, B and C"."""
    row: list[Mention] = []
    at, gap = start, _ARTICLE
    for mention in page.known_in(start, end):
        if mention.family not in _PARTY or not gap.fullmatch(page.twin, at, mention.start):
            break
        row.append(mention)
        at, gap = mention.end, _LISTED
    return row


_LISTED = re.compile(r"(?: \([^()]{1,14}\))?(?:,| and|, and| &) (?:the )?")
_PARTY = ("organisation", "country")
_ARTICLE = re.compile(r"(?:the |[\w-]+ (?:firm|company|start-?up|operator|manufacturer|maker) |[A-Z]\w+['’]s )?")
_GOES_ON = 3  # sentences
_LONGEST = 14  # words


def _party_in(page: Page, run: Sequence[Word]) -> tuple[str, ...]:
    """Return the party of a name; of "Deimos of Spain" that is the firm, whether it is known or not."""
    of = next((i for i, w in enumerate(run) if w.lower == "of"), len(run))
    return party_ids(page, run[0].start, run[of - 1].end)


_ADVERBS = frozenset(("first", "also", "now", "then", "later", "already", "today", "yesterday", ",", "both", "jointly"))


def _without_adverb(words: Sequence[Word]) -> Sequence[Word]:
    """Return a stretch without what stands between a name and its verb: "B first", "B, later"."""
    last = len(words)
    while last > 0 and words[last - 1].lower in _ADVERBS:
        last -= 1
    return words[:last]


def _without_aside(words: Sequence[Word]) -> Sequence[Word]:
    """Return a stretch without the aside at its end: "A, based in Oslo," is A."""
    if len(words) > 2 and words[-1].text == ",":
        opened = next((i for i in range(len(words) - 2, 0, -1) if words[i].text == ","), None)
        if opened is not None and len(words) - opened <= 9 and words[opened + 1].text.islower():
            return words[:opened]
    return words


_ANOTHER = re.compile(
    r"\b(?:the one|that|another|one|an? (?:second|third|fourth|fifth|similar|further|separate|parallel)(?: (?:text|paper|one|document|instrument|accord|pact|deal))?"
    r"|(?:the |similar |such |like |further |two |three |four )*(?:texts|papers|documents|instruments|ones|arrangements|agreements|accords|pacts|deals|memoranda))"
    r",? (?:already )?(?:signed |concluded |reached )?with |\bone of them,? between ",
    re.IGNORECASE,
)
_WITH = re.compile(r" with | between ")
_OWNER = re.compile(r"'s [A-Z]")
_GAP = re.compile(r"(?:\s*(?:,|and|&|the|as well as|with)\s*)+")


def others(
    page: Page, words: Sequence[Word], found: Sequence[Candidate], several: tuple[str, str] | None
) -> Iterator[Candidate]:
    """The instruments that are told by their party alone, after one that is named: "the one with India", "texts with A and B".

    `several` are the noun and the type of those that were counted before, and not told apart ("four arrangements").
    """
    if not words or not (found or several) or not _WITH.search(page.twin, words[0].start, words[-1].end):
        return
    ours = _whose(page, found) if found else ()
    noun, type_ = _kind_of(found[-1]) if found else several or ("agreement", "agreement")
    for match in _ANOTHER.finditer(page.twin, words[0].start, words[-1].end):
        at = match.end()
        for mention in page.known_in(at, words[-1].end):
            gap = page.twin[at : mention.start]
            if mention.family not in ("organisation", "country") or (gap.strip() and not _GAP.fullmatch(gap)):
                break
            if _OWNER.match(page.twin, mention.end):
                break  # "the one with A's company B"
            name = f"{noun} with {squeezed(page, mention.start, mention.end)}"
            plain = any(w in match[0].lower().split() for w in ("one", "ones", "that", "another", f"{noun}s"))
            yield Candidate(
                kind="agreement", start=mention.start, end=mention.end, form="descriptive", keys=(topic_key(name),), name=name,
                type=type_ if plain else None, parties=tuple(dict.fromkeys((mention.id, *ours))), nouns=(noun,),
            )  # fmt: skip
            at = mention.end


def _kind_of(before: Candidate) -> tuple[str, str]:
    return (before.nouns[0] if before.nouns else "agreement"), before.type or "agreement"


def _whose(page: Page, found: Sequence[Candidate]) -> tuple[str, ...]:
    """Return the party that the instruments before have in common, when only one is in two of them."""
    times = Counter(page.catalog.country_of(p) or p for c in found for p in dict.fromkeys(c.parties))
    most = times.most_common(2)
    shared = len(most) == 2 and most[0][1] > max(1, most[1][1])
    return (
        next(((p,) for c in found for p in c.parties if (page.catalog.country_of(p) or p) == most[0][0]), ())
        if shared
        else ()
    )


_COOPERATING = re.compile(
    r"\b(?:cooperat\w+|co-operat\w+|collaborat\w+|jointly|together|both|two (?:countries|nations|agencies|sides|governments))\b",
    re.IGNORECASE,
)


def projects(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """A project with a name of its own that parties are said to work on together: "cooperate on the … project"."""
    for index, word in enumerate(words):
        if word.text not in ("project", "Project") or index == 0:
            continue
        here = phrase(words, index)
        names = [w for w in here.modifiers if w.capital]
        known = [page.known_over(w.start, w.end) for w in names]
        if (
            not names
            or here.modifiers[-1] is not names[-1]
            or all(m is not None for m in known)
            or any(m is not None and m.family in ("mission", "vehicle", "country", "destination") for m in known)
            or not _COOPERATING.search(page.twin, words[0].start, word.start)
        ):
            continue
        name = squeezed(page, names[0].start, word.end)
        yield Candidate(
            kind="agreement", start=names[0].start, end=word.end, form="proper", keys=(topic_key(name),), name=name,
            type="project", nouns=("project",),
        )  # fmt: skip


def _name_at(words: Sequence[Word]) -> Sequence[Word]:
    """Return the run of capitals at the end of a stretch."""
    first = len(words)
    while (
        first > 0
        and words[first - 1].capital
        and words[first - 1].text[0].isalnum()
        and not words[first - 1].lower.endswith("-based")
    ):
        first -= 1
    if 1 < first < len(words) and words[first - 1].lower == "of" and words[first - 2].capital:
        return words[first - 2 :]  # "Deimos of Spain"
    return words[first:]
