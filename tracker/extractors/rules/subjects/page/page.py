"""A document laid out for the search of subjects: its sentences as words, and the names the catalog knows in them."""

import bisect
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tracker.domain.claim import Kind
from tracker.extractors.catalog import Catalog
from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.page.subject import Form
from tracker.extractors.rules.triggers import triggers_in
from tracker.extractors.rules.words import Word, words_of
from tracker.language.text import Sentence, plain, sentences


class Page(msgspec.Struct, frozen=True, eq=False):
    """The sentences that say something, their words, and the known names in them, in order of the text."""

    twin: str
    sentences: tuple[Sentence, ...]
    words: tuple[tuple[Word, ...], ...]
    known: tuple[Mention, ...]
    starts: tuple[int, ...]
    triggers: tuple[int, ...]
    """By sentence, the triggers among its words."""
    catalog: Catalog

    @classmethod
    def of(cls, text: str, known: Iterable[Mention], catalog: Catalog) -> "Page":
        """Lay out the text; furniture is left out, with the names in it."""
        twin = plain(text)
        said = tuple(s for s in sentences(text) if not s.furniture)
        begins = [s.start for s in said]
        inside: list[Mention] = []
        for mention in known:
            at = bisect.bisect_right(begins, mention.start) - 1
            if at >= 0 and mention.end <= said[at].end:
                inside.append(mention)
        words = tuple([words_of(twin, s.start, s.end) for s in said])
        triggers = tuple([triggers_in([word.lower for word in one]) for one in words])
        return cls(twin, said, words, tuple(inside), tuple([m.start for m in inside]), triggers, catalog)

    def known_in(self, start: int, end: int) -> Sequence[Mention]:
        """Return the known names that lie wholly in a stretch."""
        low = bisect.bisect_left(self.starts, start)
        high = bisect.bisect_left(self.starts, end)
        return [m for m in self.known[low:high] if m.end <= end]

    def known_over(self, start: int, end: int) -> Mention | None:
        """Return the known name that overlaps a stretch, the first one."""
        low = bisect.bisect_right(self.starts, start) - 1
        for mention in self.known[max(low, 0) : low + 3]:
            if mention.start < end and start < mention.end:
                return mention
        return None

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that an offset lies in, or the one before it."""
        return max(bisect.bisect_right(self.sentences, offset, key=lambda s: s.start) - 1, 0)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One place that names or describes a subject, before the places are put together.

    `keys` are folded names; two candidates of one kind that share a key are the same subject. `nouns` are the common nouns
    it goes by here ("satellite", "lander"); a later "the satellite" may mean it.
    """

    kind: Kind
    start: int
    end: int
    form: Form
    keys: tuple[str, ...]
    name: str
    names: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    catalog_id: str | None = None
    type: str | None = None
    parent: str | None = None
    parties: tuple[str, ...] = ()
    destination: str | None = None
    series: str | None = None
    number: int | None = None
    stem: str | None = None
    """The family of a numbered name: `gsat` of GSAT-11. Where one member is a mission, the others are too."""
    definite: bool = False
    """Said with `the`, `this` or an owner: something the text takes as known."""
    weak: bool = False
    """A name that needs another, surer place in the document."""
    plural: bool = False
    """Several at once, of which none is told apart: "two agreements"."""


def party_ids(page: Page, start: int, end: int) -> tuple[str, ...]:
    """Return the organisations and countries named in a stretch, each country once: its agency stands for it."""
    found: dict[str, str] = {}
    for mention in page.known_in(start, end):
        id_: str | None = mention.id if mention.family in ("organisation", "country") else None
        if (
            mention.family == "place"
            and mention.form == "capital"
            and not _WHERE.search(page.twin, max(0, mention.start - 10), mention.start)
        ):
            id_ = page.catalog.metonym(mention.id)
        if id_ and not _owns_the_next(page, mention, end):
            found.setdefault(page.catalog.country_of(id_) or id_ if speaks_for_state(page.catalog, id_) else id_, id_)
    return tuple(found.values())


def _owns_the_next(page: Page, mention: Mention, end: int) -> bool:
    """Whether a name only tells whose another one is: "Turkey's Türksat", "a subsidiary of Roscosmos"."""
    if _PART_OF.search(page.twin, max(0, mention.start - 24), mention.start):
        return True  # "a subsidiary of A"
    if mention.family != "country":
        return False
    owns = _OF_PEOPLE if mention.form in ("demonym", "adjective") else _OWNS
    if not owns.match(page.twin, mention.end):
        return False
    after = page.known_in(mention.end, min(end, mention.end + 60))
    own = next((m for m in after if m.family == "organisation"), None)
    return own is not None and owns.fullmatch(page.twin, mention.end, own.start) is not None


_PART_OF = re.compile(r"\b(?:subsidiary|arm|unit|division|wing|branch|affiliate) of (?:the )?$")
_SORTS = (
    r"(?:(?:space|aerospace|satellite|launch|rocket|national|state|state-owned|private|commercial|technology|company|firm|agency|operator|"
    r"manufacturer|maker|provider|giant|start-up|startup|university|institute|ministry|of|defen[cs]e) )*"
)
_OWNS = re.compile(rf"'s {_SORTS}")
_OF_PEOPLE = re.compile(rf" {_SORTS}")
_WHERE = re.compile(r"\b(?:in|at|near|outside|to|from|via)\s+$")  # a city after these is a place, not its government


def speaks_for_state(catalog: Catalog, id_: str) -> bool:
    """Whether what a party signs binds its country: a state, an agency, a ministry, but no company or institute."""
    organisation = catalog.organisations.get(id_)
    return organisation is None or organisation.kind in ("agency", "government")


def destination_in(page: Page, start: int, end: int) -> str | None:
    """Return the id of the first destination named in a stretch."""
    return next((m.id for m in page.known_in(start, end) if m.family == "destination"), None)


def squeezed(page: Page, start: int, end: int) -> str:
    """Return a stretch of the twin as one line, without the spaces that markup leaves."""
    text = " ".join(page.twin[start:end].split())
    return text.replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def main_parties(page: Page) -> tuple[str, ...]:
    """Return the two countries that the document speaks of most, when they stand out from the third."""
    spoken = [c for m in page.known if m.family in ("country", "organisation") and (c := page.catalog.country_of(m.id))]
    ranked = sorted(counts(spoken).items(), key=lambda item: -item[1])
    return tuple(id_ for id_, _ in ranked[:2]) if len(ranked) < 3 or ranked[1][1] > ranked[2][1] else ()


def counts(items: Iterable[str]) -> Mapping[str, int]:
    """Return how often each item stands in a sequence."""
    found: dict[str, int] = {}
    for item in items:
        found[item] = found.get(item, 0) + 1
    return found
