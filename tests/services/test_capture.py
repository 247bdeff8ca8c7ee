"""Documents come in once, whatever the number of times they are handed over."""

import datetime as dt
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOON
from tracker.app import rfc3339
from tracker.capture.item import Given, Item, Refused
from tracker.capture.sources import items
from tracker.events import codec
from tracker.services.ingestion.capture import Capture
from tracker.store.store import Store

LINK = "https://example.org/lupex"


def write(path, text="x") -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


def item(text="LUPEX is planned for launch in 2025.", **details) -> Item:
    fields = {
        "source": "news/lupex.txt", "text": text, "media_type": "text/plain", "published": "2025-01-01",
        "published_basis": "text", **details,
    }  # fmt: skip
    return Item(**fields)


@pytest.fixture
def capture(store):
    taking = Capture(store)
    return lambda *items: [outcome for chunk in taking.take(items) for outcome in chunk]


def events(store):
    with store.reading() as reading:
        return [(e.type, codec.decode(e)) for e in reading.log.read()]


def test_the_same_text_a_thousand_times_is_recorded_once(capture, store):
    outcomes = capture(*(item() for _ in range(1000)))
    assert [o.outcome for o in outcomes] == ["captured"] + ["unchanged"] * 999
    assert len(events(store)) == 1


def test_a_new_text_at_the_same_link_is_a_revision(capture, store):
    (first,) = capture(item(url="https://example.org/lupex?utm_source=feed"))
    (again,) = capture(item(url="https://EXAMPLE.org/lupex#top"))
    (revised,) = capture(item("LUPEX is planned for 2028.", url="https://example.org/lupex"))
    assert (first.outcome, again.outcome, revised.outcome) == ("captured", "unchanged", "revised")
    assert first.document == again.document == revised.document
    assert [kind for kind, _ in events(store)] == ["document.captured", "document.revised"]
    assert revised.version == 2


def test_a_file_that_goes_back_to_an_earlier_text_is_a_revision_too(capture, tmp_path):
    path = write(tmp_path / "lupex.txt")
    outcomes = [capture(item(text, source=path, url=LINK))[0] for text in ("one", "two", "one", "one")]
    assert [(o.outcome, o.version) for o in outcomes] == [
        ("captured", 1), ("revised", 2), ("revised", 3), ("unchanged", 3),
    ]  # fmt: skip


def test_a_declared_id_names_a_document_wherever_it_lies(capture):
    (first,) = capture(item(external_id="dev-001", id_declared=True))
    (moved,) = capture(item("Corrected.", external_id="dev-001", id_declared=True, source="elsewhere.json"))
    assert (moved.outcome, moved.document, moved.document_id) == ("revised", first.document, "dev-001")


def test_a_file_that_was_edited_is_a_revision_and_its_path_stays_private(capture, store, tmp_path):
    path = tmp_path / "secret-folder" / "lupex.txt"
    path.parent.mkdir()
    path.write_text("x")
    (first,) = capture(item("one", source=str(path), external_id="lupex"))
    (again,) = capture(item("two", source=str(path), external_id="lupex"))
    assert (first.outcome, again.outcome) == ("captured", "revised")
    (_, captured), _ = events(store)
    assert captured.source == "lupex.txt"
    with store.reading() as reading:
        assert not any(b"secret-folder" in e.payload for e in reading.log.read())


def test_the_same_words_in_two_files_are_one_document(capture):
    outcomes = capture(item(source="a.txt"), item(source="b/copy.txt"))
    assert [o.outcome for o in outcomes] == ["captured", "unchanged"]


def test_the_same_words_at_two_links_are_a_copy_that_is_kept(capture, store):
    first, second = capture(item(url="https://a.example/1"), item(url="https://b.example/2"))
    assert (first.outcome, second.outcome) == ("captured", "duplicate")
    assert first.document != second.document
    kind, judged = events(store)[-1]
    assert (kind, judged.copy_of) == ("document.duplicate_judged", first.document)


def test_an_operator_may_correct_the_date_of_an_unchanged_text(capture, store):
    capture(item())
    (guess,) = capture(item(published="2024", published_basis="inferred"))
    (told,) = capture(item(published="2019-09-09", published_basis="given"))
    assert (guess.outcome, told.outcome) == ("unchanged", "revised")
    assert told.reason == "publication date corrected from 2025-01-01 to 2019-09-09"
    assert events(store)[-1][1].published == "2019-09-09"


