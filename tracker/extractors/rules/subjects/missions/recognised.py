"""Missions that the catalog knows, with the nouns and other names beside them, and the common words that mean one here."""

from collections.abc import Iterator, Sequence

from tracker.extractors.catalog import KnownMission
from tracker.extractors.folding import fold
from tracker.extractors.rules.names.known import Mention
from tracker.extractors.rules.subjects.missions.namelike import ends_in_serial
from tracker.extractors.rules.subjects.page.acronyms import other_name
from tracker.extractors.rules.subjects.page.crafts import NOUNS, following_noun, of_a_rocket
from tracker.extractors.rules.subjects.page.page import Candidate, Page, squeezed
from tracker.extractors.rules.subjects.page.phrases import modifies, possessive
from tracker.extractors.rules.triggers import trigger
from tracker.extractors.rules.words import Word, word_set
from tracker.language.text import Sentence

_WHITHER = word_set(
    "to onto into via at aboard on from of with by for in reach reached reaching visit visited towards toward near leave left serving"
)


_OWNER = trigger(pattern="'s$")


def recognised(page: Page, words: Sequence[Word], sentence: Sentence, triggers: int) -> Iterator[Candidate]:
    """Yield the places in a sentence that name a known mission."""
    known = [mention for mention in page.known_in(sentence.start, sentence.end) if mention.family == "mission"]
    if known:
        yield from _named(page, words, known)
    yield from _heading_an_item(page, words)
    if triggers & _OWNER:
        yield from _owned(page, words)


def _named(page: Page, words: Sequence[Word], known: Sequence[Mention]) -> Iterator[Candidate]:
    at = {word.start: i for i, word in enumerate(words)}
    ends = {word.end: i for i, word in enumerate(words)}
    for mention in known:
        if mention.start not in at:
            continue
        entry = page.catalog.missions[mention.id]
        if entry.kind == "craft_type" or _is_room(page, entry):
            continue
        finish = _balanced(page, mention)
        last = ends.get(finish, at[mention.start])
        if ends_in_serial(page, words, last + 1):
            yield _another(page, words, at[mention.start], last + 1)
            continue
        stop, nouns = following_noun(words, last)
        if of_a_rocket(words, at[mention.start], last):
            continue
        if entry.kind in ("programme", "constellation") and _counted(words, at[mention.start], last):
            continue  # "has launched 11 Discovery missions": none of them is meant
        if mention.text.isupper() and len(mention.text) <= _ACRONYM and _is_tail(page, words, entry, at[mention.start]):
            continue
        name = squeezed(page, mention.start, finish)
        part = _component(page, mention, nouns[:1])
        if part:
            yield Candidate(
                kind="mission", start=mention.start, end=words[stop].end, form="proper", nouns=nouns, parent=mention.id,
                name=squeezed(page, mention.start, words[stop].end), keys=(f"{mention.id} {nouns[0]}",),
            )  # fmt: skip
            continue
        whole = squeezed(page, mention.start, words[stop].end)
        named = stop > last and words[stop].capital
        before = tuple(
            NOUNS[w.lower] for w in words[max(0, at[mention.start] - 1) : at[mention.start]] if w.lower in NOUNS
        )
        inside = tuple(
            NOUNS[w.lower] for w in words[at[mention.start] : last + 1] if w.lower in NOUNS
        )  # "Vikram Lander"
        others, keys = other_name(page, words, stop + 1, whole if named else name)
        yield Candidate(
            kind="mission", start=mention.start, end=words[stop].end if named else finish, form="proper",
            catalog_id=mention.id, keys=(mention.id, fold(name), *keys), name=whole if named else name,
            weak=_is_passing(words, entry, at[mention.start], last), names=((whole,) if stop > last and not named else (name,) if named else ()) + others, nouns=(*nouns, *before, *inside),
            parent=entry.part_of,
        )  # fmt: skip


def _another(page: Page, words: Sequence[Word], first: int, last: int) -> Candidate:
    """Return the mission that a known name with a number behind it is: the ninth Michibiki, which no list has."""
    name = squeezed(page, words[first].start, words[last].end)
    return Candidate(
        kind="mission", start=words[first].start, end=words[last].end, form="proper", name=name, keys=(fold(name),),
        nouns=following_noun(words, last)[1],
    )  # fmt: skip


def _is_room(page: Page, entry: KnownMission) -> bool:
    """Whether this is a module or an arm of a station: part of its story, no mission of its own."""
    whole = page.catalog.missions.get(entry.part_of or "")
    return entry.kind == "component" and whole is not None and whole.kind == "station"


_COUNTS = word_set(
    "two three four five six seven eight nine ten eleven twelve several many all most other future earlier past previous"
)


