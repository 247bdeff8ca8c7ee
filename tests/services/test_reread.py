"""The rules have improved: captured documents are read again, and the operator sees beforehand what that changes."""

import datetime as dt

import msgspec
import pytest

from tracker.app import App
from tracker.capture.item import Given
from tracker.domain.claim import make_claim
from tracker.domain.document import Evidence
from tracker.domain.ids import SubjectId
from tracker.errors import ConfigError
from tracker.extractors.extractor import Extractor
from tracker.settings import load

TEXT = "The Heron orbiter will fly in 2031."


def reader(version, value, *, quote="in 2031", entity="Heron", broken=False):
    def find(document, _knowledge):
        if broken:
            raise ValueError("a rule with a bug")
        start = document.text.index(quote)
        return (
            make_claim(
                document,
                kind="mission",
                entity=entity,
                entity_id=SubjectId(f"mission/{entity.lower()}"),
                attribute="launch_date",
                value=value,
                modality="planned",
                evidence=Evidence(start, start + len(quote)),
            ),
        )

    return Extractor("rules", version, find)


@pytest.fixture
def reading_as(tmp_path, clock):
    """The same database under an application whose reader is another."""
    opened = []

    def make(extractor):
        app = App(load({"database": f"sqlite:///{tmp_path / 'tracker.db'}", "log_level": "error"}, {}), clock=clock)
        app.__dict__["extractors"] = {"rules": extractor}
        opened.append(app)
        return app

    yield make
    for app in opened:
        app.close()


@pytest.fixture
def captured(reading_as, tmp_path):
    """Two documents, read by rules that took the wrong year."""
    app = reading_as(reader("1", "2030"))
    for name in ("one", "two"):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{TEXT} Report {name}.")
        list(app.ingest.sources([str(path)], given=Given(published="2024-06-01"), today=app.today()))
    assert launch(app) == "2030"
    return app


def launch(app, name="Heron"):
    return app.query.subject(name).attributes["launch_date"][0].value


def size(app):
    with app.store.reading() as reading:
        return reading.log.last_position()


def test_a_dry_run_shows_claims_and_views_and_writes_nothing(captured, reading_as):
    app, before = reading_as(reader("2", "2031")), size(captured)
    outcome = app.again.run(dry=True)
    assert not outcome.written
    assert size(app) == before
    assert [(len(one.added), len(one.removed)) for one in outcome.changed] == [(1, 1), (1, 1)]
    assert [(c.attribute, c.old, c.new, c.change) for c in outcome.views] == [("launch_date", "2030", "2031", "slip")]
    assert launch(app) == "2030"


def test_what_was_foretold_comes_true(captured, reading_as):
    app = reading_as(reader("2", "2031"))
    foretold = app.again.run(dry=True)
    outcome = app.again.run()
    assert outcome.written
    assert outcome.changed == foretold.changed
    assert [(c.old, c.new) for c in outcome.views] == [(c.old, c.new) for c in foretold.views]
    assert launch(app) == "2031"
    assert app.verify.log(on_progress=lambda _done, _of: None).ok


def test_a_second_time_there_is_nothing_to_do(captured, reading_as):
    app = reading_as(reader("2", "2031"))
    app.again.run()
    before = size(app)
    assert app.again.run().changed == ()
    assert size(app) == before


def test_code_that_changed_under_the_same_version_counts_too(captured, reading_as):
    app = reading_as(reader("1", "2031"))
    assert len(app.again.run().changed) == 2
    assert launch(app) == "2031"
    assert launch(reading_as(reader("1", "2031"))) == "2031"
    for value in ("2030", "2031", "2030"):
        to_and_fro = reading_as(reader("1", value))
        to_and_fro.again.run()
        assert launch(to_and_fro) == value


def test_a_subject_that_is_no_longer_found_loses_what_was_said_of_it(captured, reading_as):
    app = reading_as(reader("2", "2031", entity="Egret"))
    outcome = app.again.run(dry=True)
    assert {(c.subject, c.old, c.new) for c in outcome.views} == {
        ("mission/egret", None, "2031"),
        ("mission/heron", "2030", None),
    }
    app.again.run()
    assert [subject.id for subject in app.query.board()] == ["mission/egret"]


def test_only_what_was_taken_in_since_a_day(captured, reading_as, clock, tmp_path):
    clock.tick(days=3)
    (tmp_path / "three.txt").write_text(f"{TEXT} Report three.")
    list(
        captured.ingest.sources(
            [str(tmp_path / "three.txt")], given=Given(published="2024-06-02"), today=captured.today()
        )
    )
    outcome = reading_as(reader("2", "2031")).again.run(since=dt.date(2026, 1, 3), dry=True)
    assert (outcome.documents, [one.document_id for one in outcome.changed]) == (1, ["three"])


def test_a_document_that_breaks_the_reader_keeps_its_claims(captured, reading_as):
    app = reading_as(reader("2", "2031", broken=True))
    outcome = app.again.run()
    assert [one.problem for one in outcome.changed] == ["a rule with a bug"] * 2
    assert launch(app) == "2030"


def test_a_text_that_was_taken_down_keeps_its_claims(captured, reading_as):
    captured.redact.document("one", reason="an order", legal_basis="a court", actor="ed")
    outcome = reading_as(reader("2", "2031")).again.run()
    assert [one.document_id for one in outcome.changed] == ["two"]


def test_an_extractor_that_is_off_is_refused_by_name(captured):
    with pytest.raises(ConfigError, match="'model' is not switched on; there are rules"):
        captured.again.run(extractor="model")


def test_an_outcome_is_json(captured, reading_as):
    outcome = msgspec.to_builtins(reading_as(reader("2", "2031")).again.run(dry=True))
    assert outcome["changed"][0]["added"][0]["value"] == "2031"
    assert outcome["views"][0]["evidence"]["quote"] == "in 2031"
