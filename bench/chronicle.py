"""A long generated log with its views: what `bench.query` asks of. Claims come from a table; nothing is read.

As in life a few subjects are in the news all the time and most are seldom: of a million documents some twenty thousand speak of
the first subject, and half of the fifty thousand subjects have a dozen or less. Plans slip every year or two, states go up their
ladder, one mention in twenty is out of date, one document in ten is a copy of a recent one, one in fifty is found years late.
Entries and views are put down in bulk, subject by subject; they are the rows that taking in event by event leaves.
"""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec

from bench.news import mission_names
from bench.rounds import Say
from tracker.app import App
from tracker.domain.claim import make_claim
from tracker.domain.document import Document, DocumentRef, Evidence
from tracker.domain.ids import DocumentId, SubjectId, short_id, slug
from tracker.events import codec
from tracker.events.envelope import NewEvent, Occurrence, stream_name
from tracker.events.types import ClaimsExtracted, DocumentCaptured
from tracker.projections import PROJECTIONS
from tracker.projections.projection import Projection
from tracker.store.event_log import Append
from tracker.store.store import Transaction
from tracker.store.views import Build

SUBJECTS = 50_000
_OFFSET = 7
_BATCH = 2000
_FIRST = dt.date(2015, 1, 1)
_DAYS = 4000
_TEXT = "It is not known yet when the spacecraft will leave. " * 4
_LADDER = ("proposed", "under_study", "approved", "in_development", "launched", "operating")
_PARTIES = ("ISRO: lander", "JAXA: rover", "NASA: payload", "ESA: ground_segment", "CNES: payload", "ISRO: spacecraft")
_PLACES = ("Moon", "Moon south pole", "Mars", "Venus")


class Names(msgspec.Struct, frozen=True):
    """The names of subjects, and how often each is spoken of."""

    names: tuple[str, ...]
    weights: tuple[float, ...]

    def draw(self, rng: random.Random, count: int) -> list[str]:
        """Return names as they come up in the news."""
        return rng.choices(self.names, cum_weights=self.weights, k=count)


def names() -> Names:
    """Return all subjects: missions of the catalog first, for they are spoken of most."""
    known = mission_names()
    every = known + [f"Probe {number}" for number in range(len(known), SUBJECTS)]
    return Names(tuple(every), tuple(accumulate(1 / (rank + _OFFSET) for rank in range(1, len(every) + 1))))


def write(app: App, count: int, say: Say) -> None:
    """Fill an empty database with the log of `count` documents, and with all views."""
    with app.store.transaction() as transaction:
        builds = {name: _begun(transaction, app, projection) for name, projection in PROJECTIONS.items()}
    story = _Newsroom(count)
    for start in range(0, count, _BATCH):
        with app.store.transaction() as transaction:
            _take_in(transaction, builds, [story.next(transaction) for _ in range(min(_BATCH, count - start))], app)
        if start % 100_000 == 0:
            say(f"{start:,} documents are in the log")
    for name in ("missions", "agreements", "meetings"):
        _tell(app, builds[name], PROJECTIONS[name], say)
    with app.store.transaction() as transaction:
        for build in builds.values():
            transaction.checkpoints.advance(build.consumer, seen=0, to=transaction.log.last_position())


