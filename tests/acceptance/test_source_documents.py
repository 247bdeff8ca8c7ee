"""The five source documents, as published and as we tell them: what must be known after reading them, in any order."""

import datetime as dt
import itertools
import json
import subprocess
import sys

import pytest

from tests.builders import Clock
from tests.conftest import SHARED
from tracker import resources
from tracker.app import App
from tracker.capture.item import Given
from tracker.settings import load

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def ingested(database, sources, knowledge=None):
    app = App(load({"database": database, "log_level": "error"}, {}), clock=Clock(NOON), knowledge=knowledge)
    lines = list(app.ingest.sources(map(str, sources), given=Given(), today=NOON.date()))
    assert {line.outcome for line in lines} == {"captured"}
    return app


@pytest.fixture(scope="module", params=["ours", "published"])
def sources(request):
    if request.param == "published":
        return sorted(request.getfixturevalue("published_seeds").glob("*.txt"))
    return sorted(resources.folder("seeds").glob("*.md"))


@pytest.fixture(scope="module")
def app(sources, tmp_path_factory):
    made = ingested(f"sqlite:///{tmp_path_factory.mktemp('seeds') / 'x.db'}", sources)
    yield made
    made.close()


def values(app, subject, attribute):
    return [v.value for v in app.query.subject(subject).attributes.get(attribute, ())]


def parties(app, subject):
    return {v.value for v in app.query.subject(subject).attributes.get("party", ()) if v.modality != "denied"}


def with_type(app, kind, **wanted):
    """The subjects of a kind whose attributes hold these values."""
    return [
        s for s in app.query.board(kind=kind)
        if all(value in [v.value for v in s.attributes.get(a, ())] for a, value in wanted.items())
    ]  # fmt: skip


def test_lupex_is_one_subject_under_all_its_names(app):
    lupex = app.query.subject("mission/lupex")
    names = {name.casefold() for name in (lupex.name, *lupex.aliases)}
    assert any("joint lunar mission" in name for name in names)
    assert any("japan-india joint lunar polar exploration" in name for name in names)


def test_the_status_of_lupex_over_the_years(app):
    told = [(c.published[:4], c.new, c.by) for c in app.query.history("mission/lupex", attribute="status")]
    assert ("2017", "proposed", None) in told
    assert any((year, status) == ("2019", "approved") and by in ("Japan", "Tokyo") for year, status, by in told)
    assert any(status == "approved" and by in ("India", "ISRO") for _, status, by in told)
    (status,) = app.query.subject("mission/lupex").attributes["status"]
    assert status.value == "in_development"
    explained = app.explain.attribute("mission/lupex", "status").values[0]
    dated = [w for w in explained.losing if w.value == "approved" and w.by in ("India", "ISRO")]
    assert dated[0].effective_on == "2024-10-07"


def test_the_launch_of_lupex_has_slipped(app):
    (slip,) = [c for c in app.query.history("mission/lupex", attribute="launch_date") if c.change == "slip"]
    assert (slip.old, slip.new, slip.days) == ("2020/2023", "2025", 731)
    assert app.query.subject("mission/lupex").slips == 1
    assert values(app, "mission/lupex", "landing_date") == ["../2023"]


def test_who_does_what_in_lupex(app):
    roles = parties(app, "mission/lupex")
    assert roles & {"Japan: launch_vehicle", "JAXA: launch_vehicle"}
    assert roles & {"Japan: rover", "JAXA: rover"}
    assert roles & {"India: lander", "ISRO: lander"}
    assert values(app, "mission/lupex", "destination") == ["Moon south pole"]


def test_chandrayaan_2_and_its_lander(app):
    launch = app.query.history("mission/chandrayaan-2", attribute="launch_date")
    assert [(c.new, c.modality) for c in launch] == [("2018-03", "planned"), ("2019", "actual")]
    assert values(app, "mission/chandrayaan-2", "status") == ["failed"]
    assert values(app, "Vikram", "status") == ["failed"]
    assert values(app, "Vikram", "loss_date") == ["2019-09-07"]


@pytest.mark.parametrize(
    ("subject", "attribute", "value"),
    [
        ("Chandrayaan-1", "launch_date", "2008"),
        ("Hiten", "launch_date", "1990"),
        ("Selene", "status", "completed"),
        ("Selene", "end_date", "2009"),
        ("Akatsuki", "destination", "Venus"),
    ],
)
def test_older_missions(app, subject, attribute, value):
    assert values(app, subject, attribute) == [value]


