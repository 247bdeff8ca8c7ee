"""What a long log costs: time and memory of reading, folding and verifying it, each once in a process of its own.

`python -m bench.scale append|nothing|rebuild|verify DATABASE-URL COUNT` is the child.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping

import msgspec

from bench.child import ask, peak_kib, tell
from bench.rounds import Say
from bench.subject import Options, Subject
from bench.table import Table, whole
from tracker.app import App
from tracker.domain.ids import DocumentId, event_uuid, short_id
from tracker.events.envelope import NewEvent, stream_name
from tracker.events.types import DocumentCaptured, DocumentRevised
from tracker.settings import load
from tracker.store.event_log import Append
from tracker.store.texts import Texts

VERSIONS = 4
_BATCH = 1000
_TEXT = "It is not known yet when the spacecraft will leave. " * 48
_TITLE = "what is known so far " * 30
_ACTIONS = {
    "append": f"append in batches of {_BATCH:,}, with texts",
    "nothing": "start, and look at the last position",
    "rebuild": "read, decode and fold into a dict",
    "verify": "`audit verify`",
}


class Work(msgspec.Struct, frozen=True):
    """What one process took; `seconds` begin when the database is open."""

    seconds: float
    peak_kib: int


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield one table; every figure is of a single run, since each takes long enough to be steady."""
    count = 20_000 if options.quick else 1_000_000
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for action, said in _ACTIONS.items():
            say(f"{count:,} events: {said}")
            work = ask("bench.scale", action, f"sqlite:///{folder}/long.db", str(count), answer=Work)
            rows.append((said, f"{work.seconds:.1f}", f"{work.seconds / count * 1e6:.1f}", whole(work.peak_kib / 1024)))
    yield Table(
        title="A long log",
        what=f"{count:,} events of documents, about 1 KB each, {VERSIONS} versions of each document, on SQLite; one run.",
        header=("work", "s", "µs an event", "peak MiB"),
        rows=tuple(rows),
    )


def _append(app: App, count: int) -> None:
    """Events as capture records them, each with its text."""
    for start in range(0, count, _BATCH):
        with app.store.transaction() as transaction:
            documents = range(start // VERSIONS, min(start + _BATCH, count) // VERSIONS)
            transaction.log.append_all([_document(number, transaction.texts) for number in documents])


def _document(number: int, texts: Texts) -> Append:
    id_ = DocumentId(short_id("doc", str(number)))
    events = []
    for version in range(1, VERSIONS + 1):
        kind = DocumentCaptured if version == 1 else DocumentRevised
        text = f"Version {version} of {number}. {_TEXT}"
        event = kind(
            document_id=id_,
            version=version,
            rung="url",
            source="news.jsonl",
            media_type="text/plain",
            language="en",
            published="2026-01-01",
            published_basis="given",
            text_digest=texts.put(text, salt=f"{number:08}{version:08}".encode()),
            text_length=len(text),
            url=f"https://news.example/{number}",
            title=_TITLE,
            publisher=f"Gazette {number % 30}",
        )
        type_ = "document.captured" if version == 1 else "document.revised"
        payload = msgspec.json.encode(event, order="sorted")  # canonical already: ASCII, no floats
        events.append(NewEvent(event_uuid("document", id_, version), type_, 1, payload))
    return Append(stream_name("document", id_), events, 0)


def _rebuild(app: App, count: int) -> None:
    view: dict[str, tuple[int, str | None]] = {}
    decoder = msgspec.json.Decoder(DocumentCaptured)
    with app.store.reading() as reading:
        for recorded in reading.log.read():
            document = decoder.decode(recorded.payload)
            view[recorded.stream] = (document.version, document.publisher)
    _expect(len(view), count // VERSIONS)


def _verify(app: App, count: int) -> None:
    verdict = app.verify.log(on_progress=lambda _done, _last: None)
    _expect(verdict.size if verdict.ok else 0, count)


def _nothing(app: App, count: int) -> None:
    _expect(app.records.last_position(), count)


def _expect(found: int, expected: int) -> None:
    if found != expected:
        raise RuntimeError(f"expected {expected}, found {found}")


def _main(action: str, url: str, count: int) -> None:
    app = App(load({"database": url, "log_level": "error"}, {}))
    actions: Mapping[str, Callable[[App, int], None]] = {
        "append": _append,
        "nothing": _nothing,
        "rebuild": _rebuild,
        "verify": _verify,
    }
    assert app.records.last_position() >= 0  # noqa: S101  (opens, and migrates a new database)
    started = time.perf_counter()
    actions[action](app, count)
    seconds = time.perf_counter() - started
    app.close()
    tell(Work(seconds, peak_kib()))


SUBJECT = Subject("scale", "time and memory of a log of a million events", run)

if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