class _Newsroom:
    """Prints one document after the other."""

    def __init__(self, count: int) -> None:
        self._rng = random.Random(count)  # noqa: S311  (repeatable, not secret)
        self._names, self._count, self._number = names(), count, 0
        self._recent: list[tuple[DocumentId, list[tuple[str, str, str]], dt.date]] = []

    def next(self, transaction: Transaction) -> Append:
        """Return the next document as capture and reading record it."""
        rng, number = self._rng, self._number
        self._number += 1
        day = _FIRST + dt.timedelta(days=number * _DAYS // self._count - self._late())
        copied = rng.choice(self._recent) if self._recent and rng.random() < 0.1 else None
        day = max(day, copied[2]) if copied else day
        id_ = DocumentId(short_id("doc", str(number)))
        told = copied[1] if copied else self._told(day)
        self._recent = [*self._recent[-19:], (id_, told, day)] if copied is None else self._recent
        ref = DocumentRef(id_, 1, day.isoformat(), "given", publisher=f"Gazette {rng.randint(1, 200)}")
        digest = transaction.texts.put(_TEXT, salt=f"{number:016}".encode())
        return _recorded(number, ref, told, digest, copy_of=copied[0] if copied else None)

    def _late(self) -> int:
        chance = self._rng.random()
        return self._rng.randint(60, 2000) if chance < 0.02 else self._rng.randint(4, 30) if chance < 0.1 else self._rng.randint(0, 3)  # fmt: skip

    def _told(self, day: dt.date) -> list[tuple[str, str, str]]:
        """What is said: subject, attribute and value, two of each subject."""
        rng, said = self._rng, list[tuple[str, str, str]]()
        for name in dict.fromkeys(self._names.draw(rng, rng.choice((1, 2)))):
            for attribute in rng.sample(("launch_date", "status", "party", "destination"), 2):
                then = day - dt.timedelta(days=700) if rng.random() < 0.05 else day
                said.append((name, attribute, _value(name, attribute, then, rng)))
        return said


def _value(name: str, attribute: str, day: dt.date, rng: random.Random) -> str:
    own, days = sum(name.encode()), (day - _FIRST).days
    match attribute:
        case "launch_date":
            year = 2018 + own % 5 + (days + own % 400) // (450 + own % 300)
            return rng.choice((f"{year}", f"{year}", f"{year}-{1 + own % 12:02}", f"{year}/{year + 1}"))
        case "status":
            return _LADDER[min(max(0, (days + own % 900) // (600 + own % 500)), len(_LADDER) - 1)]
        case "party":
            return _PARTIES[(own + rng.randint(0, 2)) % len(_PARTIES)]
        case _:
            return _PLACES[own % 2 + rng.randint(0, 1)]


def _recorded(
    number: int, ref: DocumentRef, told: Sequence[tuple[str, str, str]], digest: str, *, copy_of: DocumentId | None
) -> Append:
    document = Document(ref=ref, text=_TEXT)
    claims = tuple(
        make_claim(
            document,
            kind="mission",
            entity=name,
            entity_id=SubjectId(f"mission/{slug(name)}"),
            attribute=attribute,
            value=value,
            modality="planned" if attribute == "launch_date" else "actual",
            evidence=Evidence(at * 10, at * 10 + 10),
            aliases=(f"{name} mission",),
        )
        for at, (name, attribute, value) in enumerate(told)
    )
    captured = DocumentCaptured(
        document_id=ref.id,
        version=1,
        rung="url",
        source="news.jsonl",
        media_type="text/plain",
        language="en",
        published=ref.published,
        published_basis="given",
        text_digest=digest,
        text_length=len(_TEXT),
        url=f"https://news.example/{number}",
        publisher=ref.publisher,
    )
    read = ClaimsExtracted(
        document=ref,
        extractor="rules",
        extractor_version="1",
        ruleset="bench",
        claims=claims,
        subjects=tuple(sorted({claim.entity_id for claim in claims})),
        copy_of=copy_of,
    )
    events: list[NewEvent] = [
        codec.encode(event, id=f"{number:012}-{place}") for place, event in enumerate((captured, read))
    ]
    return Append(stream_name("document", ref.id), events, 0)


def _begun(transaction: Transaction, app: App, projection: Projection) -> Build:
    stamp = app.project._stamp(projection)  # noqa: SLF001  (no door fills views in bulk)
    build = transaction.views.begin(projection.name, version=stamp)
    transaction.views.show(build, version=stamp)
    return build


def _take_in(transaction: Transaction, builds: Mapping[str, Build], appends: Sequence[Append], app: App) -> None:
    """Record documents, and collect what they say; of each document itself the view is made at once, for nothing follows."""
    rows: dict[str, list[tuple[Any, ...]]] = {"entries": [], "views": []}
    documents: dict[str, list[bytes]] = {}
    for recorded in transaction.log.append_all(appends):
        event = codec.decode(recorded)
        for name, build in builds.items():
            for entry in PROJECTIONS[name].collect(recorded, event):
                rows["entries"].append((build.projection, build.generation, entry.key, recorded.position, entry.body))
                if name == "documents":
                    documents.setdefault(entry.key, []).append(entry.body)
    build = builds["documents"]
    for key, bodies in documents.items():
        view = PROJECTIONS["documents"].judge(key, bodies, app.policy)
        rows["views"].append((build.projection, build.generation, key, 0, view))
    _put(transaction, rows)


def _tell(app: App, build: Build, projection: Projection, say: Say) -> None:
    """Make every view of a projection of subjects after every event, one subject after the other."""
    with app.store.reading() as reading:
        keys = reading.views.collected_keys(build)
    for start in range(0, len(keys), 500):
        with app.store.transaction() as transaction:
            for key in keys[start : start + 500]:
                _tell_one(transaction, build, projection, key, app)
        if start % 10_000 == 0:
            say(f"{build.projection}: {start:,} of {len(keys):,} subjects are told")


def _tell_one(transaction: Transaction, build: Build, projection: Projection, key: str, app: App) -> None:
    place = (build.projection, build.generation)
    rows: dict[str, list[tuple[Any, ...]]] = {"past_views": [], "changes": []}
    following, told, before = None, list[bytes](), None
    for position, recorded_at, body in _entries(transaction, build, key):
        told.append(body)
        if following is None or not following.take([body]):
            assert projection.follow is not None  # noqa: S101  (subjects are followed)
            following = projection.follow(key, told, app.policy)
        view = following.view()
        base, packed = transaction.past._packed(build, key, position, view)  # noqa: SLF001  (no door fills views in bulk)
        rows["past_views"].append((*place, key, position, base, packed))
        cause = Occurrence(position, "claims.extracted", 1, recorded_at, b"")
        for number, change in enumerate(projection.changes(key, before, view, cause)):
            rows["changes"].append((*place, position, key, number, change))
        before = view
    _put(transaction, rows)
    if before is not None:
        transaction.views.put(build, key, position, before)
        transaction.views.name(build, key, projection.names(before))


def _entries(transaction: Transaction, build: Build, key: str) -> Iterator[tuple[int, str, bytes]]:
    query = (
        "SELECT e.position, log.recorded_at, e.body FROM entries e JOIN events log ON log.position = e.position"
        " WHERE e.projection = ? AND e.generation = ? AND e.key = ? ORDER BY e.position"
    )
    yield from _driver(transaction).execute(query, (build.projection, build.generation, key)).fetchall()


def _put(transaction: Transaction, rows: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    for table, every in rows.items():
        if every:
            marks = ", ".join("?" * len(every[0]))
            _driver(transaction).executemany(f"INSERT INTO {table} VALUES ({marks})", every)  # noqa: S608  (our own names)


def _driver(transaction: Transaction) -> Any:  # noqa: ANN401  (the driver's own connection)
    return transaction._connection.connection.driver_connection  # noqa: SLF001  (as above)
