"""Visits: "the visit of the Crown Prince of A", "B's trip to C", "on his state visit to D"."""

from collections.abc import Sequence

from tracker.extractors.folding import fold
from tracker.extractors.rules.subjects.meetings.actors import OFFICES
from tracker.extractors.rules.subjects.meetings.encounters import with_host
from tracker.extractors.rules.subjects.meetings.leaders import leader_ids, who_ids
from tracker.extractors.rules.subjects.page.page import Candidate, Page, destination_in, squeezed
from tracker.extractors.rules.subjects.page.phrases import Phrase, closes, modifies
from tracker.extractors.rules.words import Word, is_date, word_set

VISITS = frozenset({"visit", "trip", "tour", "stay"})
"""Nouns of visits; a trip or a tour is one only when it is that of somebody in office."""
_STATELY = word_set("official state working goodwill bilateral maiden return")


def visit_of(page: Page, words: Sequence[Word], here: Phrase) -> Candidate | None:
    """A visit of named people or to a named place: "the visit of the Crown Prince of A", "B's visit to C"."""
    at = here.index + 1
    owner = here.determiner.endswith("'s")
    last = at
    if at < len(words) and words[at].lower in ("of", "by", "to"):
        last = at + 1
        while (
            last < len(words)
            and last - at < 14
            and not closes(words[last])
            and words[last].text not in ",()"
            and not is_date(words[last])
        ):
            if words[last].lower in ("in", "on", "for", "from", "with"):
                break
            last += 1
    stretch = words[at:last]
    if destination_in(page, here.head.end, (stretch[-1] if stretch else here.head).end) is not None:
        return None  # a probe's visit to Jupiter
    named = here.first
    while owner and named > 0 and here.first - named < 4 and words[named - 1].capital and modifies(words[named - 1]):
        named -= 1  # the owner's first names and office
    owned = bool(leader_ids(page, words[named].start, here.head.start)) or (
        here.determiner.removesuffix("'s") in OFFICES and owner
    )
    if not owned and not any(w.capital and not is_date(w) for w in stretch[1:]):
        return None
    stately = any(w.lower in _STATELY or w.lower.endswith("-day") for w in here.modifiers)
    if here.head.lower != "visit" and not owned and not (stately and stretch):
        return None  # a trip, a tour of anybody
    if at < len(words) and words[at].lower == "to" and not owner and not here.definite and not stately:
        return None  # somebody's trip
    start = words[named].start if owner else here.start
    end = stretch[-1].end if stretch else here.head.end
    name = squeezed(page, start, end)
    parties = with_host(page, stretch[0].start if stretch else start, end, who_ids(page, words[named].start, end))
    if len(parties) == 1 and not owned:
        parties = (*_visitor(page, words, here, parties[0]), *parties)
    return Candidate(
        kind="meeting", start=start, end=end, form="descriptive", name=name, keys=(fold(name),), nouns=("visit",),
        parties=parties,
    )  # fmt: skip


def _visitor(page: Page, words: Sequence[Word], here: Phrase, host: str) -> tuple[str, ...]:
    """Return whose visit it is where the sentence tells: "on his state visit to A, President B …", "B's minister was on a visit"."""
    found = [*leader_ids(page, words[0].start, words[-1].end)]
    for at, word in enumerate(words):
        if word.lower in OFFICES and not here.first <= at <= here.index:
            found += who_ids(page, words[max(0, at - 4)].start, word.end)
    state = page.catalog.country_of(host) or host
    return next(((id_,) for id_ in found if (page.catalog.country_of(id_) or id_) != state), ())
