"""Missions that went up on one rocket went up on one day."""

import pytest

from tracker.extractors.rules.read import read


@pytest.fixture
def launches(knowledge, document):
    """Read a text, and return the days of launch that it tells as (entity, value)."""

    def tell(text: str, published: str = "2025-06-01") -> set[tuple[str, str]]:
        found = read(document(text, published), knowledge)
        return {(c.entity, c.value) for c in found if c.attribute == "launch_date" and c.modality == "actual"}

    return tell


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The Kestrel 1 satellite was launched on 3 March 2024. The Plover 2 satellite shared the rocket.",
            {("Kestrel 1", "2024-03-03"), ("Plover 2", "2024-03-03")},
        ),
        (
            ("The Kestrel 1 satellite was launched on 3 March 2024. The Plover 2 satellite, which rode to space on the same launcher, "
            "is still operating."),
            {("Kestrel 1", "2024-03-03"), ("Plover 2", "2024-03-03")},
        ),
        (
            "The Kestrel 1 satellite was launched on 3 March 2024 together with the Plover 2 satellite.",
            {("Kestrel 1", "2024-03-03"), ("Plover 2", "2024-03-03")},
        ),
        (
            "The Kestrel 1 satellite was lost on 3 March 2024 when its rocket exploded.",
            {("Kestrel 1", "2024-03-03")},
        ),
        (
            "The Kestrel 1 satellite was launched on 3 March 2024 and will work with the Plover 2 satellite.",
            {("Kestrel 1", "2024-03-03")},
        ),
        (
            "The Kestrel 1 satellite was launched in 2011. It was lost on 3 March 2024 after a battery had leaked.",
            {("Kestrel 1", "2011")},
        ),
        ("The Kestrel 1 satellite was lost in orbit on 3 March 2024.", set()),
    ],
    ids=["shared", "same launcher", "together", "lost with its rocket", "works with", "lost later", "lost in orbit"],
)  # fmt: skip
def test_a_shared_rocket_is_a_shared_day(launches, text, days):
    assert launches(text) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The Plover 2 satellite is not ready. The agency is now targeting 23 September.", "2025-09-23"),
        ("The Plover 2 satellite is not ready. Officials now aim for March 2026.", "2026-03"),
        ("The Plover 2 satellite is not ready. A decision is expected in March 2026.", None),
    ],
)
def test_who_runs_a_mission_aims_for_its_launch(knowledge, document, text, day):
    found = {c.value for c in read(document(text, "2025-06-01"), knowledge) if c.attribute == "launch_date"}
    assert found == ({day} if day else set())


def test_a_ride_to_come_is_shared_too(knowledge, document):
    text = "ESA's Kestrel 1 satellite will be launched in 2028 along with a new telescope, Plover-2, ESA said."
    found = {
        (c.entity, c.value, c.modality)
        for c in read(document(text, "2025-06-01"), knowledge)
        if c.attribute == "launch_date"
    }
    assert found == {("Kestrel 1", "2028", "planned"), ("Plover-2", "2028", "planned")}


@pytest.mark.parametrize(
    "text",
    [
        "ESA's Kestrel 1 satellite has been postponed. They plan to test the rocket again on 14 February.",
        "ESA's Kestrel 1 satellite has been postponed. The agency hopes to choose a builder in March.",
        "ESA's Kestrel 1 satellite was put off following the failed first launch in March of Japan's H3 rocket.",
    ],
    ids=["a test", "a choice", "the rocket's own flight"],
)
def test_another_day_is_none_of_the_launch(knowledge, document, text):
    found = read(document(text, "2025-06-01"), knowledge)
    assert not [c for c in found if c.attribute == "launch_date" or c.value == "launched"]


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("The Kestrel 1 satellite lifted off on an Electron on 3 March 2024 together with Spain's Plover 2 satellite.", True),
        ("The Kestrel 1 satellite lifted off on an Electron on 3 March 2024. Also on board was the Plover 2 satellite of Kenya.", True),
        ("The Kestrel 1 satellite lifted off on an Electron on 3 March 2024. The Plover 2 satellite flew on the same mission.", True),
        ("The Kestrel 1 satellite lifted off on an Electron on 3 March 2024, with the Plover 2 satellite as a secondary payload.", True),
        ("The Kestrel 1 satellite lifted off on an Electron on 3 March 2024 and will work together with the Plover 2 satellite.", False),
        ("The Kestrel 1 satellite lifted off on an Electron on 3 March 2024. The Plover 2 satellite also has a camera on board.", False),
        ("The Kestrel 1 satellite lifted off on an Electron on 3 March 2024. The Plover 2 satellite is built by the same team.", False),
    ],
    ids=["together", "also on board", "same mission", "secondary", "works together", "on board of itself", "same team"],
)  # fmt: skip
def test_who_flies_with_another_shares_its_day_and_its_rocket(knowledge, document, text, shared):
    found = read(document(text, "2025-06-01"), knowledge)
    told = {(c.attribute, c.value) for c in found if c.entity == "Plover 2" and c.attribute != "party"}
    ride = {("launch_date", "2024-03-03"), ("launch_vehicle", "Electron"), ("status", "launched")}
    assert ride <= told if shared else not ride & told


def test_of_a_list_of_fellow_passengers_each_has_the_day(launches):
    text = "The Kestrel 1 satellite went up on 3 March 2024 alongside Plover-2 and the Kenyan satellite Lapwing-3."
    assert launches(text) == {(name, "2024-03-03") for name in ("Kestrel 1", "Plover-2", "Lapwing-3")}
