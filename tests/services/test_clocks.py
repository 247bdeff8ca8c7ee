"""Three clocks, what moved between two points of them, what is late, and what is disputed."""

import datetime as dt
import itertools
import threading

import pytest

from tests.builders import NOON
from tests.services.conftest import Pipeline
from tests.services.test_explain import find
from tests.services.test_pipeline import ingest, write
from tracker.capture.item import Given
from tracker.domain.asof import AsOf
from tracker.errors import ConfigError, NotFoundError
from tracker.extractors.extractor import Extractor
from tracker.services.delivery.subscribe import Subscribe
from tracker.services.queries.conflicts import conflicts
from tracker.services.queries.diff import between, diff
from tracker.services.queries.query import Query
from tracker.services.queries.slips import slips
from tracker.services.queries.watch import Filter, Watch

SLIM = "mission/slim"
STORY = {
    "plan": ("2021-03-01", f"{SLIM} status is in_development (actual). {SLIM} launch_date is 2022 (planned)."),
    "slip": ("2022-06-01", f"{SLIM} launch_date is 2023-05 (planned)."),
    "flown": ("2023-09-08", f"{SLIM} launch_date is 2023-09-07 (actual). {SLIM} status is launched (actual)."),
    "landed": ("2024-01-20", f"{SLIM} landing_date is 2024-01-19 (actual). {SLIM} status is operating (actual)."),
}
"""The lander SLIM in four reports."""


@pytest.fixture
def desk(store, clock):
    """A pipeline that reads "mission/x launch_date is 2025 (planned)"; its clock ticks an hour between two documents."""
    made = Pipeline(store, Extractor("rules", "1", lambda d, k: tuple(find(d, k))))
    made.clock = clock
    return made


def tell(desk, folder, story, order=None):
    for name in order or story:
        published, text = story[name]
        ingest(desk, write(folder, name, text, published=published, publisher=f"The {name.title()}"))
        desk.clock.tick(hours=1)


def launch(desk, subject=SLIM, **clocks):
    as_of = desk.query.moment(**clocks)
    return desk.query.subject(subject, as_of=as_of).attributes["launch_date"][0].value


def state(desk, subject=SLIM, **clocks):
    shown = desk.query.subject(subject, as_of=desk.query.moment(**clocks)).attributes.get("status")
    return shown[0].value if shown else None


def test_each_clock_alone_and_all_together(desk, tmp_path):
    # The report of the slip is found last: what was known then is not what had been published then.
    tell(desk, tmp_path, STORY, order=["plan", "flown", "landed", "slip"])
    assert (launch(desk), state(desk)) == ("2023-09-07", "operating")
    assert (launch(desk, published_by="2022"), state(desk, published_by="2022")) == ("2023-05", "in_development")
    assert (launch(desk, known_at=2), state(desk, known_at=2)) == ("2022", "in_development")
    assert (launch(desk, valid_at="2022"), state(desk, valid_at="2022")) == ("2023-09-07", "in_development")
    assert state(desk, valid_at="2023-09-07") == "launched", "a launch brings its state along, the report came later"
    assert launch(desk, known_at=6, published_by="2022") == "2022", "the report of the slip was not known yet"
    assert state(desk, published_by="2023-09-08", valid_at="2024-06") == "launched"
    assert state(desk, known_at=4, published_by="2024", valid_at="2023-09-07") == "launched"
    assert state(desk, valid_at="2020") is None
    for clocks in ({"published_by": "2020"}, {"known_at": 1}):
        with pytest.raises(NotFoundError, match="nothing was known of it then"):
            launch(desk, **clocks)


@pytest.mark.parametrize("order", list(itertools.permutations(STORY)))
def test_the_order_of_arrival_shows_on_the_recorded_clock_only(desk, tmp_path, order):
    tell(desk, tmp_path, STORY, order=order)
    told = [
        [(c.change, c.old, c.new) for c in desk.query.history(SLIM, as_of=desk.query.moment(**clocks), attribute="launch_date")]
        for clocks in ({}, {"published_by": "2022"})
    ]  # fmt: skip
    assert told == [
        [("set", None, "2022"), ("slip", "2022", "2023-05"), ("slip", "2023-05", "2023-09-07")],
        [("set", None, "2022"), ("slip", "2022", "2023-05")],
    ]
    assert state(desk, valid_at="2023-12") == "launched"


