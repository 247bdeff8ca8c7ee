"""Charts tell the truth: later is further right, a later plan stands higher, and nothing gets out of its quotes."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from tracker.web.charts import svg
from tracker.web.charts.moved import Moved, moved_chart
from tracker.web.charts.scale import Scale
from tracker.web.charts.slip import HEIGHT, WIDTH, Plan, Voice, slip_chart
from tracker.web.charts.stairs import State, stairs

TODAY = dt.date(2026, 1, 1)
dates = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))


def plan(published: str, value: str, modality: str = "planned") -> Plan:
    return Plan(dt.date.fromisoformat(published), value, value, modality, "wire")


def drawn(picture) -> ET.Element:
    return ET.fromstring(str(picture))


def boxes(picture, class_: str) -> list[dict]:
    found = [each.attrib for each in drawn(picture).iter() if each.get("class", "").split()[:1] == [class_]]
    return [{name: float(value) for name, value in each.items() if name != "class"} for each in found]


def test_a_plan_that_slips_climbs():
    picture = slip_chart(
        "k", "LUPEX", "launch", [plan("2019-09-09", "2020/2023"), plan("2025-01-01", "2025")], until=TODAY
    )
    first, second = boxes(picture, "window")
    assert first["x"] < second["x"]
    assert first["y"] > second["y"], "y grows downwards: the later plan stands higher"
    assert first["height"] > second["height"] * 3, "four years are a wider window than one"
    assert abs(first["x"] + first["width"] - second["x"]) < 1, "a plan holds until the next one is published"


def test_an_exact_day_can_still_be_seen_and_an_open_end_has_no_line():
    (exact,) = boxes(slip_chart("k", "X", "launch", [plan("2025-01-01", "2025-06-01")], until=TODAY), "window")
    assert exact["height"] >= 5
    open_ = slip_chart("k", "X", "landing", [plan("2019-09-09", "../2023")], until=TODAY)
    assert 'class="window open"' in open_
    assert 'class="edge"' in open_


def test_other_claims_stand_beside_the_steps():
    voice = Voice(dt.date(2020, 1, 1), "2022", "2022", "someone")
    picture = slip_chart("k", "X", "launch", [plan("2019-01-01", "2021")], [voice], until=TODAY)
    assert picture.count('class="ring"') == 1


def test_nothing_to_draw_is_no_picture():
    assert slip_chart("k", "X", "launch", [], until=TODAY) is None
    assert stairs("k", "X", [], until=TODAY) is None
    assert moved_chart("k", [Moved("X", "2020", "2020", "")]) is None


def test_states_stand_in_the_order_of_their_rungs_and_last_until_the_next():
    picture = stairs(
        "k",
        "LUPEX",
        [State(dt.date(2017, 1, 1), "proposed", 1, "a"), State(dt.date(2019, 1, 1), "approved", 3, "b")],
        until=TODAY,
    )
    proposed, approved = boxes(picture, "state")
    assert proposed["y"] > approved["y"]
    assert abs(proposed["x"] + proposed["width"] - approved["x"]) < 1


def test_slips_run_from_the_first_plan_to_the_present_one():
    picture = moved_chart(
        "k", [Moved("LUPEX", "2020/2023", "2025", "+731 days"), Moved("Early", "2022", "2021", "−365 days")]
    )
    slipped, early = (each for each in boxes(picture, "moved"))
    assert slipped["x1"] < slipped["x2"]
    assert early["x1"] > early["x2"]


@given(st.text(), st.text(), st.lists(st.tuples(dates, dates, dates), min_size=1, max_size=5), dates)
def test_every_chart_is_sound_and_stays_in_its_frame(name, source, spans, until):
    plans = [
        Plan(published, f"{min(a, b).isoformat()}/{max(a, b).isoformat()}", source, "planned", source)
        for published, a, b in spans
    ]
    plans.sort(key=lambda each: each.published)
    picture = slip_chart("k", name, "launch", plans, until=until)
    root = drawn(picture)
    assert {each.tag for each in root.iter()} <= {"svg", "title", "desc", "line", "rect", "circle", "text"}
    for each in boxes(picture, "window"):
        assert 0 <= each["x"] <= WIDTH
        assert -1 <= each["y"] <= HEIGHT
    states = [State(published, source or "x", 1, name) for published, _, _ in spans]
    drawn(stairs("k", name, states, until=until))


@given(st.text())
def test_no_words_get_out_of_an_element(words):
    made = ET.fromstring(str(svg.tag("text", words, class_=words or "x")))
    assert len(made) == 0
    assert set(made.attrib) <= {"class"}


@given(st.lists(dates, min_size=1, max_size=4), st.integers(2, 9))
def test_a_scale_keeps_the_order_of_days_and_the_number_of_labels(days, most):
    scale = Scale.around(days, 0, 100)
    places = [scale(day) for day in sorted(days)]
    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    ticks = list(scale.ticks(most))
    assert len(ticks) <= most + 1
    assert all(re.fullmatch(r"([A-Z][a-z]{2} )?\d{1,4}", label) for _, label in ticks)