def _counted(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a number of flights of a programme is spoken of."""
    before = words[first - 1].lower if first else ""
    after = words[last + 1].lower if last + 1 < len(words) else ""
    return (before.isdigit() or before in _COUNTS) and after in (
        "missions",
        "flights",
        "spacecraft",
        "satellites",
        "landings",
        "probes",
    )


def _balanced(page: Page, mention: Mention) -> int:
    """Return where a name ends that runs out of a parenthesis: the noun after "X (Full Name) mission" is left out."""
    closing = page.twin.find(")", mention.start, mention.end)
    return (
        mention.end if closing < 0 or "(" in page.twin[mention.start : closing] else len(page.twin[:closing].rstrip())
    )


_ACRONYM = 4  # letters


def _is_tail(page: Page, words: Sequence[Word], entry: KnownMission, first: int) -> bool:
    """Whether an acronym is the end of another name: "Ostrava SDO" is no observatory of the Sun."""
    if first < 2:
        return False
    left = words[first - 1]
    if not (left.text[0].isupper() and left.text[1:].islower() and modifies(left)) or left.lower in NOUNS:
        return False
    over = page.known_over(left.start, left.end)
    if over is None or over.family == "place":
        return words[first - 2].text not in ".:"
    owners = {page.catalog.country_of(id_) for id_ in entry.operators}
    return over.family == "organisation" and bool(owners) and page.catalog.country_of(over.id) not in owners


_CLAUSE = 4  # words: "the X programme, which …"
_UNDER = word_set("under of in within through part from")
_CREW = word_set(
    "crew operations partners partner module commander expedition programme program resupply era astronauts"
)


def _is_passing(words: Sequence[Word], entry: KnownMission, first: int, last: int) -> bool:
    """Whether a station is only where something goes, or a programme what something belongs to: it needs a surer place."""
    behind = words[last + 1].lower if last + 1 < len(words) else ""
    if entry.kind == "station":
        return _as_destination(words, first) or (behind in _CREW and behind not in ("programme", "program"))
    at = first - 1
    while at >= 0 and (
        words[at].lower in ("the", "its", "their", "current", "ongoing", "joint") or possessive(words[at])
    ):
        at -= 1
    goes_on = {w.lower for w in words[last + 1 : last + _CLAUSE]} & {"which", "that"}
    return entry.kind == "programme" and at >= 0 and words[at].lower in _UNDER and not goes_on


def _as_destination(words: Sequence[Word], first: int) -> bool:
    """Whether a station is only where something goes: "to the International Space Station", "aboard Mir"."""
    at = first - 1
    while at >= 0 and words[at].lower in ("the", "orbiting"):
        at -= 1
    return at >= 0 and (words[at].lower in _WHITHER or possessive(words[at]))


def _owned(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """An ordinary word that is a mission's name because an agency or a state owns it ("NASA's Juno")."""
    for index, owner in enumerate(words[:-1]):
        if not possessive(owner) or not words[index + 1].capital:
            continue
        over = page.known_over(owner.start, owner.end)
        if over is None or over.family not in ("organisation", "country"):
            continue
        last = index + 1
        while last + 1 < len(words) and last < index + 3 and words[last + 1].capital:
            last += 1
        for end in range(last, index, -1):
            name = squeezed(page, words[index + 1].start, words[end].end).removesuffix("'s")
            entry = next((e for e in page.catalog.named(name) if e.id.startswith("mission/")), None)
            numbered = entry is not None and ends_in_serial(page, words, end + 1)  # "ESA's Harrier 7" is another one
            if entry is not None and not numbered and page.known_over(words[index + 1].start, words[end].end) is None:
                yield Candidate(
                    kind="mission", start=words[index + 1].start, end=words[index + 1].start + len(name), form="proper", name=name,
                    keys=(entry.id, fold(name)), catalog_id=entry.id,
                )  # fmt: skip
                break


def _component(page: Page, mention: Mention, nouns: tuple[str, ...]) -> bool:
    """Whether "X orbiter" is a part of X with a fate of its own: X is known to have parts that bear other names."""
    if not nouns or nouns[0] not in ("orbiter", "lander", "rover"):
        return False
    return mention.id in page.catalog.wholes


def _heading_an_item(page: Page, words: Sequence[Word]) -> Iterator[Candidate]:
    """A name that heads an item of a round-up ("Gaia -- ESA's mapper …", "Juno."), even when it is an ordinary word."""
    last = 0
    while last < len(words) and last < 4 and words[last].capital:
        last += 1
    if not last or (last < len(words) and words[last].text not in ("-", "–", "—", ":", ".")):
        return
    if last == len(words) and words[-1].text == ".":
        last -= 1
    name = squeezed(page, words[0].start, words[last - 1].end)
    if page.known_over(words[0].start, words[last - 1].end) is None:
        entry = next((e for e in page.catalog.named(name) if e.id.startswith("mission/")), None)
        if entry is not None:
            yield Candidate(
                kind="mission", start=words[0].start, end=words[last - 1].end, form="proper", name=name, keys=(entry.id, fold(name)),
                catalog_id=entry.id,
            )  # fmt: skip
