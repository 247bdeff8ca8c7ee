"""How long a question takes inside the process, as the log grows: p50 and p99 over subjects drawn as they are in the news.

`python -m bench.query fill|ask DATABASE-URL COUNT` is the child. The documents are those of `bench.news`, read by a reader
that takes the claims from a table: what is measured is asking, not reading. Views are judged once, at the end.
"""

import datetime as dt
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate

import msgspec

from bench.child import ask, peak_kib, tell
from bench.news import mission_names
from bench.rounds import Say
from bench.subject import Options, Subject
from bench.table import Table, whole
from tracker.app import App
from tracker.domain.asof import AsOf
from tracker.domain.claim import make_claim
from tracker.domain.document import Document, DocumentRef, Evidence
from tracker.domain.ids import DocumentId, SubjectId, short_id, slug
from tracker.events import codec
from tracker.events.envelope import NewEvent, stream_name
from tracker.events.types import ClaimsExtracted, DocumentCaptured
from tracker.projections import PROJECTIONS
from tracker.services.consumers.shelf import BuildShelf
from tracker.settings import load
from tracker.store.event_log import Append

SIZES = (10_000, 100_000)
_BATCH = 1000
_ASKED = 300
_SUBJECTS = 5000
_TEXT = "It is not known yet when the spacecraft will leave. " * 4
_VALUES: Mapping[str, Sequence[str]] = {
    "launch_date": ("2025", "2025-06", "2026", "2026/2027", "2027-01", "2028", "2029/.."),
    "status": ("proposed", "under_study", "approved", "in_development"),
    "party": ("ISRO: lander", "JAXA: rover", "NASA: payload", "ESA: ground_segment", "CNES: payload"),
    "destination": ("Moon", "Moon south pole", "Mars"),
}


