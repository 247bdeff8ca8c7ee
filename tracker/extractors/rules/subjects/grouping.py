"""Which places of a document speak of one subject: by shared keys first, then by what the descriptions allow."""

import re
from collections.abc import Iterable, Sequence

from tracker.extractors.catalog import Catalog, KnownMission
from tracker.extractors.rules.subjects.missions.announced import (
    ANNOUNCED,
    ANY_CRAFT,
    is_programme,
    named_for,
    opens_text,
)
from tracker.extractors.rules.subjects.missions.described import FIRST
from tracker.extractors.rules.subjects.occasions import headlines, members_of, sequels
from tracker.extractors.rules.subjects.pacts.restated import instruments
from tracker.extractors.rules.subjects.page.group import Group
from tracker.extractors.rules.subjects.page.page import Candidate, Page, main_parties, party_ids


def grouped(candidates: Sequence[Candidate], page: Page) -> list[Group]:
    """Return the groups of one kind, in the order of their first place."""
    groups = _by_key(candidates)
    flying = {c.stem or "" for g in groups for c in g.candidates if not c.weak} - {""}
    groups = [
        g for g in groups if g.first.kind != "mission" or any(not c.weak or c.stem in flying for c in g.candidates)
    ]
    kind = candidates[0].kind if candidates else None
    if kind == "mission":
        groups = _descriptions(_programmes(_misspelt(groups), page), page)
    elif kind == "agreement":
        groups = headlines(instruments(groups, page), page)
    elif kind == "meeting":
        groups = headlines(members_of(sequels(groups, page)), page)
    for group in groups:
        group.candidates.sort(key=lambda c: c.start)
    return sorted(groups, key=lambda g: g.first.start)


def _by_key(candidates: Iterable[Candidate]) -> list[Group]:
    """Join what shares a key, directly or through a third."""
    owner: dict[str, Group] = {}
    groups: list[Group] = []
    for candidate in candidates:
        keys = [k for k in candidate.keys if k]
        met = list({id(owner[k]): owner[k] for k in keys if k in owner}.values())
        if met:
            group = met[0]
            group.candidates.append(candidate)
            for other in met[1:]:
                group.candidates.extend(other.candidates)
                groups.remove(other)
        else:
            group = Group([candidate])
            groups.append(group)
        for member in (candidate, *(c for other in met[1:] for c in other.candidates)):
            owner.update((k, group) for k in member.keys if k)
        group.catalog_id = next((c.catalog_id for c in group.candidates if c.catalog_id), None)
    return groups


_NUMBER = re.compile(r" \d+$")
_LONG_ENOUGH = 6  # letters before the number: of two shorter names one letter makes two crafts (MTG, MSG)


def _misspelt(groups: list[Group]) -> list[Group]:
    """Join a numbered name to one that differs by a letter and has the same number ("Chandrayan-1")."""
    kept: list[Group] = []
    for group in groups:
        key = group.first.keys[0]
        number = _NUMBER.search(key)
        same = None
        if number and number.start() >= _LONG_ENOUGH and not group.catalog_id:
            names = [(g, name) for g in groups if g is not group for name in g.first.keys if name.endswith(number[0])]
            same = next((g for g, name in names if one_letter_off(name, key)), None)
        if same:
            same.candidates.extend(group.candidates)
        else:
            kept.append(group)
    return kept


def one_letter_off(left: str, right: str) -> bool:
    """Whether one letter added, left out or changed makes two words the same (edit distance 1)."""
    if left == right or abs(len(left) - len(right)) > 1:
        return False
    short, long = sorted((left, right), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + (len(short) == len(long)) :] == long[at + 1 :]


def _programmes(groups: list[Group], page: Page) -> list[Group]:
    """A programme named in passing ("Chandrayaan's orbiter") is its one member that the document speaks of most."""
    kept: list[Group] = []
    for group in groups:
        known = page.catalog.missions.get(group.catalog_id or "")
        members: list[Group] = []
        if known is not None and known.kind == "programme" and len(group.candidates) == 1:
            members = [g for g in groups if g.catalog_id and _belongs(page.catalog, g.catalog_id, known)]
        members.sort(key=lambda g: (-len(g.candidates), g.first.start))
        owned = group.first.nouns and any("'s " in name for name in group.first.names)
        if owned and members:
            members[0].candidates.extend(group.candidates)
        else:
            kept.append(group)
    return kept


