"""Documents a second from a file to the views, of reading alone, and what verifying and memory cost."""

import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from bench.child import ask
from bench.news import WORDS, Article, articles
from bench.rounds import Case, Say, interleave
from bench.subject import Options, Subject
from bench.table import Table, percent, ratio, whole
from bench.whole_path import Stages, Taken
from tracker.app import App
from tracker.domain.document import Document, DocumentRef
from tracker.domain.ids import DocumentId, short_id
from tracker.language.text import sentences
from tracker.settings import load

_CHILD = "bench.whole_path"
_WORD = re.compile(r"\w+")
_REFERENCE = "finding words by `re`"
_READING = "reading"


def run(options: Options, say: Say) -> Iterator[Table]:
    """Yield the tables of reading, of the whole path, and of verifying."""
    count = 50 if options.quick else 200
    found = list(articles(4 * count))
    with tempfile.TemporaryDirectory() as folder:
        yield _reading(found[:count], options, say)
        files = {len(part): _write(Path(folder), part) for part in ([], found[:count], found)}
        yield _path(files, Path(folder), options, say)
        yield _verifying(files[count], Path(folder), options, say)


def _write(folder: Path, found: Sequence[Article]) -> Path:
    path = folder / f"{len(found)}.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(article) + b"\n" for article in found))
    return path


def _reading(found: Sequence[Article], options: Options, say: Say) -> Table:
    app = App(load({"log_level": "error"}, {}))
    extractor, knowledge = app.extractors["rules"], app.knowledge
    documents = [_document(article) for article in found]
    stages: Mapping[str, Callable[[Document], object]] = {
        _REFERENCE: lambda document: _WORD.findall(document.text),
        "cutting sentences": lambda document: sentences(document.text),
        _READING: lambda document: extractor.find(document, knowledge),
    }
    claims = sum(len(extractor.find(document, knowledge)) for document in documents)
    cases = [Case(name, lambda work=work: _passes(work, documents)) for name, work in stages.items()]  # type: ignore[misc]  # a lambda that binds its loop variable cannot be typed
    results = interleave(cases, rounds=options.rounds, say=say)
    return Table(
        title="Reading alone",
        what=f"Documents of {WORDS} words a second of processor time on one core, {len(documents)} documents already in memory, "
        f"{claims / len(documents):.1f} claims found in each.",
        header=("work", "documents/s", f"× {_REFERENCE}", "spread"),
        rows=tuple(
            (
                name,
                whole(results.median(name, "rate")),
                f"{results.ratio(name, 'rate', [_REFERENCE]) or 0:.4f}",
                percent(results.spread(name)),
            )
            for name in stages
        ),
    )


def _document(article: Article) -> Document:
    ref = DocumentRef(
        id=DocumentId(short_id("doc", article.id)), version=1, published=article.published, published_basis="given",
        publisher=article.publisher, url=article.url, title=article.title,
    )  # fmt: skip
    return Document(ref=ref, text=article.text)


def _passes(work: Callable[[Document], object], documents: Sequence[Document]) -> Mapping[str, float]:
    started = time.process_time()  # one thread that waits for nothing: what else runs beside it shall not count
    for document in documents:
        work(document)
    return {"rate": len(documents) / (time.process_time() - started)}


def _path(files: Mapping[int, Path], folder: Path, options: Options, say: Say) -> Table:
    cases = [
        Case(str(count), lambda count=count, file=file: _ingested(count, file, folder))  # type: ignore[misc]  # as above
        for count, file in files.items()
    ]
    results = interleave(cases, rounds=options.rounds, say=say)
    rows = []
    for count in files:
        name = str(count)
        peak = results.median(name, "peak") or 0
        shares = [results.median(name, stage) for stage in Stages.__struct_fields__]
        total = sum(share or 0 for share in shares)
        rows.append(
            (
                f"{count:,} documents" if count else "nothing",
                whole(results.median(name, "rate")),
                *(percent((share or 0) / total) if count else "–" for share in shares),
                whole(peak),
                f"{ratio(results.ratio(name, 'peak', ['0']))}",
                percent(results.spread(name)) if count else "–",
            )
        )
    return Table(
        title="The whole path",
        what="Documents a second from one `.jsonl` file to the views (capture, read, project) in a process of its own, where "
        "its time goes, and the most memory it held.",
        header=("ingested", "documents/s", "capture", "read", "project", "peak MiB", "× nothing", "spread"),
        rows=tuple(rows),
    )


def _ingested(count: int, file: Path, folder: Path) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory(dir=folder) as place:
        taken = ask(_CHILD, "whole", f"sqlite:///{place}/whole.db", str(file), answer=Taken)
        if taken.documents != count:
            raise RuntimeError(f"expected {count} documents, captured {taken.documents}")
        figures = {"peak": taken.peak_kib / 1024}
        if count:
            figures["rate"] = count / taken.seconds
            figures |= msgspec.structs.asdict(
                ask(_CHILD, "stages", f"sqlite:///{place}/stages.db", str(file), answer=Stages)
            )
    return figures


def _verifying(file: Path, folder: Path, options: Options, say: Say) -> Table:
    say("making a log to verify")
    database = f"sqlite:///{folder}/verify.db"
    ask(_CHILD, "whole", database, str(file), answer=Taken)
    app = App(load({"database": database, "log_level": "error"}, {}))
    events = app.records.last_position()
    work: Mapping[str, Callable[[], object]] = {
        "reading the log": lambda: sum(1 for _ in app.records.events()),
        "audit verify": lambda: app.verify.log(on_progress=lambda _done, _last: None).ok or _damaged(),
        "rebuild of all views": lambda: sum(1 for _ in app.project.rebuild(on_progress=lambda _: None)),
    }
    cases = [Case(name, lambda action=action: _seconds(action)) for name, action in work.items()]  # type: ignore[misc]  # as above
    results = interleave(cases, rounds=options.rounds, say=say)
    app.close()
    return Table(
        title="Verifying",
        what=f"Seconds for each 100,000 events, on the log of the smaller file ({events:,} events with their texts).",
        header=("work", "s per 100,000", "× reading the log", "spread"),
        rows=tuple(
            (
                name,
                f"{(results.median(name, 'seconds') or 0) * 100_000 / events:.2f}",
                ratio(results.ratio(name, "seconds", ["reading the log"])),
                percent(results.spread(name)),
            )
            for name in work
        ),
    )


def _damaged() -> object:
    raise RuntimeError("the log that was just made does not verify")


def _seconds(action: Callable[[], object]) -> Mapping[str, float]:
    started = time.perf_counter()
    action()
    return {"seconds": time.perf_counter() - started}


SUBJECT = Subject("ingest", "documents a second, reading alone, verifying, memory", run)