def test_a_point_in_the_past_of_the_log_never_changes(desk, tmp_path):
    tell(desk, tmp_path, {name: STORY[name] for name in ("slip", "flown")})
    then = AsOf(known_at=4)
    before = [desk.query.subject(SLIM, as_of=then), desk.query.board(as_of=then), desk.query.history(SLIM, as_of=then)]
    desk.clock.tick(days=4000)
    tell(desk, tmp_path, {name: STORY[name] for name in ("plan", "landed")})
    desk.query = Query(desk.store, desk.query._policy, today=lambda: dt.date(2036, 1, 1))
    assert [
        desk.query.subject(SLIM, as_of=then),
        desk.query.board(as_of=then),
        desk.query.history(SLIM, as_of=then),
    ] == before


def test_history_as_this_tracker_would_have_told_it(desk, tmp_path):
    tell(desk, tmp_path, STORY, order=["flown", "plan", "slip", "landed"])

    def told(**clocks):
        lines = desk.query.history(SLIM, axis="recorded", as_of=desk.query.moment(**clocks))
        return [(c.attribute, c.change, c.new, c.position) for c in lines]

    assert told() == told(known_at=8)
    assert told(known_at=2) == [("status", "set", "launched", 2), ("launch_date", "set", "2023-09-07", 2)]
    assert told(published_by="2022") == [
        ("status", "set", "in_development", 4), ("launch_date", "set", "2022", 4), ("launch_date", "slip", "2023-05", 6),
    ]  # fmt: skip
    assert ("status", "set", "in_development", 4) in told(valid_at="2022")
    assert "operating" not in {new for _, _, new, _ in told(valid_at="2022")}


def test_what_is_dated_in_the_future_waits_for_its_day(desk, tmp_path):
    tell(desk, tmp_path, STORY)
    # The machine's clock was wrong on that day, so that the date did not seem to be in the future.
    path = write(tmp_path, "typo", f"{SLIM} launch_date is 2023-10-01 (actual).", published="2062-06-01")
    list(desk.ingest.sources([path], given=Given(), today=dt.date(2062, 6, 1)))
    assert launch(desk) == "2023-09-07"
    assert desk.query.history(SLIM)[-1].document_id == "landed"
    desk.query = Query(desk.store, desk.query._policy, today=lambda: dt.date(2062, 6, 1))
    assert launch(desk) == "2023-10-01"
    assert desk.query.history(SLIM)[-1].document_id == "typo"


def test_a_plan_is_overdue_by_the_day_one_looks_from(desk, tmp_path):
    tell(desk, tmp_path, STORY)

    def late(**clocks):
        shown = desk.query.subject(SLIM, as_of=desk.query.moment(**clocks))
        return shown.overdue, shown.stale

    assert late() == ((), True)
    assert late(published_by="2022-06-30") == ((), False)
    assert late(published_by="2023-06-30") == (("launch_date",), False)
    assert late(published_by="2022-06-30", valid_at="2022-01-01") == ((), False)


def test_who_slips_most(desk, tmp_path):
    luna = "mission/luna"
    tell(desk, tmp_path, {
        **STORY,
        "luna": ("2020-01-01", f"{luna} launch_date is 2021 (planned). mission/calm launch_date is 2021 (planned)."),
        "sooner": ("2020-06-01", f"{luna} launch_date is 2020 (planned)."),
    })  # fmt: skip
    (worst,) = slips(desk.query)
    assert (worst.subject, worst.attribute, worst.slips, worst.pulled_in) == (SLIM, "launch_date", 2, 0)
    assert (worst.first, worst.first_published, worst.now, worst.modality) == (
        "2022",
        "2021-03-01",
        "2023-09-07",
        "actual",
    )
    assert (worst.days, worst.days_range) == (250, (250, 614))
    assert [(m.change, m.days) for m in worst.moves] == [("slip", 151), ("slip", 99)]
    (early,) = slips(desk.query, luna)
    assert (early.slips, early.pulled_in, early.days) == (0, 1, -365)
    assert slips(desk.query, "mission/calm") == []
    assert [s.slips for s in slips(desk.query, as_of=desk.query.moment(published_by="2022"))] == [1]
    with pytest.raises(NotFoundError):
        slips(desk.query, "mission/nowhere")


