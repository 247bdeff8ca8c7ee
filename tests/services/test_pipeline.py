"""From a file to the view, and back from the view to the words."""

import datetime as dt
import json

import msgspec
import pytest

from tests.services.conftest import Pipeline, find
from tracker.capture.item import Given
from tracker.domain.asof import AsOf
from tracker.domain.policy import Policy
from tracker.errors import ConfigError, NotFoundError
from tracker.extractors.extractor import Extractor
from tracker.projections import PROJECTIONS
from tracker.services.consumers.project import Project

TODAY = dt.date(2026, 1, 1)


def write(folder, name, text, **about):
    path = folder / f"{name}.txt"
    path.write_text(text)
    (folder / f"{name}.meta.json").write_text(json.dumps({"published": "2025-01-01", **about}))
    return str(path)


def ingest(pipeline, *sources):
    return list(pipeline.ingest.sources(sources, given=Given(), today=TODAY))


@pytest.fixture
def news(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    return folder


def test_a_file_walks_to_the_view_and_the_view_leads_back_to_its_words(pipeline, news):
    (line,) = ingest(
        pipeline, write(news, "a", "We hear that LUPEX launches in 2028, no sooner.", publisher="The Paper")
    )
    assert (line.outcome, line.document_id, line.version, line.claims) == ("captured", "a", 1, 1)
    held = pipeline.query.subject("mission/lupex").attributes["launch_date"][0]
    assert (held.value, held.modality, held.published, held.document_id) == ("2028", "planned", "2025-01-01", "a")
    assert held.evidence.quote == "LUPEX launches in 2028"
    explained = pipeline.explain.attribute("LUPEX", "launch_date").values[0]
    sentence = explained.winner.sentence
    assert sentence.before + sentence.quote + sentence.after == "We hear that LUPEX launches in 2028, no sooner."


def test_bad_input_is_named_and_the_rest_goes_on(pipeline, news):
    (news / "empty.txt").write_text("")
    (news / "picture.txt").write_bytes(b"\x89PNG\x00\x00")
    (news / "huge.txt").write_text("word " * 3000)
    (news / "no-text.json").write_text('{"title": "no text here"}')
    write(news, "good", "LUPEX launches in 2028.")
    lines = {line.source.rpartition("/")[2]: line for line in ingest(pipeline, str(news), str(news / "missing.txt"))}
    assert lines["good.txt"].outcome == "captured"
    bad = ["empty.txt", "picture.txt", "huge.txt", "no-text.json", "missing.txt"]
    assert [lines[name].outcome for name in bad] == ["parked"] * 5
    assert all(lines[name].reason for name in bad)
    assert pipeline.query.subject("LUPEX")


def test_an_article_that_breaks_the_extractor_is_parked_and_the_next_is_read(pipeline, news, store):
    ingest(pipeline, write(news, "a", "BREAK"), write(news, "b", "LUPEX launches in 2028."))
    with store.reading() as reading:
        (parked,) = reading.parking.all()
    assert parked.reason == "rules 1: RuntimeError: the extractor met a word it cannot bear"
    assert pipeline.query.subject("LUPEX").attributes["launch_date"][0].value == "2028"


@pytest.mark.parametrize(
    "nonsense", [{"attribute": "colour", "value": "red"}, {"attribute": "launch_date", "value": "soon"}]
)
def test_a_claim_that_makes_no_sense_never_reaches_the_log(store, news, nonsense):
    def nonsensical(document, knowledge):
        return tuple(msgspec.structs.replace(claim, **nonsense) for claim in find(document, knowledge))

    broken = Pipeline(store, Extractor("rules", "1", nonsensical))
    ingest(broken, write(news, "a", "LUPEX launches in 2028."))
    with store.reading() as reading:
        assert [p.consumer for p in reading.parking.all()] == ["read.rules"]
        assert [e.type for e in reading.log.read()] == ["document.captured"]


def test_a_revised_article_replaces_what_it_said(pipeline, news):
    ingest(pipeline, write(news, "a", "LUPEX launches in 2025. Hiten launches in 1990.", id="a"))
    (line,) = ingest(pipeline, write(news, "a", "LUPEX launches in 2028.", id="a"))
    assert (line.outcome, line.version, line.claims) == ("revised", 2, 1)
    assert pipeline.query.subject("LUPEX").attributes["launch_date"][0].value == "2028"
    with pytest.raises(NotFoundError):
        pipeline.query.subject("mission/hiten")


def test_two_versions_read_in_one_batch_leave_only_what_the_second_says(pipeline, news):
    old = {"id": "a", "published": "2025-01-01", "text": "LUPEX launches in 2025. Hiten launches in 1990."}
    (news / "a.jsonl").write_text(json.dumps(old) + "\n" + json.dumps({**old, "text": "LUPEX launches in 2028."}))
    lines = ingest(pipeline, str(news / "a.jsonl"))
    assert [line.outcome for line in lines] == ["captured", "revised"]
    assert [subject.id for subject in pipeline.query.board()] == ["mission/lupex"]


def test_a_second_run_changes_nothing(pipeline, news):
    path = write(news, "a", "LUPEX launches in 2025.")
    ingest(pipeline, path)
    before = list(pipeline.query.changes())
    assert [line.outcome for line in ingest(pipeline, path)] == ["unchanged"]
    assert pipeline.query.changes() == before
    assert pipeline.verify.log(on_progress=lambda _d, _t: None).size == 2


def test_both_axes_tell_their_own_story(pipeline, news, clock):
    ingest(pipeline, write(news, "new", "LUPEX launches in 2028.", published="2025-09-01"))
    clock.tick(days=1)
    ingest(pipeline, write(news, "old", "LUPEX launches in 2025.", published="2024-01-01"))
    published = pipeline.query.history("LUPEX")
    assert [(c.change, c.old, c.new, c.days) for c in published] == [
        ("set", None, "2025", None),
        ("slip", "2025", "2028", 1096),
    ]
    recorded = pipeline.query.history("LUPEX", axis="recorded")
    assert [(c.change, c.new, c.recorded_at[:10]) for c in recorded] == [("set", "2028", "2026-01-01")]
    assert pipeline.query.history("LUPEX", since=dt.date(2025, 1, 1)) == published[1:]
    assert pipeline.query.history("LUPEX", until=dt.date(2024, 12, 31)) == published[:1]
    assert pipeline.query.history("LUPEX", attribute="status") == []


def test_what_was_known_then_and_what_had_been_published_by_then(pipeline, news):
    ingest(pipeline, write(news, "new", "LUPEX launches in 2028.", published="2025-09-01"))
    ingest(pipeline, write(news, "old", "LUPEX launches in 2025.", published="2024-01-01"))

    def value(**as_of):
        return pipeline.query.subject("LUPEX", as_of=AsOf(**as_of)).attributes["launch_date"][0].value

    assert value() == "2028"
    assert value(published_by=dt.date(2024, 6, 1)) == "2025"
    assert value(known_at=2) == "2028"
    with pytest.raises(NotFoundError):
        value(published_by=dt.date(2020, 1, 1))
    with pytest.raises(NotFoundError):
        value(known_at=1)
    assert pipeline.query.board(as_of=AsOf(known_at=1)) == []


def test_a_subject_is_found_by_id_name_or_alias_and_a_near_miss_gets_a_hint(pipeline, news):
    ingest(pipeline, write(news, "a", "LUPEX launches in 2028."))
    for name in ("mission/lupex", "LUPEX", "lupex", "mission/lup", "mission/lu…"):
        assert pipeline.query.subject(name).id == "mission/lupex"
    with pytest.raises(NotFoundError, match="did you mean mission/lupex"):
        pipeline.query.subject("upex")
    with pytest.raises(NotFoundError, match="`tracker status` lists"):
        pipeline.query.subject("Akatsuki")
    with pytest.raises(ConfigError, match="a mission has no 'colour'; it has status, launch_date"):
        pipeline.explain.attribute("LUPEX", "colour")
    with pytest.raises(NotFoundError, match="no document says anything of it"):
        pipeline.explain.attribute("LUPEX", "status")


def test_documents_can_be_listed_and_shown(pipeline, news):
    ingest(pipeline, write(news, "a", "LUPEX launches in 2028.", title="A date", publisher="The Paper"))
    (line,) = pipeline.library.list()
    assert (line.document_id, line.title, line.publisher, line.claims) == ("a", "A date", "The Paper", 1)
    for name in (line.id, "a"):
        detail = pipeline.library.show(name)
        assert detail.text == "LUPEX launches in 2028."
        assert [(c.entity_id, c.value, c.evidence.quote) for c in detail.claims] == [
            ("mission/lupex", "2028", "LUPEX launches in 2028")
        ]
    with pytest.raises(NotFoundError):
        pipeline.library.show("b")


def test_a_rebuild_gives_the_same_bytes(pipeline, news):
    for n, name in enumerate("abc"):
        ingest(pipeline, write(news, name, f"LUPEX launches in {2025 + n}.", published=f"202{n}-01-01"))
    made = list(pipeline.project.rebuild(on_progress=lambda _: None))
    assert [(r.projection, r.events, r.changed) for r in made] == [
        ("missions", 6, False), ("agreements", 6, False), ("meetings", 6, False), ("documents", 6, False),
    ]  # fmt: skip
    again = list(pipeline.project.rebuild("missions", on_progress=lambda _: None))
    assert [r.digest for r in again] == [made[0].digest]
    with pytest.raises(NotFoundError, match="known: missions"):
        list(pipeline.project.rebuild("rockets", on_progress=lambda _: None))


def test_readers_see_the_old_build_until_the_new_one_is_whole(pipeline, news, store):
    ingest(pipeline, write(news, "a", "LUPEX launches in 2028."))
    seen = []

    def look(_progress):
        seen.append(pipeline.query.subject("LUPEX").attributes["launch_date"][0].value)

    list(pipeline.project.rebuild("missions", on_progress=look))
    assert seen == ["2028"]


def test_new_code_of_a_projection_builds_its_views_again(store, news):
    pipeline = Pipeline(store)
    ingest(pipeline, write(news, "a", "LUPEX launches in 2028."))
    newer = {**PROJECTIONS, "missions": msgspec.structs.replace(PROJECTIONS["missions"], version=99)}
    project = Project(store, newer, Policy())
    assert project.stale() == ("missions",)
    list(project.catch_up())
    assert project.stale() == ()
    assert pipeline.query.subject("LUPEX")


def test_another_policy_builds_the_views_again(store, news):
    pipeline = Pipeline(store)
    ingest(pipeline, write(news, "a", "LUPEX launches in 2028.", publisher="JAXA", published="2025-01-01"))
    ingest(pipeline, write(news, "b", "LUPEX launches in 2029.", publisher="A Blog", published="2025-03-01"))
    assert pipeline.query.subject("LUPEX").attributes["launch_date"][0].value == "2029"
    stricter = Project(store, PROJECTIONS, Policy(sources={"jaxa": "operator"}))
    assert set(stricter.stale()) == set(PROJECTIONS)
    list(stricter.catch_up())
    assert pipeline.query.subject("LUPEX").attributes["launch_date"][0].value == "2028"


def test_two_rebuilds_at_once_leave_one_whole_view(store, news):
    pipeline = Pipeline(store)
    for n in range(3):
        ingest(pipeline, write(news, f"a{n}", f"LUPEX launches in {2025 + n}.", published=f"202{n}-01-01"))
    before = pipeline.query.board()
    slow = pipeline.project.rebuild("missions", on_progress=lambda _: list(quick))
    quick = Pipeline(store).project.rebuild("missions", on_progress=lambda _: None)
    assert [made.changed for made in slow] == [False]
    assert pipeline.query.board() == before
    with store.reading() as reading:
        assert sum(name.startswith("missions@") for name in reading.checkpoints.all()) == 1


def test_a_rebuild_that_was_stopped_goes_on_where_it_was(store, news, monkeypatch):
    from tracker.services.consumers import project

    pipeline = Pipeline(store)
    for n in range(3):
        ingest(pipeline, write(news, f"a{n}", f"LUPEX launches in {2025 + n}.", published=f"202{n}-01-01"))

    def small(*arguments, **options):
        yield from real(*arguments, **{**options, "batch": 2})

    real = project.consume
    monkeypatch.setattr(project, "consume", small)

    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(pipeline.project.rebuild("missions", on_progress=stop))
    assert pipeline.query.subject("LUPEX").attributes["launch_date"][0].value == "2027"
    seen = []
    (made,) = pipeline.project.rebuild("missions", on_progress=seen.append)
    assert [p.position for p in seen] == [4, 6]
    assert (made.events, made.changed) == (4, False)


def test_an_ingest_that_followed_a_replaced_build_goes_over_to_the_new_one(store, news):
    pipeline = Pipeline(store)
    ingest(pipeline, write(news, "a", "LUPEX launches in 2025."))
    with store.reading() as reading:
        old, _ = reading.views.live("missions")
    list(pipeline.project.rebuild("missions", on_progress=lambda _: None))
    list(pipeline.project._follow(PROJECTIONS["missions"], old))
    with store.reading() as reading:
        assert old.consumer not in reading.checkpoints.all()
        assert list(reading.views.all(old)) == []


def test_the_past_of_a_subject_that_is_gone_can_be_asked_for(pipeline, news):
    ingest(pipeline, write(news, "a", "LUPEX launches in 2025. Hiten launches in 1990.", id="a"))
    ingest(pipeline, write(news, "a", "LUPEX launches in 2025.", id="a"))
    assert pipeline.query.subject("mission/hiten", as_of=AsOf(known_at=2)).attributes["launch_date"][0].value == "1990"
    assert [c.change for c in pipeline.query.history("mission/hiten", axis="recorded")] == ["set", "retracted"]
    with pytest.raises(NotFoundError, match="nothing was known of it then"):
        pipeline.query.subject("mission/hiten")


def test_a_corrected_date_counts_for_what_had_been_published_by_then(pipeline, news):
    ingest(pipeline, write(news, "a", "LUPEX launches in 2028.", published="2019-01-01", id="a"))
    ingest(pipeline, write(news, "a", "LUPEX launches in 2028.", published="2025-01-01", id="a"))
    with pytest.raises(NotFoundError):
        pipeline.query.subject("LUPEX", as_of=AsOf(published_by=dt.date(2020, 1, 1)))
    assert [c.published for c in pipeline.query.history("LUPEX")] == ["2025-01-01"]


def test_a_parked_document_is_read_when_it_can_be(store, news):
    broken = Pipeline(store)
    ingest(broken, write(news, "a", "BREAK LUPEX launches in 2028."))
    assert broken.read.retry() == 0
    mended = Pipeline(
        store,
        Extractor(
            "rules", "2", lambda d, k: find(msgspec.structs.replace(d, text=d.text.replace("BREAK", "_____")), k)
        ),
    )
    assert mended.read.retry() == 1
    list(mended.project.catch_up())
    assert mended.query.subject("LUPEX")
    with store.reading() as reading:
        assert reading.parking.all() == ()


def test_an_event_of_a_later_release_stops_nobody(pipeline, news, store):
    from tracker.events.envelope import ANY, NewEvent, stream_name

    ingest(pipeline, write(news, "a", "LUPEX launches in 2028."))
    with store.transaction() as transaction:
        later = [NewEvent("x", "document.admired", 7, b"{}"), NewEvent("y", "claims.extracted", 9, b"{}")]
        transaction.log.append(stream_name("document", "later"), later, expected_version=ANY)
    ingest(pipeline, write(news, "b", "Hiten launches in 1990."))
    assert [s.id for s in pipeline.query.board()] == ["mission/hiten", "mission/lupex"]
    problems = pipeline.verify.log(on_progress=lambda _d, _t: None).problems
    assert [p.problem for p in problems] == [
        "unknown event document.admired version 7; upgrade tracker to read it",
        "unknown event claims.extracted version 9; upgrade tracker to read it",
    ]
