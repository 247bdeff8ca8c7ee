"""The subjects of a document: every mission, agreement and meeting it speaks of, named, identified, with all its places.

The stage between names and claims: known and discovered names and descriptions are found in the sentences, places that
mean one thing are put together, words that point back are linked, and each subject gets an id that two documents agree on.
"""

import re
from collections.abc import Sequence

from tracker.domain.dates import DateSpan
from tracker.domain.document import Document
from tracker.domain.ids import SubjectId, slug
from tracker.extractors.catalog import Catalog, Entry
from tracker.extractors.folding import fold
from tracker.extractors.rules.names.known import Mention, find_known
from tracker.extractors.rules.subjects.discovered import find_missions
from tracker.extractors.rules.subjects.gatherings import find_meetings
from tracker.extractors.rules.subjects.group import Group
from tracker.extractors.rules.subjects.grouping import grouped
from tracker.extractors.rules.subjects.instruments import find_agreements
from tracker.extractors.rules.subjects.page import Candidate, Page, party_ids, squeezed
from tracker.extractors.rules.subjects.phrases import word_set, words_of
from tracker.extractors.rules.subjects.reference import find_anaphors
from tracker.extractors.rules.subjects.subject import Form, Subject, SubjectMention
from tracker.extractors.rules.subjects.telling import telling
from tracker.language.text import plain

__all__ = ["Form", "Subject", "SubjectMention", "about_space", "find_subjects"]

_SPACE = re.compile(
    r"\b(?:space (?:agenc\w+|missions?|programmes?|programs?|exploration|cooperation|research|station|sector|telescope|dialogue|probe|"
    r"policy|law|science|technolog\w+|companies|industry|activities|debris|security|accords?|pacts?|deals?|ties|links?|partners?|partnerships?|collaboration|"
    r"resources|economy|operations|services|weather|capabilit\w+|ambitions|relations|treaty|engineers|sciences|situational|forum|conference|council|ministers?)"
    r"|remote sensing|earth observation|asteroid (?:mining|mission|probe)s?|(?:in|from|into) space(?! of)|astronautic\w*|launch (?:sites?|pads?|services?|cent(?:er|re)s?)|spacecraft|satellites?|outer space|astronauts?|cosmonauts?|spaceflight|"
    r"lunar (?:mission|lander|orbit\w*|surface|probe|rover|exploration|lander)|moon (?:mission|landing|lander)|orbiters?|launch vehicle|low[ -]earth orbit|"
    r"mars (?:mission|orbiter|rover|probe))\b",
    re.IGNORECASE,
)


_CRAFT_NEXT = re.compile(
    r"\s+(?:lunar\s+|space\s+)?(?:missions?|probes?|spacecraft|orbiters?|landers?|rovers?|satellites?|telescope)\b",
    re.IGNORECASE,
)

_FEW = 6
"""Sentences of a teaser or a short notice."""
_HEADLINE = 2
_SHORT_NAME, _LONG_NAME = 4, 7
_INSTRUMENTAL = word_set(
    "the a an of its their for on in to and with between under memorandum understanding mou agreement arrangement contract treaty accord letter "
    "intent joint statement concerning regarding consideration considerations"
)


def find_subjects(document: Document, catalog: Catalog, known: Sequence[Mention] | None = None) -> tuple[Subject, ...]:
    """Return the subjects in the order of their first place; none for a document that is not about space.

    `known` saves the search for known names where the caller has them already. Pure; linear in the text but for the
    number of subjects.
    """
    text = document.text
    page = Page.of(text, find_known(plain(text), catalog) if known is None else known, catalog)
    if not about_space(page):
        return ()
    meetings = find_meetings(page)
    series = {fold(n.rsplit("-", 1)[0]) for c in meetings for n in (c.name, *c.names) if "-" in n and " " not in n}
    missions = tuple(c for c in find_missions(page) if c.stem not in series)  # APRSAF-24 flies nowhere
    groups = [g for found in (missions, find_agreements(page), meetings) for g in grouped(found, page)]
    _name_again(page, groups)
    anaphors = find_anaphors(page, groups)
    subjects = [_subject(document, page, group, anaphors.get(i, [])) for i, group in enumerate(groups)]
    return tuple(sorted(_distinct(subjects), key=lambda s: s.mentions[0].start))


def _name_again(page: Page, groups: Sequence[Group]) -> None:
    """Add to each group the further places of its discovered names, where nothing says what they are ("TWEX will map …")."""
    by_word: dict[str, list[tuple[tuple[str, ...], Group]]] = {}
    for group in groups:
        if group.catalog_id:
            continue
        names = {n for c in group.candidates if c.form == "proper" for n in (c.name, *c.names) if _unmistakable(n)}
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


