"""What a change is called, and by how many days a date moved."""

import msgspec
import pytest

from tests.builders import said
from tracker.domain.act import Act
from tracker.domain.change import compare, days_range
from tracker.domain.dates import DateSpan
from tracker.domain.said import Resolved
from tracker.domain.view import hold
from tracker.domain.vocabulary import AGREEMENT, MEETING, MISSION


def held(attribute, value, modality="actual", *, contested=False, **details):
    one = said("a", "2025-01-01", attribute, value, modality, **details)
    return hold(Resolved(one, None, (one,), (), contested))


def change(attribute, old, new, vocabulary=MISSION):
    made = compare(vocabulary, "mission/x", vocabulary.attributes[attribute], old, new)
    return (made.change, made.days) if made else None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2020/2023", "2025", ("slip", 731)),
        ("2025", "2028", ("slip", 1096)),
        ("2028", "2025", ("pulled_in", -1096)),
        ("2025", "2025-03", ("narrowed", -275)),
        ("2025-03", "2025", ("widened", 275)),
        ("2024/2026", "2025/2027", ("slip", 365)),
        ("../2023", "../2024", ("widened", 366)),
        ("2028/..", "2030/..", ("narrowed", 731)),
        ("2025", "2025-01/2025-12", None),
    ],
)
def test_how_a_planned_date_moves(old, new, expected):
    assert change("launch_date", held("launch_date", old, "planned"), held("launch_date", new, "planned")) == expected


def test_a_plan_that_came_true_on_the_day_is_worth_a_line():
    assert change("launch_date", held("launch_date", "2025", "planned"), held("launch_date", "2025")) == ("set", 0)


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        ("possible", "planned", ("advance", 0)),
        ("planned", "possible", ("regressed", 0)),
        ("possible", "actual", ("set", 0)),
        ("planned", "planned", None),
    ],
)
def test_a_date_that_becomes_firmer_or_vaguer_in_word_only_leaves_a_line_too(was, becomes, expected):
    assert change("launch_date", *(held("launch_date", "2025", modality) for modality in (was, becomes))) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2020/2023", "2025", (367, 2191)),
        ("2025-03-01", "2025-03-11", (10, 10)),
        ("2025", "2025-06", (-213, 180)),
        ("2028/..", "2030", None),
        ("../2023", "2024", None),
    ],
)
def test_a_move_between_imprecise_dates_has_a_range(old, new, expected):
    assert days_range(DateSpan.parse(old), DateSpan.parse(new)) == expected


def test_a_curators_correction_is_called_one_and_so_is_what_a_document_takes_back():
    before, after = (held("launch_date", year, "planned") for year in ("2025", "2028"))
    assert change("launch_date", before, after) == ("slip", 1096)
    act = Act("corrected", "mira", "a misprint", 7, "2026-01-01T00:00:00.000000Z")
    assert change("launch_date", before, msgspec.structs.replace(after, act=act)) == ("corrected", 1096)
    assert change("launch_date", before, msgspec.structs.replace(after, document_version=2)) == ("corrected", 1096)
    dated_anew = msgspec.structs.replace(after, document_version=2, published="2025-06-01")
    assert change("launch_date", before, dated_anew) == ("slip", 1096)


def test_what_a_retraction_brings_about_is_called_so():
    date, before, after = (
        MISSION.attributes["launch_date"],
        *(held("launch_date", y, "planned") for y in ("2028", "2025")),
    )
    for new in (after, None):
        made = compare(MISSION, "mission/x", date, before, new, act="retracted")
        assert (made.change, made.old, made.new) == ("retracted", "2028", new.value if new else None)
    assert compare(MISSION, "mission/x", date, before, before, act="retracted") is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("proposed", "approved", "advance"),
        ("in_development", "proposed", "regressed"),
        ("failed", "operating", "recovered"),
        ("cancelled", "proposed", "revived"),
        ("on_hold", "in_development", "advance"),
        ("launched", "failed", "advance"),
        ("completed", "operating", "revived"),
        ("approved", "approved", None),
    ],
)
def test_how_a_status_moves(old, new, expected):
    made = change("status", held("status", old), held("status", new))
    assert made == (None if expected is None else (expected, None))


def test_approval_by_another_party_is_news():
    japan, india = (held("status", "approved", by=by) for by in ("Japan", "India"))
    assert change("status", japan, india) == ("advance", None)
    assert change("status", japan, held("status", "approved")) is None


def test_first_values_last_values_and_parties():
    assert change("destination", None, held("destination", "Moon")) == ("set", None)
    assert change("destination", held("destination", "Moon"), held("destination", "Moon south pole")) == (
        "narrowed",
        None,
    )
    assert change("destination", held("destination", "Moon"), held("destination", "Mars")) == ("set", None)
    assert change("party", None, held("party", "JAXA: rover")) == ("added", None)
    assert change("party", held("party", "JAXA: rover"), None) == ("removed", None)
    assert change("launch_date", held("launch_date", "2025"), None) == ("retracted", None)
    assert change("launch_date", None, None) is None


def test_a_value_that_becomes_contested_says_so():
    before, after = held("launch_date", "2025", "planned"), held("launch_date", "2025", "planned", contested=True)
    assert change("launch_date", before, after) == ("contested", None)


@pytest.mark.parametrize(
    ("vocabulary", "old", "new"),
    [(AGREEMENT, "under_discussion", "signed"), (MEETING, "planned", "held"), (MEETING, "postponed", "planned")],
)
def test_agreements_and_meetings_advance_too(vocabulary, old, new):
    subject = f"{vocabulary.kind}/x"
    values = (held("status", value, subject=subject) for value in (old, new))
    assert change("status", *values, vocabulary=vocabulary) == ("advance", None)