def test_the_text_is_beside_the_log_and_the_log_commits_to_it(capture, store):
    capture(item("Letter for letter — 月"))
    (_, captured), *_ = events(store)
    with store.reading() as reading:
        assert reading.texts.get(captured.text_digest) == "Letter for letter — 月"
        assert b"Letter" not in next(iter(reading.log.read())).payload
    assert captured.text_length == 21


def test_the_id_hangs_on_the_words_not_on_the_machine(store, database, capture, tmp_path):
    (here,) = capture(item("the very words"))
    from tracker.store.store import Store

    elsewhere = Store(f"sqlite:///{tmp_path / 'other.db'}", now=lambda: "2030-01-01T00:00:00.000000Z")
    ((there,),) = Capture(elsewhere).take([item("the very words", source="other/name.txt")])
    elsewhere.close()
    assert here.document == there.document


# --- the same folder again and again ---------------------------------------------------------------------------------


@pytest.fixture
def folder(capture, tmp_path):
    """A folder of an operator, ingested as often as it is called."""

    class Folder:
        path = tmp_path / "news"

        def __call__(self, name=None, **told):
            found = items(
                str(self.path / name if name else self.path), given=Given(**told), captured_on=dt.date(2026, 1, 1)
            )
            return capture(*found)

        def write(self, name, text, **sidecar):
            write(self.path / name, text)
            if sidecar:
                write(self.path / f"{name}.meta.json", json.dumps(sidecar))

    return Folder()


def kinds(outcomes):
    return [outcome.outcome for outcome in outcomes]


def test_the_backup_of_an_edited_file_is_no_edit(folder, store):
    folder.write("art.txt", "The hopper will fly in May.")
    folder()
    folder.write("art-old.txt", "The hopper will fly in May.")
    folder.write("art.txt", "The hopper will fly in June.")
    assert kinds(folder()) == ["unchanged", "revised"]
    assert kinds(folder()) == kinds(folder()) == ["unchanged", "unchanged"]
    assert len(events(store)) == 2


def test_two_publishers_of_the_same_words_are_two_documents_and_one_origin(folder, store):
    folder.write("A.txt", "The hopper flew.", published="2020-05-05", publisher="Harbour Post")
    folder.write("B.txt", "The hopper flew.", published="2020-05-07", publisher="The Quay")
    assert kinds(folder()) == ["captured", "duplicate"]
    assert kinds(folder()) == ["unchanged", "unchanged"]
    (_, a), (_, b), (_, judged) = events(store)
    assert (a.publisher, b.publisher, judged.copy_of) == ("Harbour Post", "The Quay", a.document_id)
    folder.write("C.txt", "The hopper flew.", published="2020-05-07", publisher="The Quay")
    assert kinds(folder()) == ["unchanged"] * 3


def test_a_page_and_its_summary_in_a_feed_do_not_take_turns(folder, store):
    folder.write("page.html", f"<html><head><link rel=canonical href={LINK}></head><p>The hopper flew far.</html>")
    entry = f"<item><title>Flew</title><description>It flew.</description><link>{LINK}</link></item>"
    feed = "<rss version='2.0'><channel><title>Wire</title>{}</channel></rss>"
    folder.write("feed.xml", feed.format(entry))
    assert kinds(folder()) == ["captured", "revised"]
    assert kinds(folder()) == ["unchanged", "unchanged"]
    folder.write("feed.xml", feed.format("<item><title>A newer one</title></item>" + entry))
    assert kinds(folder()) == ["captured", "unchanged", "unchanged"]


def test_a_word_of_the_operator_corrects_what_was_known_of_the_same_text(folder, store):
    folder.write("art.txt", "The hopper flew.")
    folder()
    (named,) = folder(publisher="Harbour Post")
    assert (named.outcome, named.reason) == ("revised", "publisher given: Harbour Post")
    (linked,) = folder("art.txt", url=LINK)
    assert (linked.outcome, linked.reason) == ("revised", f"link given: {LINK}")
    folder.write("art.txt", "The hopper flew.", title="It flew", publisher="The Quay", url=LINK)
    (mended,) = folder()
    assert mended.reason.split("; ") == [
        "title given: It flew",
        "publisher corrected from Harbour Post to The Quay",
    ]
    newest = events(store)[-1][1]
    assert (newest.version, newest.url, newest.publisher, newest.title) == (4, LINK, "The Quay", "It flew")
    folder.write("art.txt", "The hopper flew.", id="hop-1", title="It flew", publisher="The Quay", url=LINK)
    folder()
    assert kinds(folder()) == ["unchanged"]