def about_space(page: Page) -> bool:
    """Whether the document is about space at all: three different signs, fewer with an agency or where there are few sentences."""
    signs: set[str] = set()
    certain = named = False
    for mention in page.known:
        agency = catalog_kind(page.catalog, mention.id) == "agency"
        entry = page.catalog.get(mention.id)
        # "Hope" is a word, "the Hope orbiter" a mission.
        craft = mention.family == "mission" and _CRAFT_NEXT.match(page.twin, mention.end) is not None
        ordinary = entry is not None and mention.text in entry.common and not craft
        certain = certain or craft
        named = named or (mention.family == "mission" and not ordinary and _coined(mention.text, entry))
        if agency or (mention.family in ("mission", "vehicle", "series", "agreement") and not ordinary):
            signs.add(mention.id)
        elif catalog_kind(page.catalog, mention.id) == "company" and not ordinary:
            signs.add("company")  # all of them are one sign: they build airliners too
    told = {m[0].lower() for each in page.sentences for m in _SPACE.finditer(page.twin, each.start, each.end)}
    signs |= told
    known = any(m.family == "mission" for m in page.known) and any(
        catalog_kind(page.catalog, id_) == "agency" for id_ in signs
    )
    certain = certain or known  # "Gaia" alone is a word; in a line with ESA it is a mission
    agencies = any(catalog_kind(page.catalog, id_) == "agency" for id_ in signs)
    if len(page.sentences) > _FEW:
        wanted = 3 if not (agencies or named) else 2
    else:
        # A teaser says "LUPEX", a headline "space dialogue", and neither says more.
        wanted = 1 if named or ((certain or told) and len(page.sentences) <= _HEADLINE) else 2
    return len(signs) >= wanted


def _coined(text: str, entry: Entry | None) -> bool:
    """Whether a name was made for its mission: with a number, in capitals, of several names, or long and in no dictionary."""
    if entry is None or text in (*entry.ambiguous, *entry.common) or len(text) < _SHORT_NAME:
        return False
    capitals = sum(letter.isupper() for letter in text)
    return capitals > 1 or len(text) >= _LONG_NAME or any(letter.isdigit() for letter in text)


def catalog_kind(catalog: Catalog, id_: str) -> str:
    """Return the kind of an organisation, empty for what is none."""
    organisation = catalog.organisations.get(id_)
    return organisation.kind if organisation else ""


def _subject(document: Document, page: Page, group: Group, anaphors: Sequence[SubjectMention]) -> Subject:
    names = _names(group)
    parties = _parties(page, group)
    first = group.first
    type_ = next((c.type for c in group.candidates if c.type), None)
    id_ = _identity(document, page, group, names[0], parties, type_)
    if first.kind != "mission" and not group.named:
        names = telling(document, page, group, names, parties)
    parent = next((c.parent for c in group.candidates if c.parent and c.parent != group.catalog_id), None)
    mentions = [SubjectMention(c.start, c.end, document.text[c.start : c.end], c.form) for c in group.candidates]
    mentions += [SubjectMention(a.start, a.end, document.text[a.start : a.end], a.form) for a in anaphors]
    return Subject(
        kind=first.kind, id=SubjectId(id_), name=names[0], aliases=names[1:], mentions=_apart(mentions), catalog_id=group.catalog_id,
        type=type_, parent=SubjectId(parent) if parent else None, parties=parties,
    )  # fmt: skip


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
        spoken = party_ids(page, sentence.start, sentence.end if done < 0 else done)
        both = tuple(dict.fromkeys((*found, *spoken)))
        if len(both) == 2 or sentence.block != "title":
            break
    three = len(both) == 3 and _THREE.search(page.twin, sentence.start, sentence.end)
    return both if len(both) == 2 or three else found


def _identity(
    document: Document, page: Page, group: Group, name: str, parties: Sequence[str], type_: str | None
) -> str:
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
        return f"mission/{_part('-'.join(whose) or alone)}{slug(_bare(name))}"
    if first.kind == "meeting":
        return _meeting_id(document, page, group, name, whose)
    spoken = {"pact", "deal", *(type_ or "agreement").split("_")}  # the type stands in the id already
    topic = [w for w in _topic_words(_without_parties(page, group, name)) if w not in spoken][:_TOPIC_WORDS]
    told = "-".join((*whose, (type_ or "agreement").replace("_", "-"), *topic))
    tells = group.named or len(topic) >= 5 or (len(whose) >= 2 and len(topic) >= 2)
    return f"agreement/{told}" if tells else f"agreement/{told}-{alone}"


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


def _year(document: Document, page: Page, group: Group) -> str | None:
    """Return the year that the sentence of a meeting gives in figures, else that of a document dated to the year."""
    for candidate in group.candidates:
        sentence = page.sentences[page.sentence_at(candidate.start)]
        stated = re.search(r"\b(?:19|20)\d\d\b", page.twin[sentence.start : sentence.end])
        if stated:
            return stated[0]
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