def _belongs(catalog: Catalog, member: str, programme: KnownMission) -> bool:
    mission = catalog.missions[member]
    return mission.kind == "mission" and mission.family is not None and mission.family == programme.family


def _descriptions(groups: list[Group], page: Page) -> list[Group]:
    """Give the described projects their name where one is known, and join those that can only be one."""
    named = {g.catalog_id: g for g in groups if g.catalog_id}
    kept = [g for g in groups if g.named]
    described = [g for g in groups if not g.named]
    for group in described:
        if group.first.keys[0].startswith(ANNOUNCED):
            twin = named_for(group, kept, page)
            if twin:
                twin.candidates.append(group.first)
            continue
        counted = _counted(group, kept, page)
        if counted:
            counted.candidates.extend(group.candidates)
            continue
        known = _described(group, page)
        if known and known in named:
            named[known].candidates.extend(group.candidates)
            continue
        if known:
            group.catalog_id = known
            named[known] = group
        else:
            twin = (
                _pointed(group, kept, page)
                or _announced(group, kept, page)
                or _same_errand(group, [g for g in kept if not g.named], page.catalog)
                or _told_before(group, kept, page)
            )
            if twin:
                twin.candidates.extend(group.candidates)
                continue
            if not _meant(group, page) or _is_any(group, kept, page):
                twin = named_for(group, kept, page) if opens_text(group, page) else None
                if twin:
                    twin.candidates.extend(group.candidates)
                continue
        kept.append(group)
    return kept


_NEAR = 3  # sentences


def _counted(group: Group, kept: Sequence[Group], page: Page) -> Group | None:
    """Return the mission whose number is the ordinal of a description: "its third lunar mission" beside Chandrayaan-3."""
    number = group.first.number
    if number is None or not group.first.definite:
        return None
    at = page.sentence_at(group.first.start)
    near = [
        g
        for g in kept
        if g.named
        and any(_ends_in(c.name, number) and abs(page.sentence_at(c.start) - at) <= _NEAR for c in g.candidates)
    ]
    return near[0] if len(near) == 1 else None


def _ends_in(name: str, number: int) -> bool:
    """Whether a name ends in a number: Chandrayaan-3, "Kestrel 3"."""
    match = re.search(r"[- ](\d{1,2})$", name)
    return match is not None and int(match[1]) == number


def _pointed(group: Group, kept: Sequence[Group], page: Page) -> Group | None:
    """Return the named mission that "this joint mission" takes up: the last one in the sentence before, or in its own."""
    first = group.first
    before = page.twin[max(0, first.start - 12) : first.start].lower().split()
    at = page.sentence_at(first.start)
    opens = first.start - page.sentences[at].start <= 16
    if not first.definite or not (before[-1:] == ["this"] or (opens and "the" in before[-2:])):
        return None
    near = [
        (c.start, g)
        for g in kept
        for c in g.candidates
        if c.start < first.start and at - page.sentence_at(c.start) <= 1 + (before[-1:] == ["this"]) and g.named
    ]
    found = {id(g): g for _, g in near}
    return max(near, key=lambda entry: entry[0])[1] if near and (before[-1:] == ["this"] or len(found) == 1) else None


def _announced(group: Group, kept: Sequence[Group], page: Page) -> Group | None:
    """Return the mission that a description announces before its name comes: "A weather satellite … INSAT-3DS, …"."""
    first = group.first
    if first.keys[0].startswith("joint") or (first.number or 1) > 1:
        return None
    at = page.sentence_at(first.start)
    for other in sorted(kept, key=lambda g: g.first.start):
        begun = other.first
        if not other.named or begun.start < first.start or is_programme(other, page):
            continue
        distance = page.sentence_at(begun.start) - at
        fits = set(first.nouns) & other.nouns or (begun.destination and begun.destination == first.destination)
        if (
            distance <= (4 if fits else 2)
            and page.sentences[at].block in ("title", "lead")
            and (fits or not other.nouns)
        ):
            return other
        if distance <= 1 and fits:
            return other
    return None