def test_a_correction_of_one_thing_leaves_the_others(folder, store):
    folder.write("art.txt", "The hopper flew.", published="2019-09-09", publisher="Harbour Post")
    folder()
    write(folder.path / "art.txt.meta.json", '{"publisher": "The Quay"}')
    folder()
    newest = events(store)[-1][1]
    assert (newest.publisher, newest.published, newest.published_basis) == ("The Quay", "2019-09-09", "given")


def test_an_id_that_is_declared_later_finds_the_document(folder):
    folder.write("art.txt", "The hopper flew.")
    (first,) = folder()
    folder.write("art.txt", "The hopper flew.", id="hop-1")
    assert [(o.outcome, o.document_id, o.reason) for o in folder()] == [
        ("revised", "hop-1", "known as hop-1 from now on")
    ]
    (folder.path / "art.txt").rename(folder.path / "b.txt")
    folder.write("b.txt", "The hopper flew again.", id="hop-1")
    assert [(o.outcome, o.document) for o in folder()] == [("revised", first.document)]


def test_an_unchanged_twin_is_named_by_an_id_that_finds_it(folder):
    folder.write("first/index.txt", "The hopper flew.")
    (first,) = folder()
    folder.write("second/other.txt", "The hopper flew.")
    _, twin = folder()
    assert (twin.outcome, twin.document_id) == ("unchanged", first.document)


def test_entry_one_of_two_feeds_is_two_documents(folder):
    for name in ("Harbour Post", "The Quay"):
        entry = f"<item><title>{name} opens</title><guid isPermaLink='false'>1</guid></item>"
        folder.write(f"{name}.xml", f"<rss version='2.0'><channel><title>{name}</title>{entry}</channel></rss>")
    assert kinds(folder()) == ["captured", "captured"]
    assert kinds(folder()) == ["unchanged", "unchanged"]


def test_what_else_a_feed_says_in_the_same_words_does_not_change_the_answer(capture):
    """The first is known by the page; the second becomes a copy, and must not draw the first to itself the next time."""
    page = item("two", url=LINK, publisher="P", declared=("publisher",))
    same = item("two", source="feed.xml#2", publisher="P", declared=("publisher",))
    other = item("two", source="feed.xml#2", title="T", declared=("title",))
    assert kinds(capture(page, same, other)) == ["captured", "unchanged", "duplicate"]
    assert kinds(capture(page, same, other)) == ["unchanged"] * 3


FILES = st.sampled_from(["a.txt", "b.txt", "sub/a.txt", "c.html"])
OTHERS = st.sampled_from(["-", "feed.xml#1", "feed.xml#2", "lines.jsonl#1", "gone.txt"])
DRAFTS = st.fixed_dictionaries(
    {"text": st.sampled_from(["one", "two", "three"]), "published": st.sampled_from(["2019", "2020-05"])},
    optional={
        "url": st.sampled_from([LINK, LINK + "?utm_source=x", LINK + "/2"]),
        "title": st.sampled_from(["T", "U"]),
        "publisher": st.sampled_from(["P", "Q"]),
        "external_id": st.sampled_from(["1", "2"]),
        "id_scope": st.sampled_from(["F", "G"]),
        "id_declared": st.just(True),
        "declared": st.sampled_from([("title",), ("title", "publisher")]),
        "published_basis": st.sampled_from(["given", "inferred"]),
    },
)
RUN = st.tuples(st.dictionaries(FILES, DRAFTS), st.lists(st.tuples(OTHERS, DRAFTS), max_size=6), st.randoms())