class Answered(msgspec.Struct, frozen=True):
    """Milliseconds by question: median and 99th percentile; and what the process took."""

    milliseconds: dict[str, tuple[float, float]]
    peak_kib: int
    largest: int


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield one table for all sizes."""
    rows = []
    for count in (2_000,) if options.quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/asked.db"
            say(f"{count:,} documents: fill")
            ask("bench.query", "fill", url, str(count), answer=Answered)
            say(f"{count:,} documents: ask")
            made = ask("bench.query", "ask", url, str(count), answer=Answered)
        for question, (median, worst) in made.milliseconds.items():
            rows.append((question, whole(count), whole(made.largest), f"{median:.2f}", f"{worst:.2f}"))
    yield Table(
        title="Asking",
        what=f"{_ASKED} questions each on SQLite, by subjects drawn as they are in the news: a few all the time, most seldom.",
        header=("question", "documents", "about the largest", "p50 ms", "p99 ms"),
        rows=tuple(rows),
    )


def _subjects() -> tuple[list[str], list[float]]:
    known = mission_names()
    names = known + [f"Probe {number}" for number in range(len(known), _SUBJECTS)]
    return names, list(accumulate(1 / rank for rank in range(1, len(names) + 1)))


def _fill(app: App, count: int) -> Answered:
    rng = random.Random(count)  # noqa: S311  (repeatable, not secret)
    names, weights = _subjects()
    about: dict[str, int] = defaultdict(int)
    with app.store.transaction() as transaction:
        builds = {
            name: transaction.views.begin(name, version=app.project._stamp(projection))  # noqa: SLF001  (no door fills views in bulk)
            for name, projection in PROJECTIONS.items()
        }
        for name, build in builds.items():
            transaction.views.show(build, version=app.project._stamp(PROJECTIONS[name]))  # noqa: SLF001  (as above)
    for start in range(0, count, _BATCH):
        with app.store.transaction() as transaction:
            appends = []
            for number in range(start, min(start + _BATCH, count)):
                drawn = dict.fromkeys(rng.choices(names, cum_weights=weights, k=2))
                for name in drawn:
                    about[name] += 1
                digest = transaction.texts.put(_TEXT, salt=f"{number:016}".encode())
                appends.append(_document(rng, number, list(drawn), digest))
            for recorded in transaction.log.append_all(appends):
                event = codec.decode(recorded)
                for name, build in builds.items():
                    for entry in PROJECTIONS[name].collect(recorded, event):
                        transaction.views.collect(build, entry.key, recorded.position, entry.body)
    _judge(app)
    return Answered({}, peak_kib(), max(about.values()))


def _judge(app: App) -> None:
    for name, projection in PROJECTIONS.items():
        with app.store.transaction() as transaction:
            live = transaction.views.live(name)
            assert live is not None  # noqa: S101  (made above)
            shelf = BuildShelf(transaction.views, live[0], names=projection.names)
            last = transaction.log.last_position()
            for key in transaction.views.collected_keys(live[0]):
                group = projection.gather(key, shelf.collected)
                shelf.put(key, last, projection.judge(key, group.entries, app.policy))
            transaction.checkpoints.advance(live[0].consumer, seen=0, to=last)


def _document(rng: random.Random, number: int, names: Sequence[str], text_digest: str) -> Append:
    day = (dt.date(2015, 1, 1) + dt.timedelta(days=number % 4000)).isoformat()
    ref = DocumentRef(
        DocumentId(short_id("doc", str(number))), 1, day, "given", publisher=f"Gazette {rng.randint(1, 30)}"
    )
    document = Document(ref=ref, text=_TEXT)
    claims = tuple(
        make_claim(
            document,
            kind="mission",
            entity=name,
            entity_id=SubjectId(f"mission/{slug(name)}"),
            attribute=(attribute := rng.choice(tuple(_VALUES))),
            value=rng.choice(_VALUES[attribute]),
            modality="planned" if attribute == "launch_date" else "actual",
            evidence=Evidence(at * 10, at * 10 + 10),
            aliases=(f"{name} mission",),
        )
        for name in names
        for at in range(rng.choice((1, 1, 2)))
    )
    captured = DocumentCaptured(
        document_id=ref.id,
        version=1,
        rung="url",
        source="news.jsonl",
        media_type="text/plain",
        language="en",
        published=day,
        published_basis="given",
        text_digest=text_digest,
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
    )
    events: list[NewEvent] = [
        codec.encode(event, id=f"{number:012}-{place}") for place, event in enumerate((captured, read))
    ]
    return Append(stream_name("document", ref.id), events, 0)


def _ask(app: App, count: int) -> Answered:
    rng = random.Random(7)  # noqa: S311  (as above)
    names, weights = _subjects()
    asked = [f"mission/{slug(name)}" for name in rng.choices(names, cum_weights=weights, k=_ASKED)]
    with app.query.looking() as look:
        asked = [id_ for id_ in asked if look.reading.views.knows(look.heard(SubjectId(id_)).build, id_)]
        largest = max(len(look.heard(SubjectId(id_)).parts) for id_ in set(asked))
    known_at, published_by, valid_at = (
        AsOf(known_at=count),
        AsOf(published_by=dt.date(2020, 6, 1)),
        AsOf(valid_at=dt.date(2020, 6, 1)),
    )
    questions: Mapping[str, Callable[[str], object]] = {
        "status SUBJECT": app.query.subject,
        "status ALIAS": lambda id_: app.query.subject(id_.partition("/")[2] + " mission"),
        "… --known-at": lambda id_: app.query.subject(id_, as_of=known_at),
        "… --published-by": lambda id_: app.query.subject(id_, as_of=published_by),
        "… --valid-at": lambda id_: app.query.subject(id_, as_of=valid_at),
        "explain SUBJECT launch_date": lambda id_: app.explain.attribute(id_, "launch_date"),
    }
    return Answered({name: _timed(asked, question) for name, question in questions.items()}, peak_kib(), largest)


def _timed(asked: Sequence[str], question: Callable[[str], object]) -> tuple[float, float]:
    from tracker.errors import NotFoundError  # noqa: PLC0415  (what nobody had written of by then)

    took = []
    for id_ in asked:
        started = time.perf_counter()
        try:
            question(id_)
        except NotFoundError:
            continue
        took.append((time.perf_counter() - started) * 1000)
    took.sort()
    return took[len(took) // 2], took[len(took) * 99 // 100]


def _main(action: str, url: str, count: int) -> None:
    app = App(load({"database": url, "log_level": "error"}, {}))
    tell({"fill": _fill, "ask": _ask}[action](app, count))
    app.close()


SUBJECT = Subject("query", "how long a question takes as the log grows", run)

if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