def _told_before(group: Group, kept: Sequence[Group], page: Page) -> Group | None:
    """Return the only mission named before "A's first satellite" that can be it, as the text goes on about it."""
    first = group.first
    if not first.keys[0].startswith(FIRST):
        return None
    before = [g for g in kept if g.named and g.first.start < first.start and not is_programme(g, page)]
    fits = [g for g in before if not g.nouns or _alike(g, group)]
    if len(before) != 1 or not fits:
        return None
    known = page.catalog.missions.get(fits[0].catalog_id or "")
    theirs = {page.catalog.country_of(p) or p for p in known.operators} if known else set()
    return fits[0] if not theirs or theirs & set(first.parties) else None


def _meant(group: Group, page: Page) -> bool:
    """Whether a described project is one that somebody plans, builds, or talks about, and not any craft of that sort."""
    for candidate in group.candidates:
        if candidate.keys[0].startswith(("joint", "uncrewed", FIRST)):
            return True
        sentence = page.sentences[page.sentence_at(candidate.start)]
        if _INTENDED.search(page.twin, sentence.start, sentence.end):
            return True
    return False


def _is_any(group: Group, kept: Sequence[Group], page: Page) -> bool:
    """Whether a description behind a mission with a name means any craft of its sort: "the next window for a Mars mission"."""
    first = group.first
    if (
        first.keys[0].startswith(("joint", "uncrewed", FIRST))
        or first.number
        or first.definite
        or len(group.candidates) > 1
    ):
        return False
    if not any(g.named and g.first.start < first.start and not is_programme(g, page) for g in kept):
        return False
    front = page.twin[max(0, first.start - _GOVERNED) : first.start]
    return not (_INTENDED.search(front.rpartition(".")[2]) or _TO_COME.match(page.twin, first.end))


_GOVERNED = 40  # characters
_TO_COME = re.compile(
    r"(?: (?:to|with|for|of|by|from|called|built|led|planned|proposed)\b[^,.;]{1,60})? (?:which |that )?(?:will|would|could|may|might|should|is|are|has|was)\b"
)
"""What follows a craft of which something is told: "a Mars orbiter of its own could fly"."""
_TOGETHER = re.compile(
    r"\b(?:jointly|together|collaborat\w+|(?:two|both) (?:\w+ )?(?:countries|country's|nations|agencies|space agencies|sides|governments))\b",
    re.IGNORECASE,
)
_INTENDED = re.compile(
    r"\b(?:will|would|plan\w*|intend\w*|hop(?:es?|ed|ing)|wants?|propos\w*|consider\w*|talk\w*|discuss\w*|stud(?:y|ies|ying)|aim\w*|sign\w*|"
    r"contracts?|approv\w*|scheduled|gearing|prepar\w*|is to|are to|develop\w*|build\w*|decid\w*|agree\w*|negotiat\w*|order\w*|selected|propos\w*)\b",
    re.IGNORECASE,
)


def _described(group: Group, page: Page) -> str | None:
    catalog = page.catalog
    for candidate in group.candidates:
        sentence = page.sentences[page.sentence_at(candidate.start)]
        for parties in (candidate.parties, party_ids(page, sentence.start, sentence.end), main_parties(page)):
            if len({catalog.country_of(p) or p for p in parties}) < 2:
                continue
            together = _TOGETHER.search(page.twin, sentence.start, sentence.end) is not None
            known = catalog.described(parties, candidate.destination, "joint " * together + candidate.name)
            if known:
                return known.id
            break
    return None


def _alike(one: Group, other: Group) -> bool:
    """Whether two descriptions can be of one craft: an orbiter is no lander."""
    return bool(one.nouns & other.nouns) or bool((one.nouns | other.nouns) & ANY_CRAFT)


def _same_errand(group: Group, others: Sequence[Group], catalog: Catalog) -> Group | None:
    """Return the one described project to the same body, when neither tells another number than the other."""
    body = catalog.body_of(group.first.destination)
    if body is None:
        joint = [g for g in others if g.first.keys[0].startswith("joint") and group.first.keys[0].strip() == "joint"]
        return joint[0] if len(joint) == 1 else None
    same = [
        g
        for g in others
        if catalog.body_of(g.first.destination) == body and g.first.number == group.first.number and _alike(g, group)
    ]
    return same[0] if len(same) == 1 else None
