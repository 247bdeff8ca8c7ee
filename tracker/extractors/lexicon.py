"""The lexicon: which words say what, read from rows that an analyst can review.

Every table is one file of `config/lexicon`. A row of `cues` says: these words, standing so to their subject, mean this event
or state. The other tables hold the small word classes that decide how sure, how old and who.

A pattern is words with a space between them. `~launch` is a verb in any form, `a|b` either word, `~enter|~go+into` either a
word or several, `(the)` may be absent, `_` stands for up to four words, `{place}` for a name of that family (place, vehicle,
org, date, destination, mission).
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

import msgspec

from tracker.domain.vocabulary import MISSION_ROLES, VOCABULARIES
from tracker.errors import ConfigError
from tracker.extractors.confidence import Step, checked
from tracker.extractors.inflection import Form, VerbForms, inflect

Table = Sequence[Mapping[str, object]]
CueKind = Literal["mission", "agreement", "meeting", "other"]
CueSort = Literal["verb", "noun", "state", "schedule", "shift", "scrub"]
Theme = Literal["subject", "object", "of", "any"]

_Row = TypeVar("_Row")

DASHES = frozenset(("-", "--", "–", "—", ":"))
"""Marks that part a sentence as a dash does."""
SLOTS = frozenset({"place", "vehicle", "org", "date", "destination", "mission"})
_SLOT = re.compile(r"\{([a-z]+)\}")


class Element(msgspec.Struct, frozen=True):
    """One place of a pattern: words with the verb form each is, a slot, or a gap of up to `gap` words."""

    forms: Mapping[str, frozenset[Form]] = {}
    slot: str = ""
    gap: int = 0
    verb: bool = False


class Cue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row: what a phrase says of its subject.

    `date` is the attribute that a date beside it fills; `status`, `planned` and `possible` are the status that follows from the
    phrase when it is reported as a fact, a plan or an idea; `doer` is the role of who does it (`by` when it is only the doer).
    `theme` tells where the subject stands in the active voice; the passive turns it round.
    """

    id: str
    kind: CueKind
    sort: CueSort
    patterns: tuple[str, ...]
    theme: Theme = "any"
    date: str = ""
    status: str = ""
    planned: str = ""
    possible: str = ""
    doer: str = ""
    deniable: bool = False
    weight: float = 0.9
    chain: bool = False
    """Counts only when the words in front make it a plan: "is to follow in 2026"."""
    near: bool = False
    """Counts only right beside its subject: "during the visit"."""
    progressive: bool = False
    """Counts only while it goes on: "is building", "being built"."""
    ongoing: bool = False
    """Counts only in the present or the perfect: "has mapped", "maps", "is mapping"."""
    intransitive: bool = False
    """Does not count with an object: "the engine failed", not "failed a test"."""
    needs: tuple[str, ...] = ()
    """Words of which one must stand in the sentence: `close` ends a mission only beside a spacecraft."""


Pattern = tuple[int, tuple[Element, ...]]
"""The number of a cue, and the elements of one of its patterns."""


class Branch(msgspec.Struct, frozen=True):
    """The patterns that begin with one word."""

    by_second: Mapping[str, tuple[Pattern, ...]]
    """Those that ask for a word behind it, by that word."""
    others: tuple[Pattern, ...]
    unnamed: tuple[Pattern, ...]
    """Of the others, those that can fit where no name stands right behind."""
    gapped: tuple[tuple[frozenset[str], Pattern], ...] = ()
    """The patterns with a gap behind that word, each with the words of which one must follow somewhere."""


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `roles`: a role, the things that somebody with this role brings."""

    role: str
    nouns: tuple[str, ...]


class Deed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `deeds`: what a party does to a spacecraft, and the role that it has by doing so.

    `nouns` are what it is called ("the operator"), `work` what it is responsible for ("the construction"). `passive` deeds count
    only with "by". Where a craft changes hands, `to` is the role of who gets it and `source` of whom it is from; with a `to` the
    giver counts only where that is told.
    """

    name: str
    firm: str
    state: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    passive: bool = False
    to: str = ""
    source: str = ""


class WordClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `words`: a small closed class of words and what it is for."""

    name: str
    words: tuple[str, ...]
    note: str = ""


class Weight(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of `weights`: a number that reading uses, with its meaning."""

    name: str
    value: float
    note: str = ""