def test_what_differs_between_two_days_or_two_positions(desk, tmp_path):
    tell(desk, tmp_path, STORY, order=["plan", "flown", "slip", "landed"])

    def told(before, after, name=None, **more):
        lines = diff(desk.query, between(desk.query, before, after, **more), name)
        return [(c.attribute, c.change, c.old, c.new, c.document_id) for c in lines]

    assert told("2021", "2022") == [("launch_date", "slip", "2022", "2023-05", "slip")]
    assert told("2022", "2024", SLIM) == [
        ("status", "advance", "in_development", "operating", "landed"),
        ("launch_date", "slip", "2023-05", "2023-09-07", "flown"),
        ("landing_date", "set", None, "2024-01-19", "landed"),
    ]
    assert told("2024", "2025") == told("2019", "2020") == []
    assert told("2022", "2021") == [("launch_date", "pulled_in", "2023-05", "2022", "plan")]
    assert told(2, 4, axis="recorded") == [
        ("status", "advance", "in_development", "launched", "flown"),
        ("launch_date", "slip", "2022", "2023-09-07", "flown"),
    ]
    assert told(4, 6, axis="recorded") == []
    lines = diff(desk.query, between(desk.query, "2", "8", axis="recorded"))
    assert {(line.attribute, line.position) for line in lines} == {
        ("status", 8), ("launch_date", 4), ("landing_date", 8),
    }  # fmt: skip
    assert all(line.evidence.quote for line in lines)
    with pytest.raises(ConfigError, match="--published-by"):
        told("soon", "2022")


def test_both_sides_of_a_conflict_have_their_say(desk, tmp_path):
    story = {
        "first": ("2025-03-01", "mission/peak launch_date is 2026 (possible)."),
        "other": (
            "2025-02-01",
            "mission/peak launch_date is 2028 (planned). mission/calm launch_date is 2026 (planned).",
        ),
    }
    tell(desk, tmp_path, story)
    (line,) = conflicts(desk.query)
    assert (line.subject, line.attribute, line.values, line.acknowledged) == (
        "mission/peak",
        "launch_date",
        ("2028", "2026"),
        None,
    )
    assert [(s.value, s.publisher, s.evidence.quote[-16:]) for s in line.sides] == [
        ("2028", "The Other", "is 2028 (planned)"[-16:]), ("2026", "The First", "is 2026 (possible)"[-16:]),
    ]  # fmt: skip
    assert conflicts(desk.query, "mission/calm") == []
    assert conflicts(desk.query, as_of=desk.query.moment(published_by="2025-02-15")) == []


def test_a_watcher_hears_of_each_change_once_and_in_order(desk, tmp_path):
    watch, stop = Watch(desk.store, desk.query), threading.Event()
    everything = watch.follow(Filter(), after=0, stop=stop, poll=0.01)
    only_slips = watch.follow(watch.wanted(subject=SLIM, changes=("slip",)), stop=stop, poll=0.01)
    writer = threading.Thread(target=tell, args=(desk, tmp_path, STORY))
    writer.start()
    heard = [(line.new, line.change) for line in itertools.islice(only_slips, 2)]
    writer.join()
    assert heard == [("2023-05", "slip"), ("2023-09-07", "slip")]
    every = desk.query.changes()
    assert list(itertools.islice(everything, len(every))) == every
    list(desk.project.rebuild(on_progress=lambda _: None))
    stop.set()
    assert list(everything) == []


def test_what_outputs_want_is_kept_under_a_name(desk, tmp_path):
    tell(desk, tmp_path, STORY)
    watch = Watch(desk.store, desk.query)
    desks = Subscribe(desk.store, watch, clock=lambda: NOON)
    kept = desks.add("moon-dates", watch.wanted(subject="SLIM", attribute="launch_date", changes=("slip", "set")))
    assert (kept.subject, kept.attribute, kept.changes) == (SLIM, "launch_date", ("slip", "set"))
    desks.add("all", watch.wanted())
    desks.add("later", watch.wanted(subject="mission/not-yet"))
    assert [s.name for s in watch.subscriptions()] == ["all", "later", "moon-dates"]
    with pytest.raises(ConfigError, match="'all' already"):
        desks.add("all", Filter())
    desks.remove("all")
    for lost in (desks.remove, watch.subscription):
        with pytest.raises(NotFoundError):
            lost("all")
    for wrong in ({"attribute": "colour"}, {"changes": ("slipped",)}):
        with pytest.raises(ConfigError, match="known: "):
            watch.wanted(**wrong)
    with pytest.raises(NotFoundError):
        watch.wanted(subject="Nowhere")
