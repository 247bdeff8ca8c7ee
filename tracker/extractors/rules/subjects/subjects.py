"""The subjects of a document: every mission, agreement and meeting it speaks of, named, identified, with all its places.

The stage between names and claims: known and discovered names and descriptions are found in the sentences, places that
mean one thing are put together, words that point back are linked, and each subject gets an id that two documents agree on.
"""

import re
from collections.abc import Sequence

from tracker.domain.document import Document
from tracker.domain.ids import SubjectId
from tracker.extractors.catalog import Catalog
from tracker.extractors.folding import fold
from tracker.extractors.rules.names.known import Mention, find_known
from tracker.extractors.rules.subjects.field import about_space, may_be_headline, tells_its_field
from tracker.extractors.rules.subjects.grouping import grouped
from tracker.extractors.rules.subjects.identity import identity
from tracker.extractors.rules.subjects.meetings.gatherings import find_meetings
from tracker.extractors.rules.subjects.missions.discovered import find_missions
from tracker.extractors.rules.subjects.pacts.instruments import find_agreements, speaks_of_instruments
from tracker.extractors.rules.subjects.pacts.unlisted import with_unlisted
from tracker.extractors.rules.subjects.page.crafts import NOUNS, SORTS
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Candidate, Page, party_ids, speaks_for_state, squeezed
from tracker.extractors.rules.subjects.page.subject import Form, Subject, SubjectMention
from tracker.extractors.rules.subjects.reference import find_anaphors
from tracker.extractors.rules.subjects.telling import telling, told_apart
from tracker.extractors.rules.words import words_of
from tracker.language.text import plain

__all__ = ["Form", "Subject", "SubjectMention", "find_subjects"]


def find_subjects(document: Document, catalog: Catalog, known: Sequence[Mention] | None = None) -> tuple[Subject, ...]:
    """Return the subjects in the order of their first place; none for a document that is not about space.

    `known` saves the search for known names where the caller has them already. Pure; linear in the text but for the
    number of subjects.
    """
    text = document.text
    page = Page.of(text, find_known(plain(text), catalog) if known is None else known, catalog)
    surely = about_space(page)
    if not surely and not may_be_headline(page):
        return ()
    meetings = find_meetings(page)
    series = {fold(n.rsplit("-", 1)[0]) for c in meetings for n in (c.name, *c.names) if "-" in n and " " not in n}
    missions = tuple(c for c in find_missions(page) if c.stem not in series)  # APRSAF-24 flies nowhere
    wide = with_unlisted(page) if speaks_of_instruments(page) else page
    groups = [g for found in (missions, find_agreements(wide), meetings) for g in grouped(found, wide)]
    if not surely and not any(tells_its_field(page, g) for g in groups):
        return ()
    _name_again(page, groups)
    anaphors = find_anaphors(page, groups)
    subjects = [_subject(document, wide, group, anaphors.get(i, [])) for i, group in enumerate(groups)]
    return tuple(sorted(told_apart(document, wide, _distinct(subjects)), key=lambda s: s.mentions[0].start))


def _name_again(page: Page, groups: Sequence[Group]) -> None:
    """Add to each group the further places of its discovered names, where nothing says what they are ("TWEX will map …").

    What a name is without its noun names it too: "Harrier" after "the Harrier satellite".
    """
    by_word: dict[str, list[tuple[tuple[str, ...], Group]]] = {}
    for group in groups:
        told = {n for c in group.candidates if c.form == "proper" for n in (c.name, *c.names)}
        bare = {
            b for b, _, noun in (n.rpartition(" ") for n in told) if noun.lower() in NOUNS and b.lower() not in SORTS
        }
        names = {n for n in (bare if group.catalog_id else told | bare) if _unmistakable(n)}
        for name in names:
            run = tuple(w.text for w in words_of(name, 0, len(name)))
            by_word.setdefault(run[0], []).append((run, group))
    taken = {at for g in groups for c in g.candidates for at in (c.start, c.end - 1)} if by_word else set()
    for words in page.words if by_word else ():
        texts = [w.text.removesuffix("'s") for w in words]
        for at, text in enumerate(texts):
            runs = [(r, g) for r, g in by_word.get(text, ()) if tuple(texts[at : at + len(r)]) == r]
            if not runs:
                continue
            run, group = max(runs, key=lambda item: len(item[0]))
            start, end = words[at].start, words[at + len(run) - 1].start + len(texts[at + len(run) - 1])
            if start not in taken and end - 1 not in taken and page.known_over(start, end) is None:
                first = group.first
                again = Candidate(
                    kind=first.kind, start=start, end=end, form="proper", keys=first.keys, name=squeezed(page, start, end), type=first.type
                )  # fmt: skip
                group.candidates.append(again)
    for group in groups:
        group.candidates.sort(key=lambda c: c.start)


def _unmistakable(name: str) -> bool:
    """Whether a name can mean nothing else: a capital first, and no common noun alone or generic acronym (MoU)."""
    return (
        len(name) > 2
        and name[0].isupper()
        and (" " in name or name.upper() not in ("MOU", "NDA", "LOI", "MOC", "AGREEMENT"))
    )