class Lexicon(msgspec.Struct, frozen=True):
    """All that reading knows of English news words, compiled for matching."""

    cues: tuple[Cue, ...]
    patterns: Mapping[str, tuple[Pattern, ...]]
    """First word → the patterns that begin with it."""
    provider_heads: frozenset[str]
    """The first words of those nouns."""
    providers: Mapping[str, str]
    """Noun → role: `rover` → rover, `spectrometer` → payload."""
    classes: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    steps: Mapping[str, float]
    """What it costs to go past a word or mark, for those that cost more than any other."""
    verbs: Mapping[str, VerbForms]
    deeds: Mapping[str, tuple[Deed, frozenset[Form]]]
    """Verb as written → what it does to a spacecraft, and which form it is."""
    doers: Mapping[str, Deed]
    """Noun → the deed of whoever is called so."""
    works: Mapping[str, Deed]
    """Noun → the deed that it names."""
    dealing: frozenset[str]
    """All of these words, and those for having: without one a sentence tells no deed."""
    confidence: tuple[Step, ...] = ()
    """What a score is worth; without rows it is taken as it is."""
    _indexes: dict[frozenset[str], Mapping[str, Branch]] = msgspec.field(default_factory=dict)
    _together: dict[tuple[str, ...], frozenset[str]] = msgspec.field(default_factory=dict)

    def index_of(self, kinds: frozenset[str]) -> Mapping[str, Branch]:
        """Return the patterns of the cues for these kinds, by their first words; laid out once."""
        found = self._indexes.get(kinds)
        if found is None:
            chosen = {word: [p for p in all_ if self.cues[p[0]].kind in kinds] for word, all_ in self.patterns.items()}
            found = self._indexes[kinds] = {word: _branch(patterns) for word, patterns in chosen.items() if patterns}
        return found

    def words_of(self, classes: tuple[str, ...]) -> frozenset[str]:
        """Return the words of several classes, put together once. Raises KeyError for a class that the lexicon has not."""
        found = self._together.get(classes)
        if found is None:
            found = self._together[classes] = frozenset().union(*(self.classes[name] for name in classes))
        return found

    @classmethod
    def from_tables(cls, tables: Mapping[str, Table]) -> "Lexicon":
        """Return the lexicon of these tables, by file stem. Raises ConfigError naming the file and the row."""
        irregular = {row.base: row for row in _rows("verbs", tables, VerbForms)}
        cues: list[Cue] = []
        for name in ("mission_cues", "agreement_cues", "meeting_cues", "other_cues"):
            cues += [_checked(name, number, cue) for number, cue in enumerate(_rows(name, tables, Cue), 1)]
        index: dict[str, list[Pattern]] = {}
        for number, cue in enumerate(cues):
            for pattern in cue.patterns:
                for elements in compile_pattern(pattern, irregular, where=f"lexicon cue {cue.id}"):
                    for word in elements[0].forms:
                        index.setdefault(word, []).append((number, elements))
        providers = {noun: row.role for row in _rows("roles", tables, Provider) for noun in row.nouns}
        for role in set(providers.values()) - set(MISSION_ROLES):
            raise ConfigError("config/lexicon/roles.toml", f"no such role {role!r}")
        deeds = _rows("deeds", tables, Deed)
        dealt = {word for row in deeds for verb in row.verbs for word in inflect(verb, irregular)}
        dealing = dealt.union(("has", "have"), *(row.nouns for row in deeds), *(row.work for row in deeds))
        for role in {role for row in deeds for role in (row.firm, row.state, row.to, row.source)} - {
            "",
            *MISSION_ROLES,
        }:
            raise ConfigError("config/lexicon/deeds.toml", f"no such role {role!r}")
        classes = {row.name: frozenset(row.words) for row in _rows("words", tables, WordClass)}
        weights = {row.name: row.value for row in _rows("weights", tables, Weight)}
        return cls(
            cues=tuple(cues),
            patterns={word: tuple(patterns) for word, patterns in index.items()},
            provider_heads=frozenset(noun.split()[0] for noun in providers),
            providers=providers,
            classes=classes,
            weights=weights,
            steps=_steps_past(classes, weights),
            verbs=irregular,
            deeds={
                w: (row, forms) for row in deeds for verb in row.verbs for w, forms in inflect(verb, irregular).items()
            },
            doers={noun: row for row in deeds for noun in row.nouns},
            works={noun: row for row in deeds for noun in row.work},
            dealing=frozenset(dealing),
            confidence=_steps(tables),
        )


