"""When agreements were signed, as far as no verb beside a date tells: by their names, by what stands in the same breath, in lists."""

import re
from collections.abc import Iterator, Sequence

from tracker.domain.claim import Modality
from tracker.domain.dates import DateSpan
from tracker.extractors.rules.claims.pacts.tenure import DONE
from tracker.extractors.rules.claims.scene.evidence import stretch
from tracker.extractors.rules.claims.scene.fact import Fact
from tracker.extractors.rules.claims.scene.scene import Item, Line, Scene
from tracker.extractors.rules.claims.telling.attach import Read

_YEAR_IN_NAME = re.compile(r"\bof ((?:19|20)\d\d)\b|((?:19|20)\d\d)\b(?! ?[-–/])")


def signing_facts(scene: Scene, line: Line, reads: Sequence[Read], pacts: Sequence[Item]) -> Iterator[Fact]:
    """Yield the days of signing, and the terms, of the agreements in a sentence; pacts are the agreements in it."""
    for item in pacts:
        yield from _in_its_name(scene, line, item)
    dated = bool(line.of("date"))
    if dated and reads:
        yield from _dated_elsewhere(scene, line, reads)
        yield from _met_and_signed(scene, line, reads)
    yield from _done(line, reads)
    if dated and pacts:
        yield from _listed(scene, line, reads, pacts)


def _in_its_name(scene: Scene, line: Line, item: Item) -> Iterator[Fact]:
    """The times in the name itself: "the 2007 agreement" was signed then, a "programme for 2018 to 2022" runs so long."""
    if item.mention is None or item.mention.form == "anaphor":
        return
    text = scene.document.text
    opens = item.start + len(text[item.start : item.end]) - len(text[item.start : item.end].lstrip("the "))
    for dated in _YEAR_IN_NAME.finditer(text, item.start, item.end):
        if dated[1] or dated.start() == opens:
            year = dated[1] or dated[2]
            span = dated.span(1 if dated[1] else 2)
            yield Fact(item.subject, "signed_date", year, "actual", *span, line.number, 0.76, cue="dates-from")
            return
    published = scene.document.published.first
    for date in line.of("date"):
        if date.date is None or not item.first <= date.first < item.last:
            continue
        if (
            line.words[date.first - 1] in ("of", "from", "dated")
            and date.date.span.last <= scene.document.published.last
        ):
            day = date.date.span.edtf
            yield Fact(
                item.subject, "signed_date", day, "actual", date.start, date.end, line.number, 0.76, cue="dates-from"
            )
            return
        first, slash, last = date.date.span.edtf.partition("/")
        if slash and ".." not in (first, last) and date.date.span.days > _TERM:
            for attribute, value in (("effective_date", first), ("expiry_date", last)):
                told: Modality = "planned" if DateSpan.parse(value).last >= published else "actual"
                yield Fact(item.subject, attribute, value, told, date.start, date.end, line.number, 0.72, cue="term")
            return


_TERM = 360  # days; a shorter span in a name is a time of the year


def _dated_elsewhere(scene: Scene, line: Line, reads: Sequence[Read]) -> Iterator[Fact]:
    """What was signed "at the summit in May 2022", or in "2005, when A and B signed", bears that date, the only one there."""
    dates = [d for d in line.of("date") if d.date is not None]
    beside = [d for d in dates if _dated_meeting(scene, line, d) is not None]
    dates = beside if len(beside) == 1 else dates
    if len(dates) != 1 or dates[0].date is None or dates[0].date.span.first > scene.document.published.last:
        return
    date, span = dates[0], dates[0].date.span
    meeting = _dated_meeting(scene, line, date)
    behind = [w for w in line.words[date.last : date.last + 2] if w != ","]
    opens = date.first <= _OPENS and {"when", "as"} & set(line.words[date.last :])
    pacts = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "agreement"]
    within = any(r.cue.kind == "other" and any(p.first <= r.match.first < p.last for p in pacts) for r in reads)
    if (
        meeting is None and behind[:1] != ["when"] and not within and not opens
    ):  # the date of "a joint statement on … on 6 May"
        return
    for read in reads:
        cue = read.cue
        told = cue.kind == "agreement" and cue.sort == "verb" and cue.date and read.reading.modality == "actual"
        if not told or (meeting is None and not within and read.match.first < date.last):
            continue
        between = line.words[date.last : read.reading.first]
        if opens and not within and meeting is None and not {"when", "as"} & set(between[-_CLAUSE:]):
            continue  # "On Monday the crew cheered when A and B signed"
        start, end = stretch(line, [(date.first, date.last)], [meeting or (read.match.first, read.match.last)])
        for subject in read.subjects:
            yield Fact(
                subject, cue.date, span.edtf, "actual", start, end, line.number, 0.74 - 0.06 * read.cost, cue=cue.id
            )