@settings(max_examples=150, deadline=None)
@given(runs=st.lists(RUN, min_size=1, max_size=3))
def test_whatever_was_taken_in_before_a_second_run_over_the_same_inputs_records_nothing(runs):
    """A file holds one text at a time; a pipe, a feed or an archive may hold any number for one name."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/tracker.db", now=lambda: rfc3339(NOON))
        capture = Capture(store)
        for files, others, order in runs:
            inputs = [
                item(**({"published_basis": "inferred"} | draft), source=write(Path(folder) / name))
                for name, draft in files.items()
            ] + [item(**draft, source=name) for name, draft in others]
            order.shuffle(inputs)
            for again in (False, True):
                outcomes = [outcome for chunk in capture.take(inputs) for outcome in chunk]
                assert "parked" not in kinds(outcomes)
                assert not again or set(kinds(outcomes)) <= {"unchanged"}
        texts = {one["text"] for files, others, _ in runs for one in (*files.values(), *(d for _, d in others))}
        with store.reading() as reading:
            captured = [codec.decode(e) for e in reading.log.read() if e.type != "document.duplicate_judged"]
            assert {reading.texts.get(event.text_digest) for event in captured} == texts, "a text was lost"
        store.close()


# --- what cannot be taken ---------------------------------------------------------------------------------------------


@pytest.fixture
def parked(store):
    def look():
        with store.reading() as reading:
            return [(Path(one.item).name, one.reason) for one in reading.parking.all()]

    return look


@pytest.mark.parametrize(
    "ill",
    [
        {"url": "http://news.example:99999/"},
        {"published": "next year"},
        {"language": "?"},
        {"text": "half a character: \ud800"},
        {"text": "LUPEX", "title": "\ud800", "declared": ("title",)},
    ],
)
def test_an_item_that_cannot_be_recorded_costs_no_other_item(capture, store, parked, ill):
    before, bad, after = capture(item("one"), item(**ill, source="ill.txt"), item("two", source="b.txt"))
    assert kinds([before, bad, after]) == ["captured", "parked", "captured"]
    assert bad.reason.startswith("cannot be recorded: ")
    assert parked() == [("ill.txt", bad.reason)]
    assert len(events(store)) == 2
    assert kinds(capture(item("the mended text", source="ill.txt"))) == ["captured"]
    assert parked() == []


def test_a_copy_that_cannot_be_recorded_leaves_nothing_behind(capture, store):
    capture(item(url=LINK))
    assert kinds(capture(item(url=LINK + "/2", language="?"))) == ["parked"]
    assert len(events(store)) == 1


def test_a_file_is_not_released_by_its_namesake(capture, parked, tmp_path, monkeypatch):
    for name in ("x", "y"):
        write(tmp_path / name / "n.txt")
    monkeypatch.chdir(tmp_path / "x")
    (bad,) = capture(Refused("n.txt", "is empty"))
    assert (bad.outcome, bad.reason) == ("parked", "is empty")
    monkeypatch.chdir(tmp_path / "y")
    capture(item(source="n.txt"))
    assert parked() == [("n.txt", "is empty")]
    monkeypatch.chdir(tmp_path)
    capture(item("mended", source="x/n.txt"))
    assert parked() == []


def test_a_mended_file_releases_what_waited_of_it(folder, parked):
    folder.write("a.jsonl", '{"text": "one flew"}\n{"text": ""}\n{"no": 1}\n')
    folder.write("b.jsonl", "")
    folder()
    assert [name for name, _ in parked()] == ["a.jsonl#2", "a.jsonl#3", "b.jsonl"]
    folder.write("a.jsonl", '{"text": "one flew"}\n{"no": 2}\n')
    folder("a.jsonl")
    assert sorted(name for name, _ in parked()) == ["a.jsonl#2", "b.jsonl"]
    folder.write("a.jsonl", '{"text": "one flew"}\n')
    folder.write("b.jsonl", '{"text": "two flew"}\n')
    folder()
    assert parked() == []


def test_an_empty_folder_waits_until_something_lies_in_it(folder, parked):
    folder.path.mkdir()
    folder()
    assert parked() == [("news", "no documents in this folder")]
    folder.write("deep/a.txt", "One flew.")
    folder()
    assert parked() == []


def test_what_is_not_there_is_told_and_does_not_wait(folder, parked):
    (gone,) = folder("gone.txt")
    assert (gone.outcome, gone.reason) == ("parked", "cannot be read: no such file or directory")
    assert parked() == []