def test_who_flies_older_missions(app):
    assert any(p.endswith(": ground_segment") and "Deep Space Network" in p for p in parties(app, "Akatsuki"))
    assert "NASA: lead" in parties(app, "Lunar Reconnaissance Orbiter")


@pytest.mark.parametrize(
    "wanted",
    [
        {"type": "arrangement", "signed_date": "2005", "status": "signed"},
        {"type": "mou", "status": "signed"},
        {"type": "agreement", "signed_date": "2016", "status": "signed"},
        {"type": "implementing_arrangement", "signed_date": "2017"},
        {"type": "agreement", "signed_date": "2018", "status": "signed"},
        {"type": "project"},
        {"status": "under_discussion"},
        {"status": "agreed", "party": "InspeCity"},
        {"type": "partnership", "effective_date": "2022-05", "party": "Australia"},
        {"effective_date": "2025-04", "expiry_date": "2026-03"},
        {"type": "agreement", "signed_date": "1985"},
    ],
    ids=str,
)
def test_agreements(app, wanted):
    assert with_type(app, "agreement", **wanted)


def test_both_partnerships_of_may_2022(app):
    assert len(with_type(app, "agreement", type="partnership", effective_date="2022-05")) == 2


def test_the_forum_of_2017_and_who_came(app):
    assert values(app, "meeting/aprsaf-24", "held_date") == ["2017-11-14/2017-11-17"]
    ten = {"France", "India", "Indonesia", "Israel", "Japan"} | {
        "Malaysia",
        "Russia",
        "South Korea",
        "Thailand",
        "Vietnam",
    }
    assert ten <= parties(app, "meeting/aprsaf-24")
    assert "China" not in parties(app, "meeting/aprsaf-24")


@pytest.mark.parametrize(
    ("number", "date", "place"),
    [(1, "2019-03-08", "New Delhi"), (2, "2021-11-02", "virtual"), (3, "2025-04-01", "Tokyo")],
)
def test_the_space_dialogues(app, number, date, place):
    subject = f"meeting/india-japan-space-dialogue-{number}"
    assert values(app, subject, "held_date") == [date]
    assert values(app, subject, "place") == [place]
    assert values(app, subject, "status") == ["held"]


def test_the_quad_summit(app):
    assert with_type(app, "meeting", held_date="2022-05", party="Australia")


def test_when_each_document_was_published(app):
    published = {line.document_id[:3]: (line.published, line.published_basis) for line in app.library.list()}
    if "000" not in published:
        pytest.skip("our own documents declare their dates")
    assert published == {
        "000": ("2017-11-17", "given"),
        "001": ("2017-11-18", "text"),
        "002": ("2019-09-09", "inferred"),
        "003": ("2024-12/2025", "inferred"),
        "004": ("2025-04-01/2026-03", "inferred"),
    }


def test_reading_agrees_with_a_careful_analyst(published_seeds, tmp_path):
    command = [sys.executable, "-m", "tracker", "read", *map(str, sorted(published_seeds.glob("*.txt"))), "--json"]
    claims = tmp_path / "claims.jsonl"
    claims.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
    scorer = [sys.executable, str(SHARED / "corpus" / "score.py"), "--gold", str(published_seeds / "gold"), "--json"]
    scored = subprocess.run([*scorer, "--pred", str(claims)], capture_output=True, check=True)
    assert json.loads(scored.stdout)["TOTAL"]["f1"] >= 0.80


def shown(app):
    """All views and their published history, without what depends on arrival by its nature: positions and instants."""

    def plain(value):
        if isinstance(value, dict):
            skipped = {"updated_position", "position", "recorded_at"}
            return {k: plain(v) for k, v in value.items() if k not in skipped}
        return [plain(v) for v in value] if isinstance(value, (list, tuple)) else value

    import msgspec

    board = app.query.board()
    history = {s.id: app.query.history(s.id) for s in board}
    return plain(msgspec.to_builtins({"board": board, "history": history}))


def test_all_orders_of_arrival_give_the_same_views_and_history(app, sources, tmp_path):
    expected = None
    for number, order in enumerate(itertools.permutations(sources)):
        made = ingested(f"sqlite:///{tmp_path / f'{number}.db'}", order, app.knowledge)
        found = shown(made)
        made.close()
        expected = expected or found
        assert found == expected, [path.name for path in order]
    assert number == 119
