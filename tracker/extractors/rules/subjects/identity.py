"""Identity: the id that two documents agree on, made of a subject's own name, its parties and its topic."""

import re
from collections.abc import Sequence

from tracker.domain.dates import DateSpan
from tracker.domain.document import Document
from tracker.domain.ids import slug
from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.field import catalog_kind
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Candidate, Page
from tracker.extractors.rules.words import word_set

_INSTRUMENTAL = word_set(
    "the a an of its their for on in to and with between under memorandum understanding mou agreement arrangement contract treaty accord letter "
    "intent joint statement concerning regarding consideration considerations"
)


_OWNER = re.compile(r"^[A-Z][\w. -]*'s (?=[a-z])")
"""Whose a described mission is, which stands in front of its id already: "Slovenia's first satellite"."""


def identity(document: Document, page: Page, group: Group, name: str, parties: Sequence[str], type_: str | None) -> str:
    if group.catalog_id:
        return group.catalog_id
    catalog, first = page.catalog, group.first
    whose = sorted(
        _tail(catalog.country_of(p) or p if catalog_kind(catalog, p) in ("", "agency", "government") else p)
        for p in parties
    )
    alone = slug(document.ref.public_id)
    if first.kind == "mission":
        if group.named:
            return f"mission/{slug(fold(_shortest(group) or name))}"
        return f"mission/{_part('-'.join(whose) or alone)}{slug(_bare(_OWNER.sub('', name)))}"
    if first.kind == "meeting":
        return _meeting_id(document, page, group, name, whose)
    spoken = {"pact", "deal", *(type_ or "agreement").split("_")}  # the type stands in the id already
    topic = [w for w in _topic_words(_without_parties(page, group, name)) if w not in spoken][:_TOPIC_WORDS]
    told = "-".join((*whose, (type_ or "agreement").replace("_", "-"), *topic))
    tells = group.named or len(topic) >= 5 or (len(whose) >= 2 and (len(topic) >= 2 or _is_of_mission(page, group)))
    return f"agreement/{told}" if tells else f"agreement/{told}-{alone}"


def _is_of_mission(page: Page, group: Group) -> bool:
    """Whether the name holds that of a mission, which tells one instrument of two parties from another by itself."""
    return any(m.family == "mission" for c in group.candidates for m in page.known_in(c.start, c.end))


_TOPIC_WORDS = 6  # in an id: enough to tell instruments apart, few enough to read


def _topic_words(name: str) -> list[str]:
    """Return the words of a name that tell what the instrument is about, as in an id."""
    return [w for w in slug(fold(name)).split("-") if w not in _INSTRUMENTAL]


def _shortest(group: Group) -> str:
    """Return the name that another document most likely uses: the shortest proper one without its common noun."""
    names = [c.name for c in group.candidates if c.form == "proper"]
    return min(names, key=lambda n: (len(n.split()), len(n)), default="")


def _meeting_id(document: Document, page: Page, group: Group, name: str, whose: Sequence[str]) -> str:
    number = next((c.number for c in group.candidates if c.number is not None), None)
    series = next((c.series for c in group.candidates if c.series), None)
    year = _year(document, page, group)
    if series and series.startswith("series/"):
        stem = _tail(series)
    else:
        stem = (
            slug(" ".join(sorted(set(series.split()) - {"the"}, key=series.split().index)))
            if series
            else "-".join(slug(_bare(_without_parties(page, group, name))).split("-")[: _TOPIC_WORDS + 2])
        )
    if number is not None and series:
        return f"meeting/{stem}-{number}"
    if series:
        return f"meeting/{stem}" + (f"-{year}" if year else "")
    told = f"meeting/{_part('-'.join(whose))}{stem}"
    return (
        f"{told}-{year}" if year and (whose or len(stem.split("-")) > 2) else f"{told}-{slug(document.ref.public_id)}"
    )


_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_FLIGHT_BEFORE = re.compile(
    r"\b(?:launch(?:e[sd]|ing)?|land(?:s|ed|ing)?|fly|flies|flew|flown|flight|lift(?:s|ed)?[ -]?off)(?: \w+){1,3} $",
    re.IGNORECASE,
)
"""What dates a flight, not the meeting of the same sentence: "would be launched in ..."."""


def _year(document: Document, page: Page, group: Group) -> str | None:
    """Return the year that the sentence of a meeting gives in figures, but for that of a flight, else that of a document dated to the year."""
    for candidate in group.candidates:
        sentence = page.sentences[page.sentence_at(candidate.start)]
        told = page.twin[sentence.start : sentence.end]
        stated = (m for m in _YEARS.finditer(told) if not _FLIGHT_BEFORE.search(told[: m.start()]))
        if year := next(stated, None):
            return year[0]
    span: DateSpan = document.published
    lead = page.sentences[page.sentence_at(group.first.start)].block in ("title", "lead")
    return (
        str(span.first.year) if lead and span.earliest and span.latest and span.first.year == span.last.year else None
    )


def _without_parties(page: Page, group: Group, name: str) -> str:
    """Return a name without the parties in it, so that their order does not make another id."""
    first: Candidate = next((c for c in group.candidates if c.name == name), group.first)
    topic = name
    sentence = page.sentences[page.sentence_at(first.start)]
    for mention in page.known_in(sentence.start, sentence.end):
        if mention.family in ("organisation", "country"):
            topic = re.sub(rf"{re.escape(page.twin[mention.start : mention.end])}(?:['’]s)?", " ", topic)
    return re.sub(r"\b(?:between|with|among|and)\s*(?=$|\s)", " ", topic)


def _bare(name: str) -> str:
    return " ".join(w for w in fold(name).split() if w not in ("the", "a", "an", "of", "its", "their"))


def _tail(id_: str) -> str:
    return id_.partition("/")[2] or id_


def _part(text: str) -> str:
    return f"{text}-" if text else ""