def _steps_past(classes: Mapping[str, frozenset[str]], weights: Mapping[str, float]) -> dict[str, float]:
    """The cost of each word that parts a sentence; a mark before a conjunction before a verb, where a word is several."""
    costs: dict[str, float] = {}
    for name in ("finite", "soft_break", "strong_break"):
        costs.update(dict.fromkeys(classes[name], weights[name]))
    costs.update(dict.fromkeys(DASHES, weights["dash"]))
    return costs | {",": weights["comma"], ";": weights["strong_mark"]}


def _steps(tables: Mapping[str, Table]) -> tuple[Step, ...]:
    if "confidence" not in tables:
        return ()
    try:
        return checked(_rows("confidence", tables, Step))
    except ValueError as error:
        raise ConfigError("config/lexicon/confidence.toml", str(error)) from error


def _branch(patterns: Sequence[Pattern]) -> Branch:
    by_second: dict[str, list[Pattern]] = {}
    others: list[Pattern] = []
    gapped: list[tuple[frozenset[str], Pattern]] = []
    for pattern in patterns:
        elements = pattern[1]
        if len(elements) > 1 and elements[1].forms:
            for word in elements[1].forms:
                by_second.setdefault(word, []).append(pattern)
        elif len(elements) > 2 and elements[1].gap and elements[2].forms:
            gapped.append((frozenset(elements[2].forms), pattern))
        else:
            others.append(pattern)
    unnamed = tuple(pattern for pattern in others if len(pattern[1]) < 2 or not pattern[1][1].slot)
    beside = {word: tuple(found) for word, found in by_second.items()}
    return Branch(beside, tuple(others), unnamed, tuple(gapped))


def compile_pattern(pattern: str, irregular: Mapping[str, VerbForms], *, where: str) -> Iterator[tuple[Element, ...]]:
    """Yield the pattern's elements, once for every choice of its optional words. Raises ConfigError for a wrong pattern."""
    choices: list[list[tuple[Element, ...]]] = []
    for word in pattern.split():
        optional = word.startswith("(") and word.endswith(")")
        options = (word.strip("()") if optional else word).split("|")
        plain = "|".join(option for option in options if "+" not in option)
        found: list[tuple[Element, ...]] = [(_element(plain, irregular, where),)] if plain else []
        found += [tuple(_element(part, irregular, where) for part in o.split("+")) for o in options if "+" in o]
        choices.append([*found, ()] if optional else found)
    for chosen in itertools.product(*choices):
        elements = tuple(itertools.chain.from_iterable(chosen))
        if not elements or not elements[0].forms:
            raise ConfigError(where, f"pattern {pattern!r} must begin with a word")
        yield elements


def _element(word: str, irregular: Mapping[str, VerbForms], where: str) -> Element:
    if word == "_":
        return Element(gap=4)
    slot = _SLOT.fullmatch(word)
    if slot:
        if slot[1] not in SLOTS:
            raise ConfigError(where, f"no such slot {word!r}")
        return Element(slot=slot[1])
    forms: dict[str, frozenset[Form]] = {}
    for option in word.split("|"):
        if option.startswith("~"):
            for text, tags in inflect(option[1:], irregular).items():
                forms[text] = forms.get(text, frozenset()) | tags
        else:
            forms.setdefault(option, frozenset())
    return Element(forms=forms, verb="~" in word)


def _rows(name: str, tables: Mapping[str, Table], type_: type[_Row]) -> list[_Row]:
    rows = []
    for number, row in enumerate(tables.get(name, ()), 1):
        try:
            rows.append(msgspec.convert(row, type_))
        except msgspec.ValidationError as error:
            raise ConfigError(f"config/lexicon/{name}.toml row {number}", str(error)) from error
    if not rows:
        raise ConfigError(f"config/lexicon/{name}.toml", "is missing or empty")
    return rows


def _checked(name: str, number: int, cue: Cue) -> Cue:
    where = f"config/lexicon/{name}.toml row {number} ({cue.id})"
    vocabulary = VOCABULARIES.get(cue.kind)
    if vocabulary is None:
        return cue
    if cue.date and cue.date not in vocabulary.attributes:
        raise ConfigError(where, f"{cue.kind} has no attribute {cue.date!r}")
    for status in (cue.status, cue.planned, cue.possible):
        if status and status not in vocabulary.statuses:
            raise ConfigError(where, f"{cue.kind} has no status {status!r}")
    return cue