def _subject(document: Document, page: Page, group: Group, anaphors: Sequence[SubjectMention]) -> Subject:
    names = _names(group)
    parties = _parties(page, group)
    first = group.first
    type_ = min((c.type for c in group.candidates if c.type), key=lambda t: t in _BROAD, default=None)
    id_ = identity(document, page, group, names[0], parties, type_)
    if first.kind != "mission" and not group.named:
        names = telling(document, page, group, names, parties)
    parent = next((c.parent for c in group.candidates if c.parent and c.parent != group.catalog_id), None)
    mentions = [SubjectMention(c.start, c.end, document.text[c.start : c.end], c.form) for c in group.candidates]
    mentions += [SubjectMention(a.start, a.end, document.text[a.start : a.end], a.form) for a in anaphors]
    return Subject(
        kind=first.kind, id=SubjectId(id_), name=names[0], aliases=names[1:], mentions=_apart(mentions), catalog_id=group.catalog_id,
        type=type_, parent=SubjectId(parent) if parent else None, parties=parties,
    )  # fmt: skip


_BROAD = ("agreement", "partnership")
"""Types that any instrument may be given; a surer word of the text makes it another."""
_THREE = re.compile(r"\b(?:three-way|trilateral|tripartite|three-sided|(?:all|the) three)\b", re.IGNORECASE)


def _apart(mentions: Sequence[SubjectMention]) -> tuple[SubjectMention, ...]:
    kept: list[SubjectMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _names(group: Group) -> tuple[str, ...]:
    """Return the names, the fullest first: a proper name before a description, a number before none, then by length."""
    rated: dict[str, tuple[bool, bool, int]] = {}
    for candidate in group.candidates:
        rated.setdefault(
            candidate.name, (candidate.form == "proper", candidate.number is not None, len(candidate.name.split()))
        )
    best = max(rated, key=lambda name: rated[name])
    rest = [name for c in group.candidates if c.form == "proper" or not c.catalog_id for name in (c.name, *c.names)]
    seen = {best.casefold()}
    aliases: list[str] = []
    for name in rest:
        if name.casefold() not in seen:
            seen.add(name.casefold())
            aliases.append(name)
    return (best, *aliases)


def _parties(page: Page, group: Group) -> tuple[str, ...]:
    """Return whose it is by its name; where the name of something joint is silent, the two parties of its sentence."""
    found = tuple(dict.fromkeys(p for c in group.candidates for p in c.parties))
    joint = group.first.kind == "mission" and group.first.keys[0].startswith("joint")
    if (group.first.kind != "agreement" and not joint) or len(found) >= 2 or group.catalog_id:
        return found
    over = page.known_over(group.first.start, group.first.end)
    if over is not None and (over.start, over.end) == (group.first.start, group.first.end):
        return found  # one of several: "agreements with A and B"
    for candidate in group.candidates[:2]:  # a headline and the lead
        sentence = page.sentences[page.sentence_at(candidate.start)]
        done = page.twin.find("under which", candidate.end, sentence.end)  # who does what is told from there on
        both = _with_spoken(page, found, candidate, sentence.start, sentence.end if done < 0 else done)
        if len(both) == 2 or sentence.block != "title":
            break
    three = len(both) == 3 and _THREE.search(page.twin, sentence.start, sentence.end)
    return both if len(both) == 2 or three else found


_NEW_CLAUSE = re.compile(r";|, (?:and (?:talks|negotiations|discussions)|while|but|whereas)\b")


def _with_spoken(page: Page, found: Sequence[str], one: Candidate, start: int, end: int) -> tuple[str, ...]:
    """Return the parties with those that a stretch names; who stands only in what an instrument is about is none of them."""
    cut = _NEW_CLAUSE.search(page.twin, one.end, end)
    apart = [(start, end)] if one.kind == "mission" else [(start, one.start), (one.end, cut.start() if cut else end)]
    spoken = [id_ for first, last in apart for id_ in party_ids(page, first, last)]
    states: dict[str, str] = {}
    for id_ in (*found, *spoken):
        states.setdefault(page.catalog.country_of(id_) or id_ if speaks_for_state(page.catalog, id_) else id_, id_)
    return tuple(states.values())


def _distinct(subjects: Sequence[Subject]) -> list[Subject]:
    """One subject per id: two groups that come out under one id are one."""
    found: dict[str, Subject] = {}
    for subject in subjects:
        known = found.get(subject.id)
        if known is None:
            found[subject.id] = subject
            continue
        names = tuple(dict.fromkeys(n for n in (*known.aliases, subject.name, *subject.aliases) if n != known.name))
        found[subject.id] = Subject(
            kind=known.kind, id=known.id, name=known.name, aliases=names, mentions=_apart((*known.mentions, *subject.mentions)),
            catalog_id=known.catalog_id or subject.catalog_id, type=known.type or subject.type, parent=known.parent or subject.parent,
            parties=tuple(dict.fromkeys((*known.parties, *subject.parties))),
        )  # fmt: skip
    return list(found.values())
