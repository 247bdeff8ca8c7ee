"""Members of the series of meetings: "the 24th session of the … Forum (ABC-24)", "third A-B Space Dialogue", ABC-23."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.page.page import Candidate, Page, squeezed
from tracker.extractors.rules.subjects.page.phrases import modifies, ordinal
from tracker.extractors.rules.words import Word, word_set

NOUNS = word_set(
    "dialogue dialog summit forum session meeting conference talks workshop congress symposium assembly colloquium roundtable round-table "
    "consultations meet ministerial seminar visit videoconference teleconference webinar round edition convention retreat gathering event negotiations call "
    "expo exhibition airshow debate plenary"
)
"""Common nouns of meetings; "the forum" and the like point back to one."""
UNITS = word_set("session meeting edition round")
_AS_A_BODY = re.compile(
    r"\b(?:auspices|framework of|members? of|member states|within the|discussions within|recommend\w*|secretariat|a project of|initiative of|established|set up)\b"
)


def by_acronym(page: Page, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The other members of a series that the text abbreviates: after "… Forum (ABC-4)", ABC-3 is the third of it."""
    for stem, series in {
        (n.rsplit("-", 1)[0], c.series) for c in found for n in c.names if re.fullmatch(r"[A-Z]{3,}-\d{1,3}", n)
    }:
        for match in re.finditer(rf"\b{stem}-(\d{{1,3}})\b", page.twin):
            number = int(match[1])
            if any(c.start <= match.start() < c.end for c in found):
                continue
            if (
                page.known_over(match.start(), match.end()) is None
                and page.sentences[page.sentence_at(match.start())].end > match.start()
            ):
                yield Candidate(
                    kind="meeting", start=match.start(), end=match.end(), form="proper", name=match[0], number=number,
                    keys=(f"{series} {number}",), series=series,
                )  # fmt: skip


def members(page: Page, words: Sequence[Word], start: int, end: int) -> Iterator[Candidate]:
    """A series the catalog knows, with the number that stands before, behind or in "the 24th session of"."""
    known = [mention for mention in page.known_in(start, end) if mention.family == "series"]
    if not known:
        return
    begins = {word.start: i for i, word in enumerate(words)}
    ends = {word.end: i for i, word in enumerate(words)}
    for mention in known:
        first = begins.get(mention.start)
        if first is None:  # "APRSAF-24" is one word
            first = next((i for i, w in enumerate(words) if w.start <= mention.start < w.end), None)
        last = ends.get(mention.end, first)
        if first is None or last is None:
            continue
        left = words[first - 1] if first > 1 else None
        if (
            left
            and left.capital
            and modifies(left)
            and ordinal(left) is None
            and not page.known_over(left.start, left.end)
        ):
            continue  # "Andean Space Council" is another one than the "Space Council"
        one = _member(page, words, first, last, mention)
        body = one.number is None and one.end == mention.end and _AS_A_BODY.search(page.twin, start, end)
        if body and page.catalog.series[mention.id].numbered:
            continue  # the forum as a body, not one of its sessions
        again = _its_session(page, words, ends.get(one.end, last), mention) if one.number is None else None
        if again is not None:
            yield again
            one = msgspec.structs.replace(
                one, number=again.number, keys=again.keys, catalog_id=again.catalog_id, parties=again.parties
            )
        yield one


def _its_session(page: Page, words: Sequence[Word], last: int, mention: Mention) -> Candidate | None:
    """The member that "A Dialogue held its ninth meeting" tells: the words "ninth meeting" as a place of their own."""
    for at in range(last + 1, min(last + 7, len(words) - 2)):
        if words[at].lower not in ("its", "their"):
            continue
        number = ordinal(words[at + 1])
        noun = next((i for i in (at + 2, at + 3) if i < len(words) and words[i].lower in UNITS), None)
        if number is None or noun is None:
            return None
        series = page.catalog.series[mention.id]
        return Candidate(
            kind="meeting", start=words[at + 1].start, end=words[noun].end, form="descriptive", number=number,
            name=f"{squeezed(page, words[at + 1].start, words[noun].end)} of the {squeezed(page, mention.start, mention.end)}",
            keys=(series.member(number),), series=series.id, nouns=(words[noun].lower,), parties=series.parties,
            catalog_id=series.member(number),
        )  # fmt: skip
    return None


def _member(page: Page, words: Sequence[Word], first: int, last: int, mention: Mention) -> Candidate:
    series = page.catalog.series[mention.id]
    title = squeezed(page, words[first].start, mention.end)
    number = _number_behind(page, mention, words[last])
    stop = last
    if (
        number is not None
        and last + 1 < len(words)
        and words[last].end == mention.end
        and words[last + 1].text.isdigit()
    ):
        stop = last + 1
    begun = first
    unit = _unit_before(words, first)
    if unit:
        begun, number = unit
    elif number is None and first > 0 and ordinal(words[first - 1]) is not None:
        begun, number = first - 1, ordinal(words[first - 1])
    names, keys = [], []
    if (
        stop + 2 < len(words)
        and words[stop + 1].text == "("
        and page.known_over(words[stop + 2].start, words[stop + 2].end)
    ):
        names.append(words[stop + 2].text)
        behind = re.search(r"-(\d{1,3})$", words[stop + 2].text)
        number = number if number is not None or not behind else int(behind[1])
    noun = words[last + 1].lower if last + 1 < len(words) else ""
    if begun == first and noun in NOUNS:  # "Quad summit", "first iCET meeting"
        stop = last + 1
    name = squeezed(page, words[begun].start, words[stop].end)
    keys.append(series.member(number) if number is not None else series.id)
    return Candidate(
        kind="meeting", start=words[begun].start, end=words[stop].end, form="proper", name=name,
        names=tuple(n for n in (*names, title) if n != name), keys=tuple(keys), series=series.id, number=number,
        nouns=tuple(w.lower for w in words[begun : stop + 1] if w.lower in NOUNS), parties=series.parties,
        catalog_id=series.member(number) if number is not None else None,
    )  # fmt: skip


def _number_behind(page: Page, mention: Mention, word: Word) -> int | None:
    tail = re.match(r"[- ]?(\d{1,3})(?!\d)", page.twin[mention.end : mention.end + 5])
    inside = re.search(r"\D(\d{1,3})$", page.twin[mention.start : mention.end])
    hit = tail if tail and (word.end > mention.end or page.twin[mention.end : mention.end + 1] in "- ") else inside
    return int(hit[1]) if hit else None


def _unit_before(words: Sequence[Word], first: int) -> tuple[int, int] | None:
    """Return where "the 24th session of the" begins, before the name at `first`, and its number."""
    at = first - 1
    while at > 0 and words[at].lower in ("the", "of", "annual"):
        at -= 1
    if at > 0 and words[at].lower in UNITS and words[at + 1].lower == "of":
        number = ordinal(words[at - 1])
        if number is not None:
            return at - 1, number
    return None
