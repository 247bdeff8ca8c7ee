"""How much hangs on the penalties of judging: what would hold if one were half as large, or half as large again.

The days of `config/policy.toml` are an opinion. How much hangs on it is measured, not argued: all corpora are taken in by one
tracker, its log is judged anew under each changed table, and the values that hold are compared with those of the table as it is.
"""

import json
import operator
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from bench.score.corpus import Corpus
from bench.score.reading import say
from bench.table import Table
from tracker.app import App
from tracker.capture.item import Given
from tracker.domain.policy import Policy
from tracker.domain.vocabulary import VOCABULARIES
from tracker.events import codec
from tracker.events.envelope import Occurrence
from tracker.events.types import ClaimsExtracted
from tracker.projections import PROJECTIONS
from tracker.projections.replay import replay
from tracker.projections.shelf import InMemory, take
from tracker.projections.subjects import view_of
from tracker.settings import load

_PENALTIES = ("possible", "background", "reported_change", "unknown_date")
_FACTORS = (0.5, 1.5)
_STORY = Path(__file__).resolve().parents[2] / "tests" / "acceptance" / "lupex" / "items.toml"
_KINDS = tuple(PROJECTIONS[vocabulary.plural] for vocabulary in VOCABULARIES.values())

Slot = tuple[str, str]
"""A subject, and what is said of it."""
Held = Mapping[Slot, frozenset[tuple[str, str]]]
"""The values that hold, each with its modality."""


def stability(corpora: Sequence[Corpus]) -> Table:
    """Return how many attributes hold another value under each changed penalty, and at how many points of the story."""
    say("stability: judging under changed penalties")
    with tempfile.TemporaryDirectory() as folder:
        found, policy = _log(Path(folder), [path for corpus in corpora for path in _documents(corpus)])
        story, _ = _log(Path(folder), list(_story(Path(folder))))
    plain, lived = held(found, policy), _points(story, policy)
    rows = []
    for name, changed in varied(policy).items():
        moved = [len(_moved(plain, held(found, one))) for one in changed]
        other = [sum(map(operator.ne, lived, _points(story, one))) for one in changed]
        rows.append((name, *map(str, (*moved, *other))))
    what = (
        f"Of {len(plain)} attributes that hold a value after all corpora, of {len(disputed(found))} of which documents differ, how "
        f"many hold another one; and after how many of {len(lived)} articles of the story of LUPEX something else is shown."
    )
    header = ("penalty", "corpora, halved", "half more", "story, halved", "half more")
    return Table("What hangs on the penalties", what, header, tuple(rows))


def _log(folder: Path, documents: Sequence[Path]) -> tuple[list[Occurrence], Policy]:
    """Take documents in, in a tracker of their own; return what its log holds, and its policy."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        app = App(load({"database": f"sqlite:///{place}/all.db", "log_level": "error"}, {}))
        try:
            for _ in app.ingest.sources(map(str, documents), given=Given(), today=app.today()):
                pass
            with app.store.reading() as reading:
                return list(reading.log.read()), app.policy
        finally:
            app.close()


def _documents(corpus: Corpus) -> Iterator[Path]:
    return (path for path in sorted(corpus.documents.iterdir()) if path.stem in corpus.gold and path.is_file())


def _story(folder: Path) -> Iterator[Path]:
    """Write the articles about LUPEX that the acceptance tests tell, which were made so that every penalty has work to do."""
    for item in tomllib.loads(_STORY.read_text("utf-8"))["item"]:
        if "text" in item:
            path = folder / f"{item['id']}.json"
            told = {name: str(item[name]) for name in ("id", "published", "publisher", "url", "text") if name in item}
            path.write_text(json.dumps(told), "utf-8")
            yield path


def _points(events: Sequence[Occurrence], policy: Policy) -> list[Held]:
    """Return what holds after each document that was read."""
    shelves = [(projection, InMemory()) for projection in _KINDS]
    points = []
    for recorded in events:
        event = codec.decode(recorded)
        for projection, shelf in shelves:
            take(projection, shelf, recorded, event, policy)
        if isinstance(event, ClaimsExtracted):
            points.append(_values(shelf.views for _, shelf in shelves))
    return points


def varied(policy: Policy) -> dict[str, tuple[Policy, ...]]:
    """Return the policy with each penalty halved and half as large again, by the name of the penalty; then all at once."""
    grades = [name for name, days in policy.grades.items() if days]
    changed = {name: tuple(_scaled(policy, factor, (name,), ()) for factor in _FACTORS) for name in _PENALTIES}
    changed |= {
        f"grade {grade}": tuple(_scaled(policy, factor, (), (grade,)) for factor in _FACTORS) for grade in grades
    }
    return changed | {"all of them": tuple(_scaled(policy, factor, _PENALTIES, grades) for factor in _FACTORS)}


def _scaled(policy: Policy, factor: float, penalties: Iterable[str], grades: Iterable[str]) -> Policy:
    days = {name: round(getattr(policy, name) * factor) for name in penalties}
    by_grade = {name: round(policy.grades[name] * factor) for name in grades}
    return msgspec.structs.replace(policy, **days, grades={**policy.grades, **by_grade})


def held(events: Sequence[Occurrence], policy: Policy) -> Held:
    """Return what holds under a policy when these events have happened."""
    return _values(replayed.views for replayed in replay(_KINDS, events, policy).values())


def _values(views: Iterable[Mapping[str, bytes]]) -> Held:
    return {
        (key, attribute): frozenset((value.value, value.modality) for value in values)
        for rows in views
        for key, body in rows.items()
        for attribute, values in view_of(body).attributes.items()
    }


def disputed(events: Iterable[Occurrence]) -> frozenset[Slot]:
    """Return the attributes with one value of which documents give different ones, under the id their claims bear."""
    said: dict[Slot, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for recorded in events:
        event = codec.decode(recorded)
        if not isinstance(event, ClaimsExtracted):
            continue
        for claim in event.claims:
            if not VOCABULARIES[claim.kind].attributes[claim.attribute].many:
                said[claim.entity_id, claim.attribute][claim.value].add(event.document.id)
    return frozenset(
        slot for slot, values in said.items() if len(values) > 1 and len(set().union(*values.values())) > 1
    )


def _moved(before: Held, after: Held) -> set[Slot]:
    return {slot for slot in before.keys() | after.keys() if before.get(slot) != after.get(slot)}
