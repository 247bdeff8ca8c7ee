"""Names worth showing: "agreement between A and B", "contract with C", "video conference of D and E", where the words alone tell none."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from tracker.domain.document import Document
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Page, party_ids
from tracker.extractors.rules.subjects.page.subject import Subject

_TELLS = frozenset(("on", "for", "between", "with", "to", "concerning", "covering", "signed", "about", "of"))
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR = 60  # characters from a name to the year that tells it


def telling(
    document: Document, page: Page, group: Group, names: tuple[str, ...], parties: Sequence[str]
) -> tuple[str, ...]:
    """Return the names with a fuller one in front where the words alone tell no instrument or meeting from another.

    The parties tell it, or the year beside it; a name that has a topic, a place or a party stays.
    """
    bare = names[0].lower().replace("of understanding", "").replace("of intent", "").split()
    if len(bare) > 3 or _TELLS & set(bare):
        return names
    called = [_called(document, page, id_) for id_ in parties]
    if group.first.kind == "meeting":
        plain = len(bare) <= 2 and group.first.number is None and names[0].islower()
        return (f"{names[0]} of {called[0]} and {called[1]}", *names) if plain and len(called) == 2 else names
    if len(called) == 2:
        return (f"{names[0]} between {called[0]} and {called[1]}", *names)
    dated = re.match(r"\s+of ((?:19|20)\d\d)\b", page.twin[group.first.end : group.first.end + 9])
    if dated:
        return (f"{names[0]} of {dated[1]}", *names)
    if len(called) == 1:
        return (f"{names[0]} with {called[0]}", *names)
    year = _year_beside(page, group)
    if year:
        return (f"{names[0]} of {year}", *names)
    sentence = page.sentences[page.sentence_at(group.first.start)]
    spoken = party_ids(page, sentence.start, sentence.end)
    return (f"{names[0]} with {_called(document, page, spoken[0])}", *names) if len(spoken) == 1 else names


def told_apart(document: Document, page: Page, subjects: Sequence[Subject]) -> Iterator[Subject]:
    """Yield the subjects, agreements of one name with their parties in it: "agreement on tides between A and B"."""
    times = Counter(s.name for s in subjects if s.kind == "agreement")
    for subject in subjects:
        if times[subject.name] > 1 and len(subject.parties) > 1 and subject.kind == "agreement":
            one, two = (_called(document, page, id_) for id_ in subject.parties[:2])
            yield msgspec.structs.replace(
                subject, name=f"{subject.name} between {one} and {two}", aliases=subject.aliases
            )
        else:
            yield subject


def _year_beside(page: Page, group: Group) -> str | None:
    """Return the only year of the sentence, else the one right behind the name."""
    first = group.first
    sentence = page.sentences[page.sentence_at(first.start)]
    years = list(_YEAR.finditer(page.twin, sentence.start, sentence.end))
    if len({m[0] for m in years}) == 1:
        return years[0][0]
    return next((m[0] for m in years if 0 <= m.start() - first.end < _NEAR), None)


def _called(document: Document, page: Page, id_: str) -> str:
    """Return the name that the document uses for a party."""
    mention = next((m for m in page.known if m.id == id_ and m.form in ("name", "alias", "acronym")), None)
    entry = page.catalog.get(id_)
    if mention:
        return document.text[mention.start : mention.end]
    return entry.name if entry else id_