def _listed(scene: Scene, line: Line, reads: Sequence[Read], pacts: Sequence[Item]) -> Iterator[Fact]:
    """The day of signing in a list of what was signed: "Agreement with A on remote sensing, 24 December 2015, Oslo"."""
    dates = list(line.of("date"))
    if len(dates) != 1 or not pacts or any(r.cue.kind == "agreement" and r.cue.date for r in reads):
        return
    item, date, classes = pacts[0], dates[0], scene.lexicon.classes
    verbs = classes["be"] | classes["have"] | classes["future"] | classes["finite"]
    past = date.date is not None and date.date.span.last <= scene.document.published.last
    if not past or date.date is None or not date.date.certain or date.date.relative or verbs & set(line.words):
        return
    alone = date.first >= item.last and line.words[date.first - 1] in (",", "(", "–", "—", "-", ";", ":")
    ends = all(w in (",", ".", ")", ";") or n >= date.last for n, w in enumerate(line.words) if n >= date.last)
    if alone and ends:
        start, end = stretch(line, [(date.first, date.last)], [(item.first, item.last)])
        told = date.date.span.edtf
        yield Fact(item.subject, "signed_date", told, "actual", start, end, line.number, 0.64, cue="listed")


def _done(line: Line, reads: Sequence[Read]) -> Iterator[Fact]:
    """What a verb in the past says was done, whatever date stands by: "has entered into a partnership to … by 2026"."""
    for read in reads:
        cue = read.cue
        past = {"past", "participle"} & read.match.forms and read.reading.modality == "actual" and not read.reading.bare
        if cue.kind == "agreement" and cue.sort == "verb" and cue.date == "signed_date" and past:
            theme = [(read.item.first, read.item.last)] if read.item else []
            start, end = stretch(line, [(read.match.first, read.match.last)], theme)
            for subject in read.subjects:
                confidence = cue.weight - 0.07 * read.cost - 0.01
                yield Fact(subject, "status", cue.status, "actual", start, end, line.number, confidence, cue=DONE)


def _met_and_signed(scene: Scene, line: Line, reads: Sequence[Read]) -> Iterator[Fact]:
    """What those who met some day signed there and then: "the two met on 3 May in Oslo and signed a memorandum"."""
    dates = [d for d in line.of("date") if d.date is not None]
    met = [i for i in line.of("subject") if scene.subjects[i.subject].kind == "meeting" and _tells_by_verb(line, i)]
    if len(dates) != 1 or len(met) != 1 or dates[0].date is None:
        return
    date, span = dates[0], dates[0].date.span
    for read in reads:
        told = read.cue.kind == "agreement" and read.cue.date == "signed_date" and read.reading.modality == "actual"
        behind = line.words[met[0].last : read.reading.first]
        if (
            told
            and max(date.last, met[0].last) <= read.match.first
            and "and" in behind
            and span.first <= scene.document.published.last
        ):
            start, end = stretch(line, [(date.first, date.last)], [(read.match.first, read.match.last)])
            for subject in read.subjects:
                yield Fact(subject, "signed_date", span.edtf, "actual", start, end, line.number, 0.7, cue=read.cue.id)


def _tells_by_verb(line: Line, item: Item) -> bool:
    """Whether a meeting is told by its verb: "met", "held talks with"."""
    return line.words[item.first] in _MET


_MET = frozenset(("met", "held", "gathered", "convened", "sat"))
_OPENS = 3  # words in front of a day that opens a sentence
_CLAUSE = 12  # words from "when" to the verb of its clause
_NEXT = 5  # words from a date to the meeting that it dates
_DURING = frozenset(("during", "at", "on"))


def _dated_meeting(scene: Scene, line: Line, date: Item) -> tuple[int, int] | None:
    """Return the tokens of the meeting that the date stands behind, in "at the summit in May 2022"."""
    for item in line.of("subject"):
        if scene.subjects[item.subject].kind != "meeting":
            continue
        if 0 <= item.first - date.last <= _NEXT and _DURING & set(line.words[date.last : item.first]):
            return item.first, item.last  # "last April, during a visit of …, A and B signed"
        if 0 <= date.first - item.last <= 2:
            before = [w for w in line.words[: item.first] if w not in ("the", "a", "an")]
            return (item.first, item.last) if before[-1:] in (["at"], ["in"], ["during"]) else None
    return None
